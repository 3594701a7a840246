"""Shares of a whole: "all but two of the 30 passengers died", "only one of the 12 survived", "the rest were hurt".

Such words tell how many of a counted whole something befell, or did not befall. The figure is their arithmetic, and
the numbers that it is made of count nobody hurt by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from etl.extraction.harm.arguments import OBJECTS, child_of, is_passive
from etl.extraction.harm.words import Harm, roles
from etl.extraction.people.counted import Victims
from etl.extraction.people.naming import category_of, may_be_person, not_people
from etl.extraction.people.sentence import Sentence
from etl.extraction.polarity import polarity_of
from etl.extraction.quantities import Quantity, bounded, spelled_value
from etl.records import Comparator, Measure

_NUMBER = r"(?:\d{1,5}|[a-z]{3,9}(?:-[a-z]{3,5})?)"
_OF_THE = r"\s+of\s+(?:the|its|his|her|their|those|these)\s+$"
_ALL_BUT = re.compile(rf"\ball\s+(?:but|except)\s+(?P<part>{_NUMBER}){_OF_THE}", re.IGNORECASE)
_ONLY = re.compile(
    rf"\b(?:only|just)\s+(?P<part>{_NUMBER})\s+of\s+(?:(?:the|its|his|her|their|those|these)\s+)?$", re.IGNORECASE
)
_ALL_BUT_BEHIND = re.compile(rf"(?:\s+[a-z]+){{0,3}},?\s+all\s+(?:but|except)\s+(?P<part>{_NUMBER})\s", re.IGNORECASE)
_ONLY_BEHIND = re.compile(rf"(?:\s+[a-z]+){{0,3}},?\s+(?:only|just)\s+(?P<part>{_NUMBER})\s", re.IGNORECASE)
"""The same where the whole comes first: "of the 12 miners, only one survived"."""
_ALL_BUT_OF_THEM = re.compile(rf"\s*all\s+(?:but|except)\s+(?P<part>{_NUMBER})(?=\s)", re.IGNORECASE)
"""Where the whole stands in the sentence before: "A boat carrying 146 migrants sank. All but eight drowned."."""
_PER_CENT = re.compile(
    rf"(?<![\w.,])(?P<part>{_NUMBER}|\d{{1,2}}\.\d)\s?(?:%|per\s?cent\b){_OF_THE}",
    re.IGNORECASE,
)
_SHARE_REACH = 60
"""Characters before the number of the whole in which its share stands."""
_VERDICT_REACH = 14
"""Words behind the number of the whole in which what befell the share stands."""
_OTHER_CLAUSE = frozenset({";", ":", "who", "whom", "which", "that", "and", "but", "or", "when", "while", "after"})
_ALIVE = re.compile(
    r"[^,;:.\d]{0,60}?\b(?:survived|(?:came|come|got|made\s+it|returned|were\s+(?:found|rescued)|was\s+(?:found|rescued)"
    r"|emerged|escaped)\s+(?:\w+\s+){0,2}?alive)\b",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\b(?:the\s+(?:rest|others|remainder|remaining)(?:\s+(?:passengers|people|of\s+them))?)\s+"
    r"(?:(?:were|was|are|had\s+been|being)\s+)?(?:(?:all|badly|seriously|slightly|either)\s+)?"
    r"(?P<state>injured|wounded|hurt|missing|killed)\b",
    re.IGNORECASE,
)
_AS_MANY = re.compile(
    r"\b(?:and|while|with)\s+(?:at\s+least\s+|about\s+|nearly\s+)?(?P<times>twice\s+|three\s+times\s+)?(?:as\s+many|the\s+same\s+number)\s+"
    r"(?:(?:more|others|people|again|were|was|are|left|have\s+been|had\s+been|reported)\s+){0,3}"
    r"(?P<state>injured|wounded|hurt|missing|killed)\b",
    re.IGNORECASE,
)
_TIMES = {"": 1, "twice": 2, "three": 3}
_STATES: dict[str, Measure] = {
    "injured": "injured",
    "wounded": "injured",
    "hurt": "injured",
    "missing": "missing",
    "killed": "killed",
}
_ABOARD = re.compile(r"(?:\s+\w+){0,3}?\s+(?:aboard|on\s+board|inside|passengers|occupants)\b", re.IGNORECASE)
_CARRYING = re.compile(r"\bcarr(?:ying|ied)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_OF_WHOLE = re.compile(r"\bof\s+(?:the|its|their|his|her)\s+$", re.IGNORECASE)
_OF_HURT = re.compile(
    r"(?:\s+(?:people|persons|men|women|passengers|who\s+were|stabbed|shot|hurt|injured|wounded)){0,2}?"
    r"\s+(?:hurt|injured|wounded|stabbed|shot)\b",
    re.IGNORECASE,
)
_OF_SO_MANY_HURT = re.compile(
    r"\s+(?P<of>of\s+(?:the|its|their)\s+)[\w-]+\s+(?P<state>[a-z]+)(?=\s+[a-z])", re.IGNORECASE
)
_CALLED_HURT = re.compile(r"\s+(?:injured|wounded)\b", re.IGNORECASE)
_HURT_AS_ADJECTIVE = frozenset({"hurt", "injured", "shot", "stabbed", "wounded"})
_BETWEEN_HURT_AND_DEAD = 60
"""Characters between those hurt and those of them who died."""


def of_a_whole(sentence: Sentence, harms: list[Harm]) -> list[Harm]:
    """HARMS of SENTENCE with those told as a share of a counted whole, in place of what their numbers seemed to say."""
    if not sentence.quantities:
        return harms
    shares = [*_shares(sentence), *_share_of_those_before(sentence)]
    if shares:
        harms = [harm for harm in harms if not any(_overlap(harm.victims, share.victims) for share in shares)]
    harms = [*_less_the_dead(sentence, harms), *shares, *_survivors(sentence, harms)]
    return [*harms, *_the_rest(sentence, harms), *_as_many(sentence, harms)]


def _overlap(first: Victims, second: Victims) -> bool:
    return first.start < second.end and second.start < first.end


def _value(words: str) -> float | None:
    return float(words) if words[0].isdigit() else spelled_value(words)


def _shares(sentence: Sentence) -> Iterator[Harm]:
    for whole in sentence.quantities:
        if whole.comparator != "exact" or not whole.figure.best:
            continue
        start = max(0, whole.start - _SHARE_REACH)
        if _OF_WHOLE.search(sentence.text, max(0, whole.start - 12), whole.start):
            yield from _shares_behind(sentence, whole)
        for pattern in (_ALL_BUT, _ONLY, _PER_CENT):
            opening = pattern.search(sentence.text, start, whole.start)
            part = _value(opening["part"]) if opening is not None else None
            if opening is None or part is None:
                continue
            share = _share(sentence, opening, part, whole)
            if share is not None:
                yield share


def _share_of_those_before(sentence: Sentence) -> Iterator[Harm]:
    """The share that SENTENCE opens with, of the whole that the sentence before tells of."""
    told = _ALL_BUT_OF_THEM.match(sentence.text)
    part = _value(told["part"]) if told is not None else None
    whole = _whole_before(sentence, 0) if part is not None else None
    if told is None or part is None or whole is None or not 0 < part < whole:
        return
    number = sentence.doc.char_span(*told.span("part"), alignment_mode="expand")
    verdict = _verdict(sentence, number[-1]) if number is not None else None
    if number is not None and verdict is not None:
        word, measure = verdict
        start = len(told[0]) - len(told[0].lstrip())
        yield _harm(sentence, number[-1], word, measure, start, told.end("part"), whole - int(part), "exact")


def _shares_behind(sentence: Sentence, whole: Quantity) -> Iterator[Harm]:
    """Shares told behind their WHOLE: "of the 30 passengers, all but two died"."""
    size = whole.figure.best or 0
    span = sentence.doc.char_span(whole.number_start, whole.number_end, alignment_mode="expand")
    for pattern in (_ALL_BUT_BEHIND, _ONLY_BEHIND):
        told = pattern.match(sentence.text, whole.end)
        part = _value(told["part"]) if told is not None else None
        if told is None or part is None or span is None or not 0 < part < size:
            continue
        number = sentence.doc.char_span(*told.span("part"), alignment_mode="expand")
        if number is None:
            continue
        if pattern is _ONLY_BEHIND:
            alive = _ALIVE.match(sentence.text, told.end() - 1)
            last = sentence.doc.char_span(alive.end() - 1, alive.end(), alignment_mode="expand") if alive else None
            verdict: tuple[Token, Measure] | None = (last[0], "killed") if last is not None else None
        else:
            verdict = _verdict(sentence, number[-1])
        if verdict is not None:
            word, measure = verdict
            yield _harm(sentence, span[-1], word, measure, whole.start, told.end("part"), size - int(part), "exact")


def _share(sentence: Sentence, opening: re.Match[str], part: float, whole: Quantity) -> Harm | None:
    """The harm of the PART, told by OPENING, of WHOLE; None where none is told or the numbers do not fit."""
    size = whole.figure.best or 0
    span = sentence.doc.char_span(whole.number_start, whole.number_end, alignment_mode="expand")
    if span is None:
        return None
    comparator: Comparator = "exact"
    if opening.re is _ONLY:
        alive = _ALIVE.match(sentence.text, whole.end)
        last = sentence.doc.char_span(alive.end() - 1, alive.end(), alignment_mode="expand") if alive else None
        noun = next((word for word in span[-1].doc[span[-1].i + 1 : span[-1].i + 4] if word.tag_ == "NNS"), None)
        if last is None or part >= size or (noun is not None and not may_be_person(noun)):
            return None
        return _harm(sentence, span[-1], last[0], "killed", opening.start(), whole.end, size - int(part), comparator)
    verdict = _verdict(sentence, span[-1])
    if verdict is None:
        return None
    if opening.re is _PER_CENT:
        figure, comparator = round(size * part / 100), "about" if size * part % 100 else "exact"
    else:
        figure = size - int(part)
    if not 0 < figure <= size:
        return None
    word, measure = verdict
    return _harm(sentence, span[-1], word, measure, opening.start(), whole.end, figure, comparator)


def _harm(
    sentence: Sentence,
    head: Token,
    trigger: Token,
    measure: Measure,
    start: int,
    end: int,
    figure: int,
    comparator: Comparator,
) -> Harm:
    noun = next((word for word in sentence.doc[head.i + 1 : head.i + 4] if word.tag_ in {"NNS", "NNPS"}), head)
    people = Victims(
        noun, start, end, comparator, bounded(comparator, figure), False, False, False, (), category_of(noun)
    )
    return Harm(trigger, measure, people, polarity_of(trigger, trigger))


def _verdict(sentence: Sentence, whole: Token) -> tuple[Token, Measure] | None:
    """The word behind WHOLE that says what befell the share of it, and its measure."""
    for word in sentence.doc[whole.i + 1 : whole.i + _VERDICT_REACH]:
        if word.lower_ in _OTHER_CLAUSE or (word.i in sentence.quantity_at and word.i > whole.i + 1):
            return None
        if word.tag_ == "NNS" and word.lemma_.lower() in not_people() and word.i <= whole.i + 2:
            return None
        role = roles().get((word.lemma_.lower(), "verb")) if word.pos_ == "VERB" else None
        if role is not None and (
            (role[1] == "subject" and child_of(word, OBJECTS) is None)
            or (role[1] == "object" and (is_passive(word) or word.nbor(-1).lower_ in {"were", "was", "been", "are"}))
        ):
            return word, role[0]
        state = roles().get((word.lower_, "adjective"))
        if state is not None and word.nbor(-1).lower_ in {"are", "were", "remain", "remained", "is"}:
            return word, state[0]
    return None


def _less_the_dead(sentence: Sentence, harms: list[Harm]) -> list[Harm]:
    """HARMS where of so many hurt some died: "of the 20 injured two died later" leaves 18 hurt.

    So does "three of the five stabbed people died", where the five stand right behind those that died.
    """
    found = list[Harm]()
    for harm in harms:
        dead = next((other for other in harms if other.measure == "killed" and _died_of(sentence, harm, other)), None)
        size, died = _best(harm), _best(dead) if dead is not None else 0
        if harm.measure != "injured" or not 0 < died < size:
            found.append(harm)
            continue
        people = harm.victims
        found.append(
            replace(
                harm,
                victims=replace(people, comparator=people.comparator, figure=bounded(people.comparator, size - died)),
            )
        )
    return found


def _died_of(sentence: Sentence, hurt: Harm, dead: Harm) -> bool:
    """Whether those of DEAD are told as some of those of HURT."""
    text, people = sentence.text, hurt.victims
    if not _OF_WHOLE.search(text, max(0, people.start - 12), people.start):
        return False
    number = next((q for q in sentence.quantities if people.start <= q.number_start < people.end), None)
    if number is None or number.comparator != "exact" or not _OF_HURT.match(text, number.number_end):
        return False
    first = dead.victims.start
    if first < people.start:
        if _CALLED_HURT.match(text, number.number_end):
            # "Two of the ten injured died": the event takes them off, as it does for "of the injured".
            return False
        return text[dead.victims.end : people.start].strip().lower() in {"of the", "of its", "of their"}
    between = text[people.end : first]
    return len(between) < _BETWEEN_HURT_AND_DEAD and not re.search(r"[.;:]|\band\b|\bbut\b", between)


def _survivors(sentence: Sentence, harms: list[Harm]) -> Iterator[Harm]:
    """Those hurt who lived on, where only the dead of them are told: "three of the five stabbed men died"."""
    for dead in harms:
        match = _OF_SO_MANY_HURT.match(sentence.text, dead.victims.end)
        if dead.measure != "killed" or match is None or dead.victims.comparator != "exact":
            continue
        whole = next((q for q in sentence.quantities if q.number_start == match.end("of")), None)
        words = sentence.text[whole.number_end : match.end()].strip().lower() if whole is not None else ""
        size = whole.figure.best or 0 if whole is not None else 0
        within = any(match.start() <= harm.victims.start < match.end() for harm in harms)
        if words in _HURT_AS_ADJECTIVE and 0 < _best(dead) < size and not within:
            yield from _restated(sentence, match, "injured", size - _best(dead), match.start("of"))


def _the_rest(sentence: Sentence, harms: list[Harm]) -> Iterator[Harm]:
    """Such as "of the 40 passengers, 12 died and the rest were injured"."""
    for match in _REST.finditer(sentence.text):
        dead = [harm for harm in harms if harm.victims.end <= match.start() and _best(harm)]
        measure = _STATES[match["state"].lower()]
        if len(dead) != 1 or dead[0].measure == measure or dead[0].victims.comparator != "exact":
            continue
        whole = _whole_before(sentence, dead[0].victims.start)
        if whole is not None and whole > _best(dead[0]):
            yield from _restated(sentence, match, measure, whole - _best(dead[0]))


def _whole_before(sentence: Sentence, part: int) -> int | None:
    """How many those were of whom some are told at PART: said before it with *aboard*, *of the 40*, *carrying 40*."""
    for text, quantities in (
        (sentence.text[:part], [q for q in sentence.quantities if q.end <= part]),
        (sentence.before, Sentence(sentence.doc[:0].as_doc(), sentence.before).quantities),
    ):
        for quantity in reversed(quantities):
            told = (
                _ABOARD.match(text, quantity.number_end)
                or _CARRYING.search(text, max(0, quantity.start - 40), quantity.start)
                or _OF_WHOLE.search(text, max(0, quantity.start - 12), quantity.start)
            )
            if told and quantity.comparator == "exact":
                return quantity.figure.best
    return None


def _as_many(sentence: Sentence, harms: list[Harm]) -> Iterator[Harm]:
    """Such as "thirty people were killed and as many were wounded", "... and twice as many injured"."""
    for match in _AS_MANY.finditer(sentence.text):
        before = [harm for harm in harms if harm.victims.end <= match.start() and _best(harm)]
        measure = _STATES[match["state"].lower()]
        if before and before[-1].measure != measure and not any(_within(harm, match) for harm in harms):
            times = _TIMES[(match["times"] or "").split(" ")[0].lower()]
            yield from _restated(sentence, match, measure, times * _best(before[-1]))


def _within(harm: Harm, match: re.Match[str]) -> bool:
    return bool(_best(harm)) and match.start() <= harm.victims.start < match.end()


def _restated(
    sentence: Sentence, match: re.Match[str], measure: Measure, figure: int, start: int | None = None
) -> Iterator[Harm]:
    span = sentence.doc.char_span(match.start(), match.end(), alignment_mode="expand")
    if span is None:
        return
    end = len(sentence.text[: match.start("state")].rstrip())
    people = Victims(
        span[0],
        match.start() if start is None else start,
        end,
        "exact",
        bounded("exact", figure),
        False,
        False,
        False,
        (),
        "unknown",
    )
    yield Harm(span[-1], measure, people, polarity_of(span[-1], span[-1]))


def _best(harm: Harm) -> int:
    return (harm.victims.figure.best or 0) if harm.victims.figure is not None else 0
