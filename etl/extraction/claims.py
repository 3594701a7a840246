"""Claims of a report: candidate sentences, parsed, every harm in them written down with its figure and its words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from etl.extraction.attribution import attribution_of
from etl.extraction.background import is_background, recalls
from etl.extraction.candidates import holding_claims, words_of_harm
from etl.extraction.causes import cause_of, report_cause
from etl.extraction.claim_ids import claim_id
from etl.extraction.clauses import own_words
from etl.extraction.dates.headings import year_of_entry
from etl.extraction.harm.harms import find_harms
from etl.extraction.harm.words import Harm
from etl.extraction.lexicons import any_phrase, word_set
from etl.extraction.parsing import language_model
from etl.extraction.parsing.sentences import split
from etl.extraction.parsing.truecase import is_upper_case, small_headline, truecase, without_insertions
from etl.extraction.people.antecedents import last_counted, last_listed
from etl.extraction.people.sentence import Sentence
from etl.extraction.related_links import related_links
from etl.extraction.scope import certainty_of, is_only_claimed, scope_of
from etl.extraction.version import EXTRACTOR_VERSION
from etl.extraction.whole_report import settled
from etl.records import Claim, Figure, Measure, Report
from etl.reports.dateline import dateline_spans

if TYPE_CHECKING:
    from spacy.language import Language

BATCH = 64
"""Reports whose sentences go through the parser together."""

_GENERAL = frozenset({"both", "dead", "men", "others", "two"}) | word_set("victims.many")
"""Words that point back to any people, whatever they were called."""
_LONGEST_VICTIMS = 200
_NEXT_WORDS = 100
"""Characters after a sentence that may take back what it says ("That could not be confirmed")."""
_CAUSE_REACH = 300
"""Characters before a sentence that may name the cause of what it tells."""


_OPENING = 1000
"""Characters at the start of a report in which a weekday shows that it is news."""
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_FULL_DATE = re.compile(
    rf"\b(?:{_MONTHS} \d{{1,2}}(?:st|nd|rd|th)?,? |\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTHS},? |\d{{1,2}}/\d{{1,2}}/)"
    r"(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:on|late|early|last) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_ANY_YEAR = 10_000
_DYING = frozenset({"dead", "death", "die"})
_TO_HOSPITAL = frozenset({"admit", "airlift", "fly", "remain", "rush", "take", "transport", "treat"})
"""Verbs that tell what became of the hurt, who as a rule are counted elsewhere in the report."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    report: int
    start: int
    end: int
    words: str


def _candidates(number: int, report: Report) -> Iterator[_Candidate]:
    if report.language not in (None, "en"):
        return
    harm = words_of_harm(report.text)
    if not harm:
        return
    upper = is_upper_case(report.text[:4000])
    datelines = dateline_spans(report.text, undated=True)
    links = related_links(report.text)
    sentences = (
        _less_dateline(report.text, span, datelines)
        for span in split(report.text, report.title)
        if not any(start <= span[0] < end for start, end in links)
    )
    for start, stop in holding_claims(report.text, sentences, harm):
        teaser = _TEASER.search(report.text, start, stop)
        end = stop if teaser is None else teaser.start()
        flat = report.text[start:end].replace("\n", " ").replace("\t", " ")
        in_capitals = upper or is_upper_case(flat)
        words = truecase(without_insertions(flat)) if in_capitals else small_headline(flat)
        yield _Candidate(number, start, end, words)


_NOT_ONE = re.compile(r"not (?:a single|one|a soul)\b", re.IGNORECASE)
"""What says of all that nothing befell them, and not only of one."""
_TEASER = re.compile(r"\b" + any_phrase("claims.teasers", any_case=False) + r":\s")
"""What opens the headline of another report within this one ("Read: Two held in robbery")."""


