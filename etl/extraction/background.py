"""Older events told for context: harm hung on *after* or *in revenge for*, or in a clause with a year of its own.

"In retaliation for the killing of a judge", "two hours after a bomb killed ten", "an officer killed in 1983": the
report tells of another event there, whose dead are not its own.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from etl.extraction.clauses import own_words
from etl.extraction.lexicons import any_phrase, word_set

_RETALIATION = word_set("background.retaliation")
_BLAME = word_set("background.blame")
_REMEMBERING = word_set("background.remembering")
_EVENTS = word_set("background.events")
_CAUSED = re.compile(r"\b" + any_phrase("background.caused_by") + r"\b[^.;]*$", re.IGNORECASE)
_ANSWER = re.compile(
    r"retaliat|reveng|reprisal|retribution|vengeance|in response|in protest|anniversary", re.IGNORECASE
)
_PLAIN_YEAR = re.compile(r"(?:19|20)\d\d")
_POINTING = frozenset({"that", "the", "this"})
_OWN_EVENT = word_set("background.own_event")
_REMEMBERED = word_set("background.remembered")
_OTHER = frozenset({"another", "earlier", "previous", "recent"})
_EARLIER = re.compile(
    r"\b(?:day|days|hours|night|evening|week|weeks|month|months) (?:earlier|before|prior|previously)\b"
    r"(?! (?:the|a|his|her|their|they|he|she)\b)",
    re.IGNORECASE,
)
_TIMES = frozenset("hour day week month year minute decade".split())
_SINCE_REACH = 20
_ANY_YEAR = 10_000
_ANY_PRINTED_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_YEAR = re.compile(r"\b(?:in|since|of|during|from|until|between)\s+(?:\w+\s+)?((?:19|20)\d\d)\b", re.IGNORECASE)


def _after_noun(preposition: Token) -> bool:
    """Whether PREPOSITION (after, following, since) sets what it governs before the event told."""
    if preposition.lower_ in {"following", "since"}:
        return True
    return preposition.lower_ == "after" and any(
        child.lemma_ in _TIMES
        for child in preposition.children
        if child.dep_ in {"npadvmod", "advmod", "pobj"} and child.i < preposition.i
    )


def is_background(trigger: Token, year: int | None) -> bool:
    """Whether the harm of TRIGGER belongs to an older event than the one the sentence tells.

    YEAR is the report's; a clause with an earlier year of its own is background, None leaves years out.
    """
    if year is not None and _other_year(trigger, year):
        return True
    if _is_what_caused_it(trigger) or _is_recalled(trigger):
        return True
    if year is None and _in_relative_clause(trigger) and _other_year(trigger, _ANY_YEAR):
        # "the bridge, where 35 people died in 1991": what has to say its year is not what is told.
        return True
    token = trigger
    for _ in range(8):
        head = token.head
        if token.dep_ == "advcl" and any(
            child.dep_ == "mark" and child.lower_ == "after" and _is_timed(child) for child in token.children
        ):
            return True
        if token.dep_ == "advcl" and any(child.lower_ == "since" and child.dep_ == "mark" for child in token.children):
            return True
        if token.dep_ == "dobj" and token.pos_ == "NOUN" and head.lemma_.lower() in _REMEMBERING:
            return True
        if token.pos_ in {"ADP", "SCONJ"} and _after_noun(token) and trigger.pos_ == "NOUN":
            return True
        if token.pos_ == "ADP" and token.lower_ in {"for", "to", "of"} and head.lemma_.lower() in _RETALIATION:
            return True
        if token.dep_ == "relcl" and head.lemma_.lower() in _EVENTS and head.dep_ == "pobj" and _sets_apart(head):
            return True
        if token.dep_ == "relcl" and _since_an_event(head):
            return True
        if token.dep_ in {"relcl", "pcomp"} and head.i < token.i and _is_past_perfect(trigger) and _is_earlier(head):
            return True
        if token.dep_ == "relcl" and any(
            child.dep_ == "nummod" and _PLAIN_YEAR.fullmatch(child.text) for child in head.lefts
        ):
            return True
        if head.i == token.i:
            return False
        token = head
    return False


def _since_an_event(noun: Token) -> bool:
    """Whether NOUN tells of the event since which this is the worst ("the deadliest since the fire in X, where")."""
    doc = noun.doc
    for at in range(noun.i - 1, max(-1, noun.i - _SINCE_REACH), -1):
        if doc[at].lower_ == "since":
            return any(word.lemma_.lower() in _EVENTS for word in doc[at : noun.i + 1])
        if doc[at].pos_ in {"VERB", "AUX"}:
            return False
    return False


def _is_timed(after: Token) -> bool:
    """Whether AFTER says how long after: "two hours after", "a day after"."""
    before = after.nbor(-1) if after.i else after
    return before.lemma_ in _TIMES or any(child.lemma_ in _TIMES for child in after.children)


def _is_what_caused_it(trigger: Token) -> bool:
    """Whether TRIGGER is told under words of what led to the event: "in revenge for the killing of", "sparked by"."""
    found = _CAUSED.search(own_words(trigger)[: trigger.idx])
    if found is None:
        return False
    opening = trigger.doc.text[: found.start()].strip()
    if " " in opening or not _ANSWER.match(trigger.doc.text, found.start()):
        return True
    # "In revenge for the raid, gunmen killed nine": what stands behind those opening words is the event itself.
    span = trigger.doc.char_span(found.start(), found.start() + 1, alignment_mode="expand")
    within = span is not None and trigger.i in {inner.i for inner in span[0].subtree}
    return within or "," not in trigger.doc.text[found.start() : trigger.idx]


def _is_recalled(trigger: Token) -> bool:
    """Whether TRIGGER only says who somebody is: those at whose funeral, those killed the day before."""
    token = trigger
    for _ in range(8):
        head = token.head
        if token.dep_ in {"relcl", "acl", "advcl"} and _happened_earlier(token):
            return True
        if token.pos_ == "ADP" and head.lemma_.lower() in _REMEMBERED:
            return True
        if head.i == token.i:
            return False
        token = head
    return False


def _happened_earlier(verb: Token) -> bool:
    """Whether words of VERB's own clause set it days before: "two men who were killed the day before"."""
    doc = verb.doc
    begin, end = doc[verb.left_edge.i].idx, doc[verb.right_edge.i].idx + len(doc[verb.right_edge.i])
    for found in _EARLIER.finditer(doc.text, begin, end):
        span = doc.char_span(found.start(), found.end(), alignment_mode="expand")
        if span is None:
            continue
        above = next((word for word in span[-1].ancestors if word.pos_ in {"VERB", "AUX"}), None)
        if above is not None and above.i == verb.i:
            return True
    return False


