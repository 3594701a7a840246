"""The dead of April 2010 in Kyrgyzstan as four publishers told them, with all that made the telling hard."""

from __future__ import annotations

from etl.records import Event, Report
from tests.incidents.wire import about, at_least, event, figure, report

_HEALTH = "the Health Ministry"
_TOLD: tuple[tuple[Report, Event], ...] = (
    (
        report("a", "2010-04-07 13:05"),
        event("a", "2010-04-07", killed=figure(17), injured=figure(142), attribution=_HEALTH),
    ),
    (
        report("b", "2010-04-07 13:50", "Chronicle"),
        event("b", "2010-04-07", killed=at_least(19), injured=about(180), attribution="health officials"),
    ),
    (
        report("c", "2010-04-07 15:30"),
        event(
            "c", "2010-04-07", None, killed=figure(40), injured=at_least(400), attribution="a Health Ministry official"
        ),
    ),
    (
        report("d", "2010-04-07 16:05", "Regional"),
        event("d", "2010-04-07", killed=at_least(100), attribution="leaders of the opposition"),
    ),
    (
        report("e", "2010-04-07 18:40", "Regional"),
        event(
            "e",
            "2010-04-07",
            killed=figure(47),
            attribution="the head of the forensic bureau",
            quote="Correction: the count is 47, not the 100 of an earlier report",
        ),
    ),
    (
        report("f", "2010-04-08 02:15"),
        event("f", "2010-04-07", None, killed=figure(65), injured=figure(400), attribution=_HEALTH),
    ),
    (
        report("g", "2010-04-08 05:30", "Chronicle"),
        event("g", "2010-04-07", None, killed=at_least(68), cause="armed clash", attribution=_HEALTH),
    ),
    (
        report("h", "2010-04-08 08:20", "Regional"),
        event("h", "2010-04-07", None, killed=figure(74), cause=None, attribution="the interim health minister"),
    ),
    (
        report("i", "2010-04-08 11:45"),
        event(
            "i", "2010-04-07", killed=figure(75), injured=about(1000), others=("Talas",), attribution="health officials"
        ),
    ),
    (report("j", "2010-04-09 10:00"), event("j", "2010-04-07", killed=figure(76), attribution=_HEALTH)),
    (
        report("k", "2010-04-11 07:00"),
        event("k", "2010-04-07", None, killed=figure(81), injured=figure(1651), attribution=_HEALTH),
    ),
    (
        report("l", "2010-04-11 09:00", "Chronicle", copy_of="k"),
        event("l", "2010-04-07", None, killed=figure(81), injured=figure(1651), attribution=_HEALTH),
    ),
    (
        report("m", "2010-04-12 12:00", "Bulletin"),
        event("m", "2010-04-07", killed=at_least(80), injured=at_least(1600), others=("Talas",)),
    ),
    (report("n", "2010-04-22 10:30"), event("n", "2010-04-07", killed=figure(85), attribution=_HEALTH)),
    (
        report("o", "2010-06-15 08:30", "Regional"),
        event("o", "2010-04-07", None, killed=at_least(85), scope="background", index=1),
    ),
)
REPORTS: tuple[Report, ...] = tuple(report for report, _ in _TOLD)
EVENTS: tuple[Event, ...] = tuple(event for _, event in _TOLD)
STEPS: tuple[tuple[str, int], ...] = (
    ("a", 17),
    ("b", 19),
    ("c", 40),
    ("e", 47),
    ("f", 65),
    ("g", 68),
    ("h", 74),
    ("i", 75),
    ("j", 76),
    ("k", 81),
    ("n", 85),
)
"""The reports that moved the best figure of the dead, and the figure they moved it to."""