def _less_dateline(text: str, sentence: tuple[int, int], datelines: list[tuple[int, int]]) -> tuple[int, int]:
    """SENTENCE, a span of TEXT, from behind the dateline that opens it."""
    begin, end = sentence
    # No dateline reaches into another, so that only the last few that open before the sentence can reach into it.
    last = bisect_right(datelines, (begin + 3, len(text)))
    start = next((stop for _, stop in datelines[max(0, last - 4) : last] if begin < stop < end), begin)
    return start + len(text[start:end]) - len(text[start:end].lstrip()), end


def _victims_words(sentence: Sentence, harm: Harm) -> str:
    head = harm.victims.head
    start = min(harm.victims.start, sentence.doc[head.left_edge.i].idx)
    end = max(harm.victims.end, head.idx + len(head))
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ == "of":
            last = sentence.doc[child.right_edge.i]
            end = max(end, last.idx + len(last))
    return " ".join(sentence.text[start:end].split())[:_LONGEST_VICTIMS]


_TAKEN = frozenset({"abducted", "detained", "missing"})


def _is_all_of_them(harm: Harm) -> bool:
    """Whether a sentence begins with *all* and says what became of them ("Four were trapped. All died.")."""
    return harm.victims.head.lower_ == "all" and harm.victims.head.i == 0 and harm.trigger.dep_ == "ROOT"


def _of_antecedent(
    report: Report, candidate: _Candidate, sentence: Sentence, harm: Harm, before: list[Claim]
) -> Figure | None:
    """Figure of *they*, *the victims*, *both*: that of the last people counted before."""
    if (
        (harm.trigger.dep_ in {"relcl", "acl"} and harm.victims.head.tag_ != "PRP")
        or not harm.victims.definite
        or harm.victims.head.tag_ not in {"PRP", "PRP$", "NNS", "DT", "NN"}
        or (harm.victims.head.lower_ in word_set("claims.no_antecedent") and not _is_all_of_them(harm))
        or (harm.victims.head.tag_ == "NN" and harm.trigger.lemma_ != "survive")
    ):
        return None
    head = harm.victims.head
    noun = head.lower_ if head.tag_ == "NNS" and head.lower_ not in _GENERAL else None
    noun = None if noun in word_set("victims.found_bodies") else noun
    doers = harm.victims.category in {"perpetrator", "combatant"}
    counted = last_counted(report.text, candidate.start + harm.victims.start, noun, alike=doers)
    if counted is not None:
        return counted.figure
    return None if noun is not None else last_listed(sentence, head) or _figure_of_the_taken(before)


def _is_told_already(measure: Measure, figure: Figure, before: list[Claim]) -> bool:
    """Whether FIGURE, that of whom a pronoun stands for, only tells again of those BEFORE who suffered MEASURE."""
    same = {"killed"} if measure == "killed" else {"killed", "injured"} if measure == "injured" else {measure}
    return any(claim.measure in same and claim.best == figure.best for claim in before)


def _figure_of_the_taken(before: list[Claim]) -> Figure | None:
    """Figure of those last said to be taken away ("X and her driver were abducted. Their bodies were found")."""
    taken = (claim for claim in reversed(before) if claim.measure in _TAKEN and (claim.best or 0) > 1)
    return next((Figure(claim.low, claim.best, claim.high) for claim in taken), None)


def _cause(report: Report, candidate: _Candidate, harm: Harm) -> str | None:
    """Cause from the sentence, else from the words just before it, else from the report.

    A sentence that names only the means ("shot") takes the event from the words around it ("the protest").
    """
    if harm.measure == "detained":
        return "arrest"
    before = report.text[max(0, candidate.start - _CAUSE_REACH) : candidate.start]
    own = cause_of(candidate.words)
    if own is not None and own not in word_set("claims.means"):
        return own
    wider = cause_of(before) or report_cause(report.text, report.title)
    return own if own is not None and (wider is None or wider not in word_set("claims.events")) else wider


