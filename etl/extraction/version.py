"""The version of the extraction, apart from its parts: who only asks for it needs no parser."""

EXTRACTOR_VERSION = "0.5.0"
"""Raise it whenever the same text may give other claims; each claim carries it."""
