"""The rows of every table, declared once, typed, each column with its unit, meaning and equivalents elsewhere.

Every stage hands these plain values to the next. ``etl.tables.schema`` turns them into the store's Arrow schema, the
data package, the README's table and the dashboard's codebook page, so a column is described here and nowhere else.

Equivalents name the column of another codebook that holds the same thing: ``ged`` is the UCDP Georeferenced Event
Dataset codebook 25.1, ``acled`` the ACLED codebook (2024), ``emdat`` the EM-DAT guidelines and the Global Terrorism
Database codebook, ``hxl`` the Humanitarian Exchange Language 1.1 hashtag. An empty string means: no equivalent.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated, Literal, get_args

Measure = Literal["killed", "injured", "missing", "displaced", "detained", "abducted"]
Comparator = Literal["exact", "at_least", "more_than", "about", "at_most", "range", "vague", "none"]
Scope = Literal["incident", "subset", "cumulative", "background"]
Polarity = Literal["asserted", "denied", "hypothetical"]
Certainty = Literal["confirmed", "reported", "disputed"]
VictimCategory = Literal["civilian", "security", "combatant", "perpetrator", "unknown"]
Status = Literal["developing", "settled", "disputed"]
Subject = Literal["claim", "incident", "review"]
Decision = Literal["confirm", "reject", "correct", "merge", "split", "withdraw"]
RunKind = Literal["run", "reprocess", "review"]
SecondReading = Literal["agrees", "differs", "not found", "alone"]

MEASURES: tuple[Measure, ...] = get_args(Measure)
SECOND_READER = "second reader: "
"""How ``extractor_version`` of a claim begins that a second reader read; its model's name follows."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a column means: ``unit`` (empty for words), ``meaning`` in one sentence, and its equivalents elsewhere."""

    meaning: str
    unit: str = ""
    ged: str = ""
    acled: str = ""
    emdat: str = ""
    hxl: str = ""
    private: bool = False
    """True: left out of pages and downloads unless the operator turns it on (names of victims)."""


_EMDAT_FIGURES: dict[str, str] = {
    "killed": "Total Deaths (dead and missing) / nkill (attackers included)",
    "injured": "No. Injured / nwound",
    "displaced": "No. Homeless",
    "abducted": "nhostkid",
}
_GED_DEATHS: dict[str, str] = {"low": "low", "best": "best", "high": "high"}
_BOUND_MEANING: dict[str, str] = {
    "low": "Fewest people {did}; null where no lower bound was said.",
    "best": "Most reliable figure for people {did}, never a mean; null where not said.",
    "high": "Most people {did}; null where no upper bound was said.",
}


def _figure(measure: str, bound: str) -> Column:
    return Column(
        meaning=_BOUND_MEANING[bound].format(did=measure),
        unit="people",
        ged=_GED_DEATHS[bound] if measure == "killed" else "",
        acled="fatalities" if measure == "killed" and bound == "low" else "",
        emdat=_EMDAT_FIGURES.get(measure, "") if bound == "best" else "",
        hxl=f"#affected+{measure}+{bound}",
    )