def _year(report: Report) -> int | None:
    """Year that REPORT is of; where it tells of a weekday and no year, later than any that it names.

    An entry of a register is of the year that is printed over it.
    """
    entry = year_of_entry(report.text)
    if report.published is not None:
        return report.published.year if entry is None else min(entry, report.published.year)
    if report.dateline_date is not None:
        return report.dateline_date.year
    return _printed_year(report.text)


@lru_cache(maxsize=1)
def _printed_year(text: str) -> int | None:
    """The first year that TEXT prints in full with a day; asked for by each claim of a report, however long it is."""
    dated = _FULL_DATE.search(text)
    if dated is not None:
        return int(dated.group()[-4:])
    return _ANY_YEAR if _WEEKDAY.search(text, 0, _OPENING) else None


def _died_of_the_hurt(harm: Harm, harms: list[Harm]) -> bool:
    """Whether HARM kills some of those that the harm told right before it hurt ("wounded four, one of whom died")."""
    before = [other for other in harms if other.victims.end <= harm.victims.start]
    if harm.measure != "killed" or not before:
        return False
    return max(before, key=lambda other: other.victims.end).measure == "injured"


def _claim(
    report: Report,
    candidate: _Candidate,
    sentence: Sentence,
    harm: Harm,
    harms: list[Harm],
    before: list[Claim],
) -> Claim | None:
    figure = harm.victims.figure
    if figure is None:
        figure = _of_antecedent(report, candidate, sentence, harm, before)
        if figure is None or _is_told_already(harm.measure, figure, before):
            return None
    start, end = candidate.start + harm.victims.start, candidate.start + harm.victims.end
    if start == candidate.start and report.text.startswith(": ", end):
        return None  # "Coroner: Man shot by homeowner" says who speaks
    polarity = harm.polarity
    comparator = harm.victims.comparator
    if polarity == "denied" and comparator != "none":
        comparator = "none" if figure.best == 1 and not harm.victims.definite else comparator
        figure = Figure(0, 0, 0) if _NOT_ONE.match(report.text, start) else figure
    year = _year(report)
    scope = (
        "subset"
        if (harm.victims.subset and not _died_of_the_hurt(harm, harms))
        or _is_one_of_a_series(harm)
        or _says_who_they_were(harm)
        or _is_part_in_brackets(sentence, harm, harms)
        or (harm.measure == "injured" and harm.trigger.lemma_ in _TO_HOSPITAL)
        else "incident"
        if harm.victims.subset
        else scope_of(sentence.text, harm.victims.start, harm.victims.end, harm.measure, own_words(harm.trigger), year)
    )
    if scope == "incident" and (
        is_background(harm.trigger, year)
        or recalls(report.text[max(0, candidate.start - _CAUSE_REACH) : candidate.start], harm.trigger, year or 0)
    ):
        scope = "background"
    if scope == "incident" and _is_running(harm, harms):
        scope = "cumulative"
    certainty = certainty_of(sentence.text, report.text[candidate.end : candidate.end + _NEXT_WORDS])
    if is_only_claimed(harm.trigger):
        certainty = "disputed"
    return Claim(
        claim_id=claim_id(report.report_id, harm.measure, start, end, EXTRACTOR_VERSION),
        report_id=report.report_id,
        measure=harm.measure,
        quantity=report.text[start:end],
        comparator=comparator,
        low=figure.low,
        best=figure.best,
        high=figure.high,
        quote=report.text[candidate.start : candidate.end],
        span_start=candidate.start,
        span_end=candidate.end,
        figure_start=start,
        figure_end=end,
        scope=scope,
        polarity="asserted" if comparator == "none" and figure.best == 0 else polarity,
        certainty=certainty,
        attribution=attribution_of(sentence.doc, harm.trigger),
        victims=_victims_words(sentence, harm),
        victim_category=harm.victims.category,
        victim_names=harm.victims.names,
        cause=_cause(report, candidate, harm),
        extractor_version=EXTRACTOR_VERSION,
    )


