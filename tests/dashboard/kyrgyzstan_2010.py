"""Rows of a small store on public facts of 2010: Kyrgyzstan in April and June, and an air crash elsewhere.

Figures follow what the Kyrgyz Health Ministry and the Independent International Commission of Inquiry published; the
sentences are written for these tests. One report is hostile on purpose.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from etl.records import SECOND_READER, Claim, Incident, Measure, Redirect, Report, Run, TollStep

HOSTILE_QUOTE = '<script>window.stolen = 1</script><img src=x onerror="window.stolen=1"> said 12 people were killed.'
HOSTILE_NAME = "A victim whose name stays private"

_PLACES: dict[str, dict[str, Any]] = {
    "Bishkek": {"adm1_name": "Bishkek", "adm1_code": "KG-GB", "latitude": 42.87, "longitude": 74.59},
    "Talas": {"adm1_name": "Talas", "adm1_code": "KG-T", "latitude": 42.52, "longitude": 72.24},
    "Naryn": {"adm1_name": "Naryn", "adm1_code": "KG-N", "latitude": 41.43, "longitude": 75.99},
    "Tokmok": {"adm1_name": "Chuy", "adm1_code": "KG-C", "latitude": 42.84, "longitude": 75.30},
    "Osh": {"adm1_name": "Osh", "adm1_code": "KG-O", "latitude": 40.53, "longitude": 72.80},
    "Jalal-Abad": {"adm1_name": "Jalal-Abad", "adm1_code": "KG-J", "latitude": 40.93, "longitude": 73.00},
}


def moment(month: int, day: int, hour: int = 9) -> dt.datetime:
    return dt.datetime(2010, month, day, hour, tzinfo=dt.UTC)


def _in_kyrgyzstan(
    incident_id: str, place: str, cause: str, start: tuple[int, int], end: tuple[int, int], **more: Any
) -> Incident:
    first, last = dt.date(2010, *start), dt.date(2010, *end)
    return Incident(
        incident_id=incident_id,
        label=more.pop("label", f"{cause.capitalize()}, {place}, {first.day} {first:%B %Y}"),
        cause=cause,
        date_start=first,
        date_end=last,
        date_precision=1 if first == last else 2,
        place_name=place,
        place_names=(place,),
        place_precision=1,
        country_code="KG",
        country_name="Kyrgyzstan",
        **_PLACES[place],
        **more,
    )


INCIDENTS: tuple[Incident, ...] = (
    # Broader than Bishkek's and Talas's; it says no number of injured.
    Incident(
        incident_id="unrest", label="Unrest, Kyrgyzstan, 6-8 April 2010", cause="protest",
        date_start=dt.date(2010, 4, 6),
        date_end=dt.date(2010, 4, 8), date_precision=2, place_name="Kyrgyzstan", place_precision=6, country_code="KG",
        country_name="Kyrgyzstan", latitude=41.5, longitude=74.5, killed_low=81, killed_best=86, killed_high=90,
        n_reports=6, n_sources=3, status="settled", status_reason="no new figure for a week",
        first_reported=moment(4, 8),
        last_reported=moment(4, 22),
    ),
    _in_kyrgyzstan(
        "bishkek", "Bishkek", "protest", (4, 7), (4, 7), killed_low=74, killed_best=81, killed_high=85, injured_low=400,
        injured_best=400, n_reports=9, n_sources=4, status="disputed", status_reason="publishers differ by 7",
        parent_incident_id="unrest", first_reported=moment(4, 7, 15), last_reported=moment(4, 20),
    ),
    _in_kyrgyzstan(
        "talas", "Talas", "protest", (4, 6), (4, 7), killed_low=2, killed_best=4, killed_high=4, injured_best=30,
        detained_low=3, detained_best=3, detained_high=3, n_reports=4, n_sources=2, parent_incident_id="unrest",
        first_reported=moment(4, 6, 12), last_reported=moment(4, 9),
    ),
    _in_kyrgyzstan(
        "naryn", "Naryn", "protest", (4, 7), (4, 7), killed_low=0, killed_best=0, killed_high=0, n_reports=1,
        n_sources=1,
        first_reported=moment(4, 8), last_reported=moment(4, 8),
    ),
    _in_kyrgyzstan(
        "tokmok", "Tokmok", "armed clash", (4, 8), (4, 8), injured_low=3, injured_best=3, injured_high=5, n_reports=2,
        n_sources=1, first_reported=moment(4, 9), last_reported=moment(4, 9),
    ),
    _in_kyrgyzstan(
        "osh", "Osh", "armed clash", (6, 10), (6, 14), killed_low=393, killed_best=418, killed_high=470,
        injured_low=1900,
        injured_best=1900, missing_low=20, missing_best=20, displaced_low=100_000, displaced_best=110_000,
        displaced_high=400_000, n_reports=11, n_sources=4, status="disputed", status_reason="counts differ by 77",
        first_reported=moment(6, 11), last_reported=moment(6, 30),
    ),
    _in_kyrgyzstan(
        "jalal-abad", "Jalal-Abad", "armed clash", (6, 12), (6, 15), killed_low=30, killed_best=30, injured_low=80,
        injured_best=80, injured_high=120, n_reports=5, n_sources=3, first_reported=moment(6, 13),
        last_reported=moment(6, 29),
    ),
    Incident(
        incident_id="undated", label="Shooting, Osh, day unknown", cause="shooting", place_name="Osh",
        place_precision=4,
        country_code="KG", country_name="Kyrgyzstan", **_PLACES["Osh"], killed_low=12, killed_best=12, killed_high=12,
        n_reports=1, n_sources=1, first_reported=moment(6, 20), last_reported=moment(6, 20),
    ),
    Incident(
        incident_id="smolensk", label="=Air crash, Smolensk, 10 April 2010", cause="air crash",
        date_start=dt.date(2010, 4, 10), date_end=dt.date(2010, 4, 10), date_precision=1, place_name="Smolensk",
        place_names=("Smolensk", "Pechersk"), place_precision=2, adm1_name="Smolensk Oblast", adm1_code="RU-SMO",
        country_code="RU", country_name="Russia", latitude=54.82, longitude=32.05, killed_low=96, killed_best=96,
        killed_high=96, n_reports=3, n_sources=3, status="settled", first_reported=moment(4, 10),
        last_reported=moment(4, 12),
    ),
)  # fmt: skip

_TOLLS: dict[tuple[str, Measure], list[tuple[dt.datetime | None, int | None, int | None, int | None]]] = {
    ("bishkek", "killed"): [
        (moment(4, 7, 15), 17, 17, 17), (moment(4, 7, 20), 17, 40, 40), (moment(4, 8), 40, 65, 68),
        (moment(4, 9), 65, 75, 75), (moment(4, 15), 74, 81, 84), (moment(4, 20), 74, 81, 85),
    ],
    ("bishkek", "injured"): [(moment(4, 7, 20), 180, 180, None), (moment(4, 8), 400, 400, None)],
    ("talas", "killed"): [(moment(4, 7), None, 2, 2), (moment(4, 9), 2, 4, 4)],
    ("osh", "killed"): [
        (moment(6, 11), 12, 12, None), (moment(6, 14), 117, 117, None), (moment(6, 18), 191, 191, None),
        (moment(6, 30), 393, 418, 470),
    ],
    ("undated", "killed"): [(None, 12, 12, 12)],
}  # fmt: skip

TOLLS: tuple[TollStep, ...] = tuple(
    TollStep(
        incident_id=incident,
        measure=measure,
        as_of=as_of,
        low=low,
        best=best,
        high=high,
        report_id=f"r-{incident}-{number}",
    )
    for (incident, measure), steps in _TOLLS.items()
    for number, (as_of, low, best, high) in enumerate(steps)
)

_SECOND = {"extractor_version": f"{SECOND_READER}test-model", "incident_id": None}
_SENTENCES: tuple[tuple[str, str, str, Measure, dict[str, Any]], ...] = (
    ("bishkek", "0", "17 people", "killed", {"attribution": "the Health Ministry"}),
    (
        "bishkek", "4", "81", "killed",
        {"attribution": "the interim government", "certainty": "confirmed", "second_reading": "differs"},
    ),
    ("bishkek", "3", "about 400 people", "injured", {"comparator": "about", "second_reading": "agrees"}),
    ("bishkek", "2", "500", "killed", {"scope": "cumulative"}),
    ("talas", "1", "Four", "killed", {}),
    ("osh", "3", "418", "killed", {"attribution": "prosecutors", "second_reading": "not found"}),
    # The second reader's own claims belong to no incident.
    ("bishkek", "4", "81 to 84", "killed", {"second_reading": "differs"} | _SECOND),
    ("bishkek", "4", "Two soldiers", "missing", {"second_reading": "alone"} | _SECOND),
)  # fmt: skip
_NUMBERS = {"17 people": 17, "81": 81, "about 400 people": 400, "500": 500, "Four": 4, "418": 418} | {
    "81 to 84": 84, "Two soldiers": 2,
}  # fmt: skip


def _told(number: int, incident: str, report: str, words: str, measure: Measure, more: dict[str, Any]) -> Claim:
    quote = f"{words} were {measure} in {incident.capitalize()}, officials said."
    count = _NUMBERS[words]
    return Claim(
        claim_id=f"c{number}", report_id=f"r-{incident}-{report}", measure=measure, quantity=words,
        comparator=more.pop("comparator", "exact"), low=count, best=count, high=count, quote=quote, span_start=100,
        span_end=100 + len(quote), figure_start=100, figure_end=100 + len(words), confidence=0.9,
        **({"incident_id": incident} | more),
    )  # fmt: skip


CLAIMS: tuple[Claim, ...] = (
    *(_told(number, *sentence[:4], dict(sentence[4])) for number, sentence in enumerate(_SENTENCES)),
    Claim(
        claim_id="c-hostile", report_id="r-undated-0", measure="killed", quantity="12 people",
        comparator="exact", low=12,
        best=12, high=12, quote=HOSTILE_QUOTE, span_start=0, span_end=len(HOSTILE_QUOTE),
        figure_start=HOSTILE_QUOTE.index("12 people"), figure_end=HOSTILE_QUOTE.index("12 people") + len("12 people"),
        attribution="<b>a witness</b>", victim_names=(HOSTILE_NAME,), incident_id="undated", confidence=0.4,
    ),
)  # fmt: skip

REDIRECTS: tuple[Redirect, ...] = (
    Redirect(incident_id="bishkek-before-a-merge", current_incident_id="bishkek"),
    Redirect(incident_id="told-by-nobody-now"),
)

REPORTS: tuple[Report, ...] = tuple(
    Report(
        report_id=step.report_id,
        text=f"A report on {step.incident_id}. " * 5,
        title=f"What is known of {step.incident_id}",
        publisher=("Steppe Wire", "Valley Herald")[number % 2],
        published=step.as_of,
        url="javascript:window.stolen=1" if step.incident_id == "undated" else f"https://example.org/{step.report_id}",
        language="en",
        source="tests",
    )
    for number, step in enumerate(TOLLS)
)


def run(number: int = 1) -> Run:
    return Run(
        run_id=f"run-{number:04d}",
        started_at=dt.datetime(2010, 7, number, 8, tzinfo=dt.UTC),
        finished_at=dt.datetime(2010, 7, number, 9, tzinfo=dt.UTC),
        extractor_version="test-1",
        reports_read=len(REPORTS),
        incidents=len(INCIDENTS),
    )
