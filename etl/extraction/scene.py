"""When and where each claim's harm happened: dates and places of the report, read once and tied to every claim's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.extraction.dates import Anchor, find_dates
from etl.extraction.sentences import split
from etl.extraction.when import event_date
from etl.places import find_places
from etl.places.where import EventPlace, event_place
from etl.records import Claim, Report


def anchor_of(report: Report, year_window: tuple[int, int] | None = None) -> Anchor:
    """From where REPORT looks at its dates."""
    published = report.published.date() if report.published is not None else None
    return Anchor(published=published, dateline=report.dateline_date, year_window=year_window)


def set_in_scene(report: Report, claims: Sequence[Claim], year_window: tuple[int, int] | None = None) -> list[Claim]:
    """CLAIMS of REPORT with the day and the place of what each tells, the printed words beside them."""
    if not claims:
        return []
    sentences = split(report.text, report.title)
    anchor = anchor_of(report, year_window)
    dates = find_dates(report.text, anchor)
    places = find_places(report.text, report.dateline_place)
    scene: list[Claim] = []
    for claim in claims:
        span = (claim.figure_start, claim.figure_end)
        when = event_date(span, dates, sentences, report.text, anchor)
        dated = replace(
            claim,
            date_text=when.date_text,
            date_start=when.date_start,
            date_end=when.date_end,
            date_precision=when.precision,
        )
        scene.append(_placed(dated, event_place(span, places, sentences, report.text)))
    return scene


def _placed(claim: Claim, where: EventPlace | None) -> Claim:
    if where is None:
        return claim
    place = where.place
    return replace(
        claim,
        place_text=where.place_text,
        place_name=place.name,
        place_names=where.names,
        place_alternatives=where.alternatives,
        place_precision=place.precision,
        adm1_name=place.adm1_name,
        adm1_code=place.adm1_code,
        country_code=place.country_code,
        country_name=place.country_name,
        latitude=place.latitude,
        longitude=place.longitude,
    )