def _is_part_in_brackets(sentence: Sentence, harm: Harm, harms: list[Harm]) -> bool:
    """Such as "47 died in the province, most of them in its capital (42 dead)": a part set behind its whole."""
    opening = sentence.text.rfind("(", 0, harm.victims.start)
    if opening < 0 or ")" in sentence.text[opening : harm.victims.start]:
        return False
    value = harm.victims.figure.best or 0 if harm.victims.figure is not None else 0
    return any(
        other.measure == harm.measure
        and other.victims.end <= opening
        and other.victims.figure is not None
        and (other.victims.figure.best or 0) > value
        for other in harms
    )


def _says_who_they_were(harm: Harm) -> bool:
    """Such as "the injured were A, B and two others", "the dead were named as A and B": people told of already."""
    if harm.trigger.lemma_ not in {"be", "identify", "name"} or harm.trigger.i > harm.victims.head.i:
        return False
    return any(
        child.dep_ in {"nsubj", "nsubjpass"} and (child.tag_ != "VBN" or any(c.dep_ == "det" for c in child.lefts))
        for child in harm.trigger.lefts
    )


def _is_running(harm: Harm, harms: list[Harm]) -> bool:
    """Whether HARM, in a relative clause in the perfect, sums what went on beside the event that HARMS tell.

    "Snipers killed two people in the city, where the siege has cost 5,000 lives."
    """
    perfect = any(child.dep_ == "aux" and child.lower_ in {"has", "have"} for child in harm.trigger.children)
    verb = harm.trigger if perfect else harm.trigger.head
    if verb.dep_ != "relcl" or not any(c.dep_ == "aux" and c.lower_ in {"has", "have"} for c in verb.children):
        return False
    return harm.victims.head.lower_ != "one" and any(
        other.measure == harm.measure and other.trigger.i < verb.left_edge.i for other in harms
    )


def _is_one_of_a_series(harm: Harm) -> bool:
    """Such as "the ninth journalist killed this year", which counts a series and restates one victim."""
    head = harm.victims.head
    return (
        harm.trigger.head.i == head.i
        and any(child.lower_ in word_set("claims.ordinals") for child in head.lefts)
        and any(child.lower_ == "the" for child in head.lefts)
    )


def _read(nlp: Language, reports: list[Report]) -> list[list[Claim]]:
    candidates = [candidate for number, report in enumerate(reports) for candidate in _candidates(number, report)]
    claims: list[list[Claim]] = [[] for _ in reports]
    shot: list[set[str]] = [set() for _ in reports]
    died: list[set[str]] = [set() for _ in reports]
    for candidate, doc in zip(candidates, nlp.pipe((c.words for c in candidates), batch_size=128), strict=True):
        text = reports[candidate.report].text
        sentence = Sentence(doc, candidate.words, text[max(0, candidate.start - _CAUSE_REACH) : candidate.start])
        harms = find_harms(sentence)
        for harm in harms:
            found = claims[candidate.report]
            claim = _claim(reports[candidate.report], candidate, sentence, harm, harms, found)
            if claim is not None:
                found.append(claim)
                lemma = harm.trigger.lemma_.lower()
                if lemma == "shoot" and claim.measure == "injured":
                    shot[candidate.report].add(claim.claim_id)
                elif lemma in _DYING:
                    died[candidate.report].add(claim.claim_id)
    return [settled(*told) for told in zip(reports, claims, shot, died, strict=True)]


def read_reports(reports: Iterable[Report], model: str | None = None) -> Iterator[tuple[Report, list[Claim]]]:
    """Each of REPORTS with its claims, in order; reads ``BATCH`` reports at a time and holds no more."""
    nlp = language_model.load(model)
    stream = iter(reports)
    while batch := list(islice(stream, BATCH)):
        with language_model.words_kept(nlp):
            read = _read(nlp, batch)
        yield from zip(batch, read, strict=True)
