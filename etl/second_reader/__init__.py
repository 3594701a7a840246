"""A second reader: a language model behind an OpenAI-compatible endpoint, asked for the claims of each report.

Off unless ``[second_reader]`` names an address and a model. Its answers never enter a toll: each is checked against the
report's words, compared with our own claims, and kept beside them where the two differ, for a person to look at.
It is the one part outside ``sources`` that uses the network, since what it asks depends on what was extracted.
"""

from __future__ import annotations

from etl.second_reader.endpoint import Endpoint, NoAnswer
from etl.second_reader.reader import SecondReader, from_settings

__all__ = ["Endpoint", "NoAnswer", "SecondReader", "from_settings"]
