"""Whether harm is asserted, denied or only thinkable (feared, threatened, attempted).

A word of harm is denied by a negation on it or on its victims ("no one was hurt", "did not kill"), and hypothetical
under a modal verb or a verb of trying, fearing or threatening (``data/lexicons/hypothetical.csv``).
"""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Token

from etl.extraction.lexicons import word_set, words
from etl.records import Polarity

_LIVING_ON = frozenset({"escape", "survive"})
"""Verbs that deny the harm they govern, not the one that somebody got away *with*."""
_USING = frozenset({"use", "utilize", "utilise", "employ"})
_GRAVELY = word_set("polarity.gravely")
"""Behind *not* these say that the hurt was slight ("was not seriously injured")."""
_COUNTING = frozenset({"counting", "including"})
_MODALS = word_set("polarity.modals")
_NEGATIVE_DETERMINERS = word_set("polarity.negative_determiners")
_SAVING = word_set("polarity.saving")
_ALMOST = word_set("polarity.almost")
_UNTRUE = word_set("polarity.untrue")
_ATTEMPTS = word_set("polarity.attempts")
_PERHAPS = word_set("polarity.perhaps")
_TELLING_TO = word_set("polarity.telling_to")
_RANKS = word_set("polarity.ranks")
_DENYING_VERBS = word_set("polarity.denying_verbs")


@lru_cache(maxsize=1)
def _hypothetical() -> frozenset[str]:
    return frozenset(words("hypothetical.csv"))


def _negated(token: Token) -> bool:
    return any(
        (child.dep_ == "neg" or child.lower_ in {"not", "never", "n't"})
        and child.nbor().lower_ not in _GRAVELY | _COUNTING
        and abs(child.i - token.i) <= 4
        and "," not in {between.text for between in token.doc[min(child.i, token.i) : max(child.i, token.i)]}
        for child in token.children
    )


def _is_not_one(word: Token) -> bool:
    """Whether WORD is the *not* of "not one passenger", "not a single person"; "not fewer than ten" denies nothing."""
    return word.lower_ == "not" and word.i + 1 < len(word.doc) and word.nbor().lower_ in {"a", "one"}


def is_behind_nor(people: Token) -> bool:
    """Such as "neither the driver nor his forty *passengers* were hurt"."""
    before = people.left_edge.i - 1
    if before > 0 and people.doc[before].tag_ in {"PRP$", "DT"}:
        before -= 1
    return before >= 0 and people.doc[before].lower_ == "nor"


def _is_purpose(trigger: Token) -> bool:
    """Whether TRIGGER is only what something was for: "a bomb to kill him", not "only to die", "used it to kill"."""
    used = trigger.head.lemma_.lower() in _USING and trigger.head.tag_ in {"VBD", "VBN"}
    if used and not any(child.dep_ == "auxpass" for child in trigger.head.children):
        return False
    if trigger.tag_ != "VB" or trigger.dep_ not in {"advcl", "acl"}:
        return False
    particle = next((child for child in trigger.children if child.dep_ == "aux" and child.lower_ == "to"), None)
    if particle is None or (particle.i and particle.nbor(-1).lower_ == "only"):
        return False
    # "The third man to die" died; "an order to shoot" shot nobody.
    return trigger.dep_ == "advcl" or not any(
        child.lower_ in _RANKS or child.tag_ == "JJS" or child.ent_type_ == "ORDINAL" for child in trigger.head.lefts
    )


def _own(trigger: Token) -> Polarity | None:
    if _is_purpose(trigger):
        return "hypothetical"
    for child in trigger.children:
        if child.dep_ == "aux" and child.lower_ in _MODALS:
            return "hypothetical"
        if child.dep_ == "advmod" and child.lower_ in _ALMOST:
            return "denied"
        if child.dep_ == "advmod" and child.lower_ in _PERHAPS:
            return "hypothetical"
        if child.dep_ == "mark" and child.lower_ in {"if", "unless", "lest", "whether"}:
            return "hypothetical"
        if child.dep_ in {"det", "neg"} and child.lower_ == "no":
            return "denied"
        if child.lower_ == "longer" and child.i and child.nbor(-1).lower_ == "no":
            return "denied"
    return "denied" if _negated(trigger) else None