def _sets_apart(event: Token) -> bool:
    """Whether the words that govern EVENT set it before what is told: "after an attack that", not "blamed for" it."""
    preposition = event.head
    above = preposition.head.lemma_.lower()
    if preposition.lower_ in {"to", "for"} and above not in _RETALIATION:
        return any(child.lower_ in _OTHER for child in event.lefts)
    return preposition.lower_ in {"after", "following", "since", "like", "to", "for"} and above not in _OWN_EVENT


def _is_earlier(event: Token) -> bool:
    """Whether EVENT is said to come before another ("an attack the week before", "followed a raid")."""
    return (
        event.head.lemma_ in {"echo", "follow", "recall", "resemble"}
        or event.lower_ == "before"
        or any(word.lower_ in {"before", "earlier", "previous"} for word in event.children)
    )


def _is_past_perfect(trigger: Token) -> bool:
    """Whether TRIGGER tells of what had happened before ("an attack in which 41 people had died")."""
    return any(child.dep_ == "aux" and child.lower_ == "had" for child in trigger.lefts)


def _is_answer(preposition: Token) -> bool:
    """Whether PREPOSITION hangs on a word of retaliation or mourning, not on one of blame ("responsibility for")."""
    return preposition.lower_ in {"to", "for"} and preposition.head.lemma_.lower() not in _BLAME


def _other_year(trigger: Token, year: int) -> bool:
    clause = trigger
    while clause.dep_ not in {"ROOT", "relcl", "acl", "advcl", "ccomp", "parataxis"} and not (
        clause.dep_ == "conj" and clause.pos_ == "VERB"
    ):
        clause = clause.head
    words = own_words(trigger)[clause.left_edge.idx : clause.right_edge.idx + len(clause.right_edge)]
    above = clause.head
    if clause.dep_ in {"relcl", "advcl"} and _PLAIN_YEAR.fullmatch(above.text) and int(above.text) < year:
        # "the last was in 1994, when two campers were killed"
        return True
    for child in trigger.lefts:
        if child.dep_ == "advcl" and any(inner.lower_ == "when" for inner in child.lefts):
            # "When an older dam failed in 1963, 2,000 people lost their lives."
            words += " " + trigger.doc[child.left_edge.i : child.right_edge.i + 1].text
    return any(int(match.group(1)) < year for match in _YEAR.finditer(words))


def _in_relative_clause(trigger: Token) -> bool:
    return any(token.dep_ == "relcl" for token in [trigger, *trigger.ancestors])


def _of_that_event(trigger: Token) -> bool:
    """Whether TRIGGER's sentence says of which event it is by pointing to one told before ("for that incident")."""
    return any(
        token.lemma_.lower() in _EVENTS
        and any(child.lower_ == "that" and child.i == token.i - 1 for child in token.lefts)
        and token.dep_ == "pobj"
        for token in trigger.sent
    )


def recalls(words_before: str, trigger: Token, year: int) -> bool:
    """Whether TRIGGER's subject is an event that WORDS_BEFORE set in an earlier year than YEAR.

    "A museum about the great fire of 1871 opened. The fire killed 200 people."
    """
    if _of_that_event(trigger):
        # "A quake struck there in May 2008. The death toll for that disaster was 9,000."
        told_before = words_before[words_before.rfind("\n") + 1 :] + trigger.doc.text[: trigger.idx]
        years = _ANY_PRINTED_YEAR.findall(told_before)
        if years:
            return int(years[-1]) < year
    event = next((child for child in trigger.lefts if child.dep_ == "nsubj"), None)
    if event is None or event.lemma_.lower() not in _EVENTS or not any(c.lower_ in _POINTING for c in event.lefts):
        return False
    noun = re.escape(event.lower_)
    told = re.search(
        rf"\b{noun} (?:of|in) ((?:1[5-9]|20)\d\d)\b|\b((?:1[5-9]|20)\d\d) (?:[\w-]+ )?{noun}\b", words_before.lower()
    )
    return told is not None and int(told.group(1) or told.group(2)) < year
