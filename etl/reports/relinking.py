"""Which reports are copies once new ones came in, from looking only at those that these can change.

Copies hold the same figures, so reports fall into classes by these that have nothing to do with each other. Within one,
whether a report is a copy hangs on the originals of the ``WINDOW`` before it alone. So a new report changes nothing
before itself; after it, all are judged anew until for a whole window no report turned from copy to original or back:
then nothing further on can differ either. Reports without a time can be copies of any, so a class that holds one is
judged whole. The answer is that of :func:`etl.reports.duplicates.link` over all reports.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from etl.reports.duplicates import WINDOW, Signature, link, order

Member = tuple[dt.datetime | None, str]
"""A report's publication time and id."""
AHEAD = 2 * WINDOW
"""How far from a new report on reports are judged anew at first: most changes end there."""


@dataclass(slots=True)
class _Class:
    """Reports with the same figures in order, and the spans of time in which they are judged anew."""

    members: Sequence[Member]
    moments: list[dt.datetime]
    spans: list[tuple[dt.datetime, dt.datetime]] = field(default_factory=list)

    @classmethod
    def of(cls, members: Iterable[Member], fresh: Collection[str]) -> _Class:
        ordered = sorted(members, key=lambda one: order(*one))
        moments = [order(*one)[0] for one in ordered]
        if any(published is None for published, _ in ordered):
            return cls(ordered, moments, [(moments[0], moments[-1])])
        new = [moment for moment, (_, name) in zip(moments, ordered, strict=True) if name in fresh]
        found = cls(ordered, moments)
        for moment in new:
            found.reach(moment, _after(moment))
        return found

    def reach(self, start: dt.datetime, end: dt.datetime) -> None:
        """Judge this span anew as well; spans less than a window apart become one."""
        spans = sorted([*self.spans, (start, end)])
        merged = spans[:1]
        for begin, stop in spans[1:]:
            if begin - WINDOW <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], stop))
            else:
                merged.append((begin, stop))
        self.spans = merged

    def judged(self) -> list[list[str]]:
        """The reports of each span."""
        return [
            [name for _, name in self.members[bisect_left(self.moments, start) : bisect_right(self.moments, end)]]
            for start, end in self.spans
        ]

    def before(self) -> list[str]:
        """Reports within a window before a span, whose answers stand."""
        return [
            name
            for start, _ in self.spans
            for _, name in self.members[
                bisect_left(self.moments, max(start, _EARLIEST) - WINDOW) : bisect_left(self.moments, start)
            ]
        ]

    def lengthened(self, turned: Collection[str]) -> bool:
        """Make the spans reach a window past the last of their reports that ``turned``; whether there were more."""
        asked = []
        for start, end in self.spans:
            place = bisect_right(self.moments, end)
            last = max(
                (moment for moment, (_, name) in zip(self.moments[:place], self.members, strict=False)
                 if moment >= start and name in turned),
                default=None,
            )  # fmt: skip
            if last is not None and place < len(self.moments) and self.moments[place] - WINDOW <= last:
                asked.append((start, _after(last)))
        for start, end in asked:
            self.reach(start, end)
        return bool(asked)


def _after(moment: dt.datetime) -> dt.datetime:
    return min(moment, _LATEST) + AHEAD


_EARLIEST = dt.datetime.min.replace(tzinfo=dt.UTC) + WINDOW
_LATEST = dt.datetime.max.replace(tzinfo=dt.UTC) - AHEAD


def relinked(
    classes: Iterable[Iterable[Member]],
    fresh: Collection[str],
    held: Mapping[str, str],
    marks_of: Callable[[Collection[str]], Iterable[Signature]],
) -> dict[str, str]:
    """``held`` (each copy's original), as it is once the ``fresh`` reports are there.

    ``classes`` are the reports with the figures of a fresh one, a class each; ``marks_of`` gives the signatures of
    reports by their ids.
    """
    links = {copy: original for copy, original in held.items() if copy not in fresh}
    waiting = [one for one in (_Class.of(members, fresh) for members in classes) if one.spans]
    while waiting:
        judged = {name for one in waiting for span in one.judged() for name in span}
        settled = {name: links.get(name) for one in waiting for name in one.before()}
        found = link(marks_of(judged | settled.keys()), settled)
        # A fresh report that is an original turned into one: before, it was not there.
        turned = {name for name in judged if (name in found) != (name in fresh or name in links)}
        waiting = [one for one in waiting if one.lengthened(turned)]
        unfinished = {name for one in waiting for span in one.judged() for name in span}
        for name in judged - unfinished:
            links.pop(name, None)
            if name in found:
                links[name] = found[name]
    return links