_REPORT_ID = Column("Content hash of the report: publisher, publication time, title and text.")
_CLAIM_ID = Column("Content hash of the claim: report, measure, figure's place in the text, extractor version.")
_INCIDENT_ID = Column(
    "Incident the row belongs to; null until resolution has placed it.",
    ged="id",
    acled="event_id_cnty",
    hxl="#event+id",
)
_DATE_START = Column(
    "Earliest possible day.",
    unit="day",
    ged="date_start",
    acled="event_date",
    emdat="Start Year, Month, Day / iyear, imonth, iday",
    hxl="#date+start",
)
_DATE_END = Column(
    "Latest possible day.",
    unit="day",
    ged="date_end",
    acled="event_date",
    emdat="End Year, Month, Day",
    hxl="#date+end",
)
_DATE_PRECISION = Column(
    "1 day, 2 range of 2-6 days, 3 week, 4 month, 5 longer; null where the day is unknown. 2 with a single day: no "
    "word dates it, the day of the report (or of a statement) is presumed, and it may have been a few days before.",
    unit="code 1-5",
    ged="date_prec",
    acled="time_precision",
)
_PLACE_NAME = Column(
    "Gazetteer name of the place.", ged="where_coordinates", acled="location", emdat="Location / city", hxl="#loc+name"
)
_PLACE_PRECISION = Column(
    "1 exact place, 2 near a place, 3 admin2, 4 admin1, 5 larger or vague region, 6 country, 7 sea or air.",
    unit="code 1-7",
    ged="where_prec",
    acled="geo_precision",
    emdat="specificity",
)
_ADM1_NAME = Column(
    "First-order region (admin1) by its English name.", ged="adm_1", acled="admin1", emdat="provstate", hxl="#adm1+name"
)
_ADM1_CODE = Column("First-order region by its ISO 3166-2 code.", unit="ISO 3166-2", hxl="#adm1+code")
_COUNTRY_CODE = Column(
    "Country by its ISO 3166-1 alpha-2 code.",
    unit="ISO 3166-1",
    ged="country_id",
    acled="iso",
    emdat="ISO",
    hxl="#country+code",
)
_COUNTRY_NAME = Column(
    "Country by its English short name.",
    ged="country",
    acled="country",
    emdat="Country / country_txt",
    hxl="#country+name",
)
_LATITUDE = Column(
    "Latitude, WGS 84.", unit="degrees", ged="latitude", acled="latitude", emdat="Latitude", hxl="#geo+lat"
)
_LONGITUDE = Column(
    "Longitude, WGS 84.", unit="degrees", ged="longitude", acled="longitude", emdat="Longitude", hxl="#geo+lon"
)
_REVIEW = Column(
    "What an analyst decided of the row: confirmed, rejected, corrected, merged, split, joined by a comma; null where "
    "nobody did."
)
_REVIEW_NOTE = Column("Who decided, when and why.")
_REVIEW_REPLACED = Column(
    "What the program had where a review put another value, as JSON: column to value; null where it put none.",
    unit="JSON",
)
_CAUSE = Column(
    "What happened, a word of data/lexicons/causes.csv.",
    ged="type_of_violence",
    acled="event_type",
    emdat="Disaster Type / attacktype1_txt",
    hxl="#event+type",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article as published: a text, where it was read, and when it was published."""

    report_id: Annotated[str, _REPORT_ID]
    text: Annotated[
        str, Column("The report's text; every span counts its characters (Unicode code points).", unit="characters")
    ]
    title: Annotated[str | None, Column("Headline as published.", ged="source_headline")] = None
    publisher: Annotated[
        str | None, Column("Who published the report.", ged="source_office", acled="source", hxl="#meta+source")
    ] = None
    published: Annotated[
        dt.datetime | None, Column("When it was published, UTC; null where not said.", unit="UTC", ged="source_date")
    ] = None
    url: Annotated[str | None, Column("Address of the report.", hxl="#meta+url")] = None
    language: Annotated[str | None, Column("Language of the text, ISO 639-1.", unit="ISO 639-1")] = None
    dateline_place: Annotated[str | None, Column("Place printed in the dateline.")] = None
    dateline_date: Annotated[
        dt.date | None,
        Column("Day printed in the dateline, year from metadata or a weekday that fits only one.", unit="day"),
    ] = None
    duplicate_of: Annotated[str | None, Column("Earlier report this one is a copy or light rewrite of.")] = None
    source: Annotated[str, Column("File or address the report was read from.")] = ""
    source_row: Annotated[int | None, Column("Line or row in that file, from 1.", unit="line")] = None
    source_id: Annotated[str | None, Column("Identifier the source itself gave.")] = None
    extractor_version: Annotated[str, Column("Version of the extraction that last read it for claims.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement in a report of how many people suffered one thing."""

    claim_id: Annotated[str, _CLAIM_ID]
    report_id: Annotated[str, _REPORT_ID]
    measure: Annotated[Measure, Column("What they suffered: killed, injured, missing, displaced, detained, abducted.")]
    quantity: Annotated[str, Column("The words of the figure as printed.")]
    comparator: Annotated[
        Comparator,
        Column("How the words bound the figure: exact, at_least, more_than, about, at_most, range, vague, none."),
    ]
    low: Annotated[int | None, Column("Fewest people; null where not said.", unit="people", ged="low")]
    best: Annotated[int | None, Column("Most reliable figure; null where not said.", unit="people", ged="best")]
    high: Annotated[int | None, Column("Most people; null where not said.", unit="people", ged="high")]
    quote: Annotated[
        str, Column("The sentence the figure stands in, as published.", ged="source_article", acled="notes")
    ]
    span_start: Annotated[int, Column("Where the quote starts in the report's text, from 0.", unit="characters")]
    span_end: Annotated[int, Column("Where the quote ends in the report's text (exclusive).", unit="characters")]
    figure_start: Annotated[int, Column("Where the words of the figure start in the report's text.", unit="characters")]
    figure_end: Annotated[
        int, Column("Where the words of the figure end in the report's text (exclusive).", unit="characters")
    ]
    scope: Annotated[
        Scope,
        Column(
            "incident: this event's figure; subset: part of another claim; cumulative: over many events; "
            "background: an older event."
        ),
    ] = "incident"
    polarity: Annotated[Polarity, Column("asserted, denied, or hypothetical (feared, could, threatened).")] = "asserted"
    certainty: Annotated[Certainty, Column("confirmed, reported or disputed.", ged="event_clarity")] = "reported"
    attribution: Annotated[
        str | None, Column("Who said it, as printed; null where the report says it itself.", ged="source_original")
    ] = None
    victims: Annotated[str | None, Column("The words for the victims as printed.")] = None
    victim_category: Annotated[
        VictimCategory,
        Column(
            "civilian, security, combatant, perpetrator or unknown.",
            ged="deaths_a, deaths_b, deaths_civilians, deaths_unknown",
            emdat="nkillter",
        ),
    ] = "unknown"
    victim_names: Annotated[
        tuple[str, ...], Column("Names of victims as printed; for counting and matching only.", private=True)
    ] = ()
    cause: Annotated[str | None, _CAUSE] = None
    date_text: Annotated[str | None, Column("The words of the date as printed.")] = None
    date_start: Annotated[dt.date | None, _DATE_START] = None
    date_end: Annotated[dt.date | None, _DATE_END] = None
    date_precision: Annotated[int | None, _DATE_PRECISION] = None
    place_text: Annotated[str | None, Column("The words of the place as printed.")] = None
    place_name: Annotated[str | None, _PLACE_NAME] = None
    place_names: Annotated[tuple[str, ...], Column("Every place the figure covers, the main one first.")] = ()
    place_alternatives: Annotated[
        tuple[str, ...], Column("Other places of that name that were considered and lost.")
    ] = ()
    place_precision: Annotated[int | None, _PLACE_PRECISION] = None
    adm1_name: Annotated[str | None, _ADM1_NAME] = None
    adm1_code: Annotated[str | None, _ADM1_CODE] = None
    country_code: Annotated[str | None, _COUNTRY_CODE] = None
    country_name: Annotated[str | None, _COUNTRY_NAME] = None
    latitude: Annotated[float | None, _LATITUDE] = None
    longitude: Annotated[float | None, _LONGITUDE] = None
    event: Annotated[
        int | None, Column("Number of the event within its report, the main one 0; null outside any event.")
    ] = None
    confidence: Annotated[
        float, Column("Probability that a careful reader would write down the same figure.", unit="0-1")
    ] = 0.5
    extractor_version: Annotated[str, Column("Version of the extraction that read the claim.")] = ""
    second_reading: Annotated[
        SecondReading | None,
        Column(
            "What the second reader makes of it: agrees, differs, not found; differs and alone mark its own claims, "
            "which feed no toll. Null where it was not asked."
        ),
    ] = None
    incident_id: Annotated[str | None, _INCIDENT_ID] = None
    superseded_by: Annotated[
        str | None,
        Column("Version of the extraction that has read the report anew since; null for a claim that counts."),
    ] = None
    review: Annotated[str | None, _REVIEW] = None
    review_note: Annotated[str | None, _REVIEW_NOTE] = None
    review_replaced: Annotated[str | None, _REVIEW_REPLACED] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One thing that happened: a place, a time span, a cause, and its latest toll for each measure."""

    incident_id: Annotated[str, _INCIDENT_ID]
    label: Annotated[str, Column("Cause, place and day in a few words, for people.")]
    cause: Annotated[str | None, _CAUSE] = None
    date_start: Annotated[dt.date | None, _DATE_START] = None
    date_end: Annotated[dt.date | None, _DATE_END] = None
    date_precision: Annotated[int | None, _DATE_PRECISION] = None
    place_name: Annotated[str | None, _PLACE_NAME] = None
    place_names: Annotated[tuple[str, ...], Column("Every place the incident covers, the main one first.")] = ()
    place_precision: Annotated[int | None, _PLACE_PRECISION] = None
    adm1_name: Annotated[str | None, _ADM1_NAME] = None
    adm1_code: Annotated[str | None, _ADM1_CODE] = None
    country_code: Annotated[str | None, _COUNTRY_CODE] = None
    country_name: Annotated[str | None, _COUNTRY_NAME] = None
    latitude: Annotated[float | None, _LATITUDE] = None
    longitude: Annotated[float | None, _LONGITUDE] = None
    killed_low: Annotated[int | None, _figure("killed", "low")] = None
    killed_best: Annotated[int | None, _figure("killed", "best")] = None
    killed_high: Annotated[int | None, _figure("killed", "high")] = None
    injured_low: Annotated[int | None, _figure("injured", "low")] = None
    injured_best: Annotated[int | None, _figure("injured", "best")] = None
    injured_high: Annotated[int | None, _figure("injured", "high")] = None
    missing_low: Annotated[int | None, _figure("missing", "low")] = None
    missing_best: Annotated[int | None, _figure("missing", "best")] = None
    missing_high: Annotated[int | None, _figure("missing", "high")] = None
    displaced_low: Annotated[int | None, _figure("displaced", "low")] = None
    displaced_best: Annotated[int | None, _figure("displaced", "best")] = None
    displaced_high: Annotated[int | None, _figure("displaced", "high")] = None
    detained_low: Annotated[int | None, _figure("detained", "low")] = None
    detained_best: Annotated[int | None, _figure("detained", "best")] = None
    detained_high: Annotated[int | None, _figure("detained", "high")] = None
    abducted_low: Annotated[int | None, _figure("abducted", "low")] = None
    abducted_best: Annotated[int | None, _figure("abducted", "best")] = None
    abducted_high: Annotated[int | None, _figure("abducted", "high")] = None
    n_reports: Annotated[int, Column("Reports that tell of it, copies included.", unit="reports")] = 0
    n_sources: Annotated[
        int,
        Column(
            "Independent publishers that tell of it, copies left out.",
            unit="publishers",
            ged="number_of_sources",
            acled="source",
            hxl="#meta+source+num",
        ),
    ] = 0
    status: Annotated[Status, Column("developing, settled or disputed.")] = "developing"
    status_reason: Annotated[str, Column("Why the status is what it is.")] = ""
    parent_incident_id: Annotated[
        str | None, Column("Broader incident this one is a local part of; totals never count both.")
    ] = None
    first_reported: Annotated[
        dt.datetime | None, Column("Publication time of the first report that tells of it.", unit="UTC")
    ] = None
    last_reported: Annotated[
        dt.datetime | None, Column("Publication time of the latest report that tells of it.", unit="UTC")
    ] = None
    review: Annotated[str | None, _REVIEW] = None
    review_note: Annotated[str | None, _REVIEW_NOTE] = None
    review_replaced: Annotated[str | None, _REVIEW_REPLACED] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TollStep:
    """An incident's figure for one measure as of a moment, with the report that moved it."""

    incident_id: Annotated[str, _INCIDENT_ID]
    measure: Annotated[Measure, Column("What they suffered.")]
    as_of: Annotated[
        dt.datetime | None,
        Column("Moment from which the figure was known; null where the report has no time.", unit="UTC"),
    ]
    low: Annotated[int | None, Column("Fewest people.", unit="people", ged="low")]
    best: Annotated[int | None, Column("Most reliable figure.", unit="people", ged="best")]
    high: Annotated[int | None, Column("Most people.", unit="people", ged="high")]
    report_id: Annotated[str, Column("Report, or review, that moved the figure.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """An incident id that the tables once held and hold no longer, and the incident to look at instead."""

    incident_id: Annotated[
        str, Column("Incident id that is no more: it was merged or split, or its incident begins earlier.")
    ]
    current_incident_id: Annotated[
        str | None,
        Column("Incident that took most of its claims; null where no report tells of it any more.", hxl="#event+id"),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingRow:
    """One event as one report tells it, by what brings it together with others; so a later run finds its neighbours."""

    telling_id: Annotated[str, Column("Content hash of the report and the number of the event within it.")]
    report_id: Annotated[str, _REPORT_ID]
    event: Annotated[int, Column("Number of the event within its report, the main one 0.")]
    incident_id: Annotated[
        str | None,
        Column(
            "Incident the event was found to be; null for an older event, only recalled, that is none of those known.",
            ged="id",
            hxl="#event+id",
        ),
    ]
    block_id: Annotated[
        str,
        Column("Tellings that evidence binds, directly or through others; a new report reopens its own blocks."),
    ]
    country_code: Annotated[str | None, _COUNTRY_CODE] = None
    since: Annotated[
        int | None, Column("First day it may have happened, days since 0001-01-01 (that day is 1).", unit="day number")
    ] = None
    until: Annotated[int | None, Column("Last day another telling of it may begin.", unit="day number")] = None
    families: Annotated[str, Column("Families of its cause, of data/lexicons/cause_families.csv.")] = ""
    region: Annotated[str | None, Column("First-order region where it can be only that one.")] = None
    latitude: Annotated[float | None, _LATITUDE] = None
    longitude: Annotated[float | None, _LONGITUDE] = None
    keys: Annotated[
        tuple[str, ...], Column("Hashes of its victims' names and of its place with each figure.", private=True)
    ] = ()
    compared: Annotated[
        str | None,
        Column("The rest of what it is compared by, as JSON: its cause, days, place, figures and names.", private=True),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureRow:
    """What is kept of a report's text to find its copies, so that the text need not be read again."""

    report_id: Annotated[str, _REPORT_ID]
    version: Annotated[str, Column("Version of the rules that made it; one of another version is made anew.")]
    words: Annotated[str, Column("Hash of its words.")]
    figures: Annotated[str, Column("Hash of its figures.")]
    sketch: Annotated[bytes | None, Column("MinHash values of its runs of words; null for a short text.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """An analyst's decision on a claim or an incident, or one that withdraws an earlier decision; never rewritten."""

    review_id: Annotated[str, Column("Content hash of the decision.")]
    subject: Annotated[Subject, Column("What the decision is about; a review where it is withdrawn.")]
    subject_id: Annotated[str, Column("The claim, incident or review decided on.")]
    decision: Annotated[Decision, Column("What was decided.")]
    correction: Annotated[
        str | None,
        Column(
            "What to put in place, as JSON: column to value; the other incident of a merge, the claims of a split.",
            unit="JSON",
        ),
    ] = None
    anchors: Annotated[
        str | None,
        Column(
            "Figures the decision rests on, as JSON: report, measure, start and end of the figure in its text. They "
            "find the subject again whatever its id becomes.",
            unit="JSON",
        ),
    ] = None
    reviewer: Annotated[str, Column("Who decided.")] = ""
    reviewed_at: Annotated[dt.datetime | None, Column("When it was decided.", unit="UTC")] = None
    reason: Annotated[str, Column("Why.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One ETL run; published last, it names the table versions that belong together."""

    run_id: Annotated[str, Column("Identifier of the run.")]
    started_at: Annotated[dt.datetime, Column("When the run started.", unit="UTC")]
    finished_at: Annotated[dt.datetime | None, Column("When it published.", unit="UTC")] = None
    extractor_version: Annotated[str, Column("Version of the extraction it ran.")] = ""
    resolver_version: Annotated[
        str, Column("Version of the rules that made its incidents; under another one all are made anew.")
    ] = ""
    reports_read: Annotated[int, Column("Reports read from the sources.", unit="reports")] = 0
    reports_added: Annotated[int, Column("Reports that were new.", unit="reports")] = 0
    reports_known: Annotated[int, Column("Reports skipped because the tables held them.", unit="reports")] = 0
    claims_added: Annotated[int, Column("Claims added.", unit="claims")] = 0
    incidents: Annotated[int, Column("Incidents after the run.", unit="incidents")] = 0
    set_aside: Annotated[int, Column("Inputs that could not be read and were set aside.", unit="inputs")] = 0
    set_aside_detail: Annotated[str, Column("Each input set aside: file, line, reason.", unit="JSON")] = "[]"
    per_source: Annotated[str, Column("Counts for each source.", unit="JSON")] = "{}"
    table_versions: Annotated[str, Column("Version of each table the run published.", unit="JSON")] = "{}"
    kind: Annotated[
        RunKind,
        Column("run: read sources; reprocess: read reports anew; review: only put an analyst's decision in place."),
    ] = "run"


@dataclass(frozen=True, slots=True)
class SetAside:
    """An input that could not be read: where it stands, what was wrong and what to do; the run goes on without it.

    ``severity`` is ``error`` where the input was left out, ``warning`` where it was read with something missing or
    guessed (a report without a date, a text that was not UTF-8): then the report is there as well.
    """

    source: str
    reason: str
    row: int | None = None
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        where = self.source if self.row is None else f"{self.source}:{self.row}"
        return f"{where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity of people as DESIGN writes it down; ``low <= best <= high`` wherever they are said."""

    low: int | None = None
    best: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One incident as one report tells it: its claims, and the toll that report gives for each measure."""

    report_id: str
    index: int
    claims: tuple[Claim, ...]
    toll: dict[Measure, Figure] = field(default_factory=dict)
    cause: str | None = None
    date_start: dt.date | None = None
    date_end: dt.date | None = None
    date_precision: int | None = None
    place_name: str | None = None
    place_names: tuple[str, ...] = ()
    place_precision: int | None = None
    adm1_name: str | None = None
    adm1_code: str | None = None
    country_code: str | None = None
    country_name: str | None = None
    latitude: float | None = None
    longitude: float | None = None


TABLES: dict[str, type] = {
    "reports": Report,
    "claims": Claim,
    "incidents": Incident,
    "tolls": TollStep,
    "redirects": Redirect,
    "tellings": TellingRow,
    "reviews": Review,
    "runs": Run,
}

BESIDE: dict[str, type] = {"signatures": SignatureRow}
"""Tables that the store keeps for itself: made anew from the others where they are missing, and published to nobody."""
