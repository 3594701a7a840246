"""The id of a claim."""

from __future__ import annotations

import hashlib


def claim_id(report_id: str, measure: str, start: int, end: int, version: str) -> str:
    """Content hash of a claim: its report, measure, the figure's place in the text and the extractor's version."""
    return hashlib.sha256(f"{report_id}|{measure}|{start}|{end}|{version}".encode()).hexdigest()[:16]