_REACH = 6
"""Words above the harm that may deny it or make it thinkable only; of one taken for granted only the nearest."""
_TEMPORAL = frozenset({"after", "before", "despite", "during", "following", "since"})


def _is_presupposed(trigger: Token) -> bool:
    """Whether TRIGGER is a noun of harm taken for granted ("demanded that the murder of a judge be looked into")."""
    return (
        trigger.pos_ == "NOUN"
        and trigger.lemma_ != "life"
        and any(
            child.dep_ == "poss" or child.lower_ in {"the", "this", "that", "these", "those"} for child in trigger.lefts
        )
    )


def _managed(word: Token) -> bool:
    """Whether WORD is *able* in the past, which tells of what was done ("were able to kill 26 of them")."""
    return word.lower_ == "able" and word.head.lower_ in {"was", "were"}


def _is_called_false(report: Token) -> bool:
    """Whether REPORT, a noun that says what follows it, is called untrue ("reports that five had died were false")."""
    return report.dep_ in {"nsubj", "nsubjpass"} and any(
        child.lower_ in _UNTRUE for child in report.head.children if child.dep_ in {"acomp", "attr"}
    )


def _is_denied_report(token: Token, head: Token) -> bool:
    """Whether HEAD, on which TOKEN hangs, is said not to be: "no reports of", "nor were there any reports of"."""
    if token.dep_ not in {"prep", "acl", "pobj", "pcomp"}:
        return False
    return any(child.lower_ in {"no", "nor"} for child in head.lefts) or (
        head.head.pos_ in {"VERB", "AUX"} and any(child.lower_ == "nor" for child in head.head.lefts)
    )


def _is_order(verb: Token) -> bool:
    """Whether VERB tells somebody to do it: a bare infinitive without a subject of its own ("Shoot him!")."""
    return (
        verb.tag_ == "VB"
        and verb.dep_ in {"ROOT", "ccomp", "conj", "parataxis"}
        and not any(child.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass", "csubj"} for child in verb.children)
        and (verb.dep_ != "conj" or _is_order(verb.head))
    )


_CARRIED = frozenset("xcomp ccomp pcomp dobj pobj prep acl conj amod advcl oprd compound nsubjpass acomp".split())
"""Relations over which a word of trying, fearing or denying reaches the harm below it."""


def _under(token: Token, head: Token, *, came_about: bool) -> Polarity | None:
    """Polarity that HEAD gives what TOKEN, right below it, tells; None where HEAD says nothing of it."""
    lemma = head.lemma_.lower()
    if lemma in _TELLING_TO and token.tag_ == "VB" and token.dep_ in {"xcomp", "ccomp"}:
        return "hypothetical"
    if head.lower_ == "going" and token.tag_ == "VB" and token.dep_ == "xcomp":
        return "hypothetical"  # "thought he was going to die"
    if token.dep_ == "advcl" and any(child.lower_ == "until" for child in token.lefts):
        return _own(head)  # "should have waited until one of them was hurt"
    if token.dep_ not in _CARRIED:
        return None
    if token.dep_ == "conj":
        # "never came to and died": a finite verb has no share in what denies the one before.
        apart = (
            token.tag_ in {"VBD", "VBZ", "VBP"}
            or any(child.dep_ in {"nsubj", "nsubjpass"} for child in token.children)
            or any(child.dep_ == "cc" and child.lower_ == "but" for child in head.children)
        )
        return None if apart else _own(head)
    if token.lower_ == "with" and lemma in _LIVING_ON:
        return None
    if (
        lemma in _DENYING_VERBS
        and not (token.dep_ == "prep" and token.lower_ == "with")  # "escaped with slight injuries"
        and token.dep_ not in {"advcl", "nsubjpass"}
        and (token.dep_ != "ccomp" or lemma == "deny")
    ):
        return "denied"
    if (
        lemma in _hypothetical()
        and token.dep_ not in {"advcl", "nsubjpass"}
        and not (came_about and lemma in _ATTEMPTS)
        and not _managed(head)
        and not (token.lower_ == "by" and token.dep_ == "prep" and token.i < head.i)  # "by killing him, they tried to"
    ):
        return "hypothetical"
    if (
        token.dep_ == "xcomp"
        and lemma == "be"
        and any(child.dep_ in {"attr", "nsubj"} and child.lemma_.lower() in _hypothetical() for child in head.children)
    ):
        return "hypothetical"  # "there is a plot to kill them"
    if head.lower_ == "without" or _is_denied_report(token, head):
        return "denied"
    # "almost cost 200 people their lives"
    return _own(head) if token.dep_ in {"xcomp", "oprd", "acomp"} or token.lemma_ == "life" else None


def _is_anybody_s(trigger: Token, people: Token) -> bool:
    """Whether TRIGGER is the death of whoever it may be ("leave to handle the death of a family member")."""
    if trigger.pos_ != "NOUN" or not any(child.lower_ in {"a", "an"} for child in people.lefts):
        return False
    kin = word_set("coordination.kin") | word_set("same_people.related")
    words = f"{people.nbor(-1).lower_ if people.i else ''} {people.lower_}"
    verb = trigger.head
    purpose = verb.tag_ == "VB" and any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.lefts)
    return purpose and (people.lower_ in kin or words in {"family member", "loved one"})


_MEANWHILE = frozenset({"after", "as", "when", "while"})


def _came_about_apart(verb: Token) -> bool:
    """Whether VERB tells what came about beside what was tried: "tried to stop them and *killed* two", "while"."""
    finite = verb.tag_ in {"VBD", "VBZ"} or any(
        child.dep_ in {"aux", "auxpass"} and child.tag_ in {"VBD", "VBZ"} for child in verb.lefts
    )
    if verb.dep_ == "conj":
        return finite and verb.head.tag_ == "VB"
    return (
        verb.dep_ == "advcl"
        and finite
        and any(child.dep_ in {"mark", "advmod"} and child.lower_ in _MEANWHILE for child in verb.lefts)
    )


def polarity_of(trigger: Token, people: Token) -> Polarity:
    """Polarity of the harm TRIGGER tells of PEOPLE (heads in one sentence)."""
    if trigger.lemma_ in _SAVING:
        # "could not be saved", "did not survive": what is denied is that they lived.
        to_come = any(child.lower_ in _MODALS - {"could", "ca"} for child in trigger.lefts)
        return "hypothetical" if to_come else "asserted"
    if (
        people.lower_ in _NEGATIVE_DETERMINERS
        or any(
            _is_not_one(child) or (child.dep_ == "nummod" and any(_is_not_one(inner) for inner in child.lefts))
            for child in people.lefts
        )
        or any(
            child.lower_ in {"no", "neither", "none"}
            and (child.i + 1 >= len(child.doc) or child.nbor().lower_ not in {"fewer", "less", "more"})
            for child in people.lefts
        )
    ):
        return "denied"
    if is_behind_nor(people):
        return "denied"
    own = _own(trigger)
    if own is not None:
        return own
    if _is_anybody_s(trigger, people):
        return "hypothetical"
    if _is_order(trigger):
        return "hypothetical"
    token = trigger
    # "tried to enter, killing two": what a participle behind a comma tells came about, whatever was tried.
    came_about = False
    presupposed = _is_presupposed(trigger)
    for _ in range(_REACH):
        head = token.head
        if _came_about_apart(token):
            break
        if head.i == token.i or any(t.text == ";" for t in token.doc[min(token.i, head.i) : max(token.i, head.i)]):
            break
        found = _under(token, head, came_about=came_about)
        if found is not None:
            return found
        if token.dep_ in {"acl", "relcl", "ccomp"} and _is_called_false(head):
            return "denied"
        if token.dep_ in {"relcl", "ccomp", "parataxis"} or (token.dep_ == "acl" and token.tag_ == "VBN"):
            break
        if head.lower_ in _TEMPORAL or (presupposed and head.pos_ != "ADP"):
            break
        came_about = came_about or (
            token.dep_ in {"advcl", "prep"}
            and (token.tag_ == "VBG" or token.lower_ == "with")
            and token.i > head.i
            and token.nbor(-1).text == ","
        )
        token = head
    return "asserted"
