"""Who suffered, and how many: the noun phrase behind a victim's head word.

A phrase counts people by its number ("nine policemen"), by being singular ("a judge", "X, a judge"), by a collective
word ("a couple", "a family of five", "a crew of 12") or by the sum of its conjuncts ("a woman and two children" is 3).
A plural without a number says that people suffered, not how many, and gives no figure.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Token

from etl.extraction.lexicons import mapping, word_set, words
from etl.extraction.people.companions import companions
from etl.extraction.people.coordination import agrees_in_the_plural, agrees_in_the_singular, members
from etl.extraction.people.counted import Victims, together
from etl.extraction.people.naming import BODIES, ONE, category_of, is_age, may_be_hurt, may_be_person, not_people
from etl.extraction.people.restatements import is_explained
from etl.extraction.people.sentence import Sentence, of_object, quantity_of
from etl.extraction.quantities import Quantity
from etl.records import Comparator, Figure

_MANY = word_set("victims.many")
_UNCOUNTED = word_set("victims.uncounted")
_KIN = word_set("coordination.kin")
_COLLECTIVE = word_set("victims.collective")
_LIVES = frozenset("life soul".split())
_DEATHS = frozenset({"death", "fatality"})
_ADDITIONAL = word_set("victims.additional")
_DEFINITE = word_set("victims.definite")
_NOUN_TAGS = frozenset("NN NNS NNP NNPS CD PRP PRP$ JJ JJR JJS DT VBN VBD VBG WP".split())
_GENERIC = word_set("victims.generic")
_ANYONE = frozenset({"individual", "people", "person", "victim"})
_ORDINALS = word_set("claims.ordinals")
_STATES = word_set("victims.states")
_PARTS = re.compile(r", (?:(?:one|two|three|four|five|\d+) of (?:them|whom)\b|one an? )", re.IGNORECASE)
"""What says of counted people who some are: "three miners, two of them on leave", "two men, one a judge"."""
_ONE_OF_A_NATION = re.compile(r"\b(?:[Aa]n?|[Oo]ne) [A-Z][a-z]{2,15} and $")
_OF_A_NATION = re.compile(r" [A-Z][a-z]{2,15} [a-z]")
"""Two nations before one noun, with their numbers: "a German and two French tourists"."""
_GOES_ON = re.compile(r", and (?!(?:the|one|another)\b)", re.IGNORECASE)
"""Where the list goes on after such a part: "eight guards, five of them new, and three clerks"."""


@lru_cache(maxsize=1)
def _sizes() -> dict[str, int]:
    return {noun: int(size) for noun, size in mapping("people.csv", "size").items() if size}


@lru_cache(maxsize=1)
def _offices() -> frozenset[str]:
    """Words before a name that are no part of it ("Defence Minister", "former", "suspect")."""
    return frozenset(words("people.csv")) | frozenset(words("titles.csv"))


def are_people(sentence: Sentence, head: Token) -> bool:
    """Whether HEAD names people: those that can be counted, or a word for them."""
    people = _share_of(sentence, head) or _base(sentence, head)
    return (people is not None and people.figure is not None) or may_be_hurt(sentence, head)


def _one_alive(head: Token) -> bool:
    """Whether HEAD, a word unknown as one for people, is one of those whom harm befell ("killed a kamnan")."""
    if head.tag_ not in {"NN", "NNP"} or head.dep_ in {"pobj", "pcomp"} or head.lemma_.lower() in _UNCOUNTED:
        return False
    return any(child.lower_ in {"a", "an", "another"} for child in head.lefts)


def _share_of(sentence: Sentence, head: Token) -> Victims | None:
    """The people of whom HEAD is a share, counted: "a quarter of the 200 passengers", "two thirds of the 30"."""
    inner = of_object(head) if head.lemma_.lower() in words("shares.csv") else None
    whole = quantity_of(sentence, inner) if inner is not None else None
    if whole is None or inner is None:
        return None
    parts = {"two": 2, "three": 3, "four": 4}.get(head.nbor(-1).lower_, 1) if head.i else 1
    share = float(mapping("shares.csv", "share")[head.lemma_.lower()])
    figure = Figure(None, round(parts * share * (whole.figure.best or 0)), None)
    category = category_of(inner)
    return Victims(head, head.idx, max(whole.end, head.idx), "about", figure, False, False, False, (), category)


def _of_a_body(head: Token, inner: Token | None) -> bool:
    """Whether HEAD is read for one person of a body ("a Communist Party of the South activist")."""
    bare = inner is not None and inner.tag_ == "NN" and not any(child.dep_ == "det" for child in inner.lefts)
    named = head.tag_ == "NNP" and any(child.lower_ in {"a", "an"} for child in head.lefts)
    return bare and named and inner is not None and may_be_person(inner)


def _singular(head: Token) -> bool:
    lower, lemma = head.lower_, head.lemma_.lower()
    determiners = {child.lower_ for child in head.lefts if child.dep_ in {"det", "poss", "nummod", "amod"}}
    if lower in ONE or head.tag_ == "PRP$":
        return lower in ONE or lower == "his"
    if lower == "other" and "the" in determiners:
        return True
    if determiners & {"a", "an"} and (lower in _ORDINALS or (head.tag_ == "NNS" and lower.endswith("men"))):
        # "killed two and wounded a third"; "a policemen" is a slip of the pen
        return True
    if head.tag_ == "JJ" and determiners and (lower in _ORDINALS or is_age(head)):
        # "the tenth was hurt", "the 30-year-old was shot"
        return True
    if lower in _UNCOUNTED or lemma in _UNCOUNTED or lower in _MANY:
        return False
    if head.tag_ == "NNP":
        return True
    if head.tag_ == "NN" or lower.endswith(("é", "ée")):
        # The tagger takes "fiancée" for a plural.
        part_of_name = head.i > 1 and head.nbor(-1).tag_ == "HYPH" and head.nbor(-2).tag_ == "NNP"
        return may_be_person(head) or part_of_name
    return head.tag_ in {"JJ", "JJR", "VBN", "NNPS"} and bool(determiners & {"a", "an", "one", "another"})


def _names(head: Token) -> tuple[str, ...]:
    found: list[str] = []
    for token in [head, *[child for child in head.children if child.dep_ == "appos"]]:
        if token.tag_ == "NNP" and token.ent_iob_ != "B":
            first = token
            for left in reversed(list(token.lefts)):
                if left.dep_ == "compound" and left.tag_ == "NNP" and left.i == first.i - 1:
                    first = left
            while first.i < token.i and first.lower_ in _offices():
                first = first.nbor()
            name = token.doc[first.i : token.i + 1].text
            if first.i < token.i:
                found.append(name)
    return tuple(found)


def _counts_no_one(one: Token, inner: Token | None) -> bool:
    """Whether ONE is of a rate ("one in five") or of things ("every one of the 60 houses")."""
    if one.i + 2 < len(one.doc) and one.nbor().lower_ == "in" and one.nbor(2).tag_ == "CD":
        return True
    return inner is not None and inner.tag_ == "NNS" and inner.lemma_.lower() in not_people()


def _base(sentence: Sentence, head: Token, *, alive: bool = False, one: bool = False) -> Victims | None:
    """The people of HEAD's phrase without its conjuncts; None where HEAD names no people.

    What befalls them may say that they are ALIVE, the form of their verb that there is ONE.
    """
    lower = head.lower_
    lemma = lower if lower in BODIES else head.lemma_.lower()
    quantity = quantity_of(sentence, head)
    inner = of_object(head)
    if lower == "one" and _counts_no_one(head, inner):
        return None
    counts_members = lemma in _COLLECTIVE and inner is not None and quantity_of(sentence, inner) is not None
    another_one = head.tag_ == "JJ" and lower in _ADDITIONAL  # "one died and a second was hurt"
    deaths = quantity is not None and lemma in _DEATHS  # "three tragic deaths"
    known_as_people = lemma in BODIES | _LIVES or counts_members or another_one or deaths
    if (lemma in not_people() or lower in not_people()) and not known_as_people:
        return None
    lefts = {child.lower_ for child in head.lefts}
    definite = (
        head.tag_ == "PRP$"
        or bool(lefts & _DEFINITE)
        or lower in ONE - {"another"}
        or lower in _MANY - {"others", "other", "many"}
    )
    additional = (
        bool(lefts & _ADDITIONAL)
        or lower in {"others", "another"}
        or any(c.lower_ in _ADDITIONAL for c in head.rights if c.dep_ == "amod")
    )
    if quantity is not None and quantity.comparator == "vague" and inner is not None:
        lemma = inner.lemma_.lower()
    start, end = head.idx, head.idx + len(head)
    figure: Figure | None
    comparator: Comparator = "exact"
    subset = False
    following = sentence.text[quantity.number_end : quantity.number_end + 20].lower() if quantity else ""
    if quantity is not None:
        figure, comparator = quantity.figure, quantity.comparator
        start, end = quantity.start, max(quantity.end, end)
        subset = following.lstrip().startswith("of whom")
    elif lemma in _COLLECTIVE and (manned := _manned(sentence, head)) is not None:
        figure, comparator = manned.figure, manned.comparator
        start = manned.start
    elif lower == "both" or "both" in lefts or _is_both_of_an_owner(head) or _were_both(head):
        figure = Figure(2, 2, 2)
        definite = True
    elif head.tag_ == "NNS" and any(left.lower_ == "twin" for left in head.lefts):
        figure = Figure(2, 2, 2)
    elif (lower in _sizes() or lemma in _sizes()) and not (lemma == "parent" and head.tag_ == "NN"):
        size = _sizes().get(lower, _sizes().get(lemma, 2))
        figure = Figure(size, size, size)
    elif lower == "bodies" and (owner := next((c for c in head.lefts if c.dep_ == "poss"), None)) is not None:
        # "a couple's bodies"
        held = read(sentence, owner)
        return replace(held, head=head, end=end) if held is not None and held.figure is not None else held
    elif lemma in BODIES and inner is not None and not lefts & {"a", "an"}:
        held = read(sentence, inner, head.head if head.head.pos_ == "VERB" else None)
        if held is None:
            return None
        return replace(held, head=head, start=min(start, held.start), end=max(end, held.end)) if held.figure else held
    elif lemma in _COLLECTIVE and inner is not None and (counted := quantity_of(sentence, inner)) is not None:
        figure, comparator = counted.figure, counted.comparator
        end = max(end, counted.end)
    elif _singular(head) or _of_a_body(head, inner) or (alive and _one_alive(head)) or (one and head.tag_ != "PRP"):
        figure = Figure(1, 1, 1)
        start = sentence.doc[head.left_edge.i].idx
    else:
        figure = None
    category = category_of(inner if inner is not None and lemma in BODIES | _COLLECTIVE | {"member"} else head)
    if lefts & {"suspected", "alleged"} and category == "unknown":
        category = "combatant"
    return Victims(head, start, end, comparator, figure, definite, additional, subset, _names(head), category)


def _of_whose_family(sentence: Sentence, head: Token) -> Token:
    """HEAD, or where it counts the family of one person, that one: "Father of two killed"."""
    if head.i < 2 or head.i not in sentence.quantity_at or head.nbor(-1).lower_ != "of":
        return head
    owner = head.nbor(-2)
    return owner if owner.lower_ in _KIN and owner.tag_ in {"NN", "NNP"} else head


def _tells_another_state(sentence: Sentence, child: Token) -> bool:
    """Whether CHILD counts people in another state than its head's: "150 dead and 70 missing", "and two wounded"."""
    if child.lemma_.lower() == "survivor":
        return True
    if quantity_of(sentence, child) is None:
        return False
    counted = child.i in sentence.quantity_at or child.lower_ in {"other", "others"}
    behind = child.i + 1 < len(child.doc) and counted and child.nbor().lower_ in _STATES
    return child.lower_ in _STATES or behind


def read(sentence: Sentence, head: Token, trigger: Token | None = None, *, alive: bool = False) -> Victims | None:
    """The people of HEAD's phrase and of those listed with it, summed; None where it names no people.

    TRIGGER is the verb of harm that befalls them, where there is one; ALIVE says that it befalls only the living.
    """
    if head.tag_ not in _NOUN_TAGS or not any(character.isalnum() for character in head.text):
        return None
    share = _share_of(sentence, head)
    if share is not None:
        return share
    head = _of_whose_family(sentence, head)
    one = alive and trigger is not None and _is_passive_of_one(trigger)
    total = _base(sentence, head, alive=alive, one=one)
    if total is None:
        return None
    if total.figure is None and (listed := _named_members(sentence, head)):
        return replace(total, figure=Figure(len(listed), len(listed), len(listed)), names=listed)
    if _best(total) == 1 and _are_two_in_one_phrase(head, trigger):
        return replace(total, figure=Figure(2, 2, 2))
    if {head.lemma_.lower(), head.lower_} & BODIES and of_object(head) is not None:
        return total
    listed_after = [token for token in members(sentence, head, trigger) if not _tells_another_state(sentence, token)]
    parts = [
        part
        for token in listed_after
        if not _same_number(sentence, head, token)
        and not _counts_losses(sentence, token)
        and (part := _base(sentence, token, alive=alive)) is not None
        and (part.figure is not None or may_be_hurt(sentence, token) or token.tag_ in {"PRP", "DT"})
    ]
    if parts and _best(total) > 1 and _PARTS.match(sentence.text, total.end):
        goes_on = _GOES_ON.search(sentence.text, total.end)
        parts = [part for part in parts if goes_on is not None and part.head.idx > goes_on.start()]
    if _is_both(head) and parts:
        total = replace(total, figure=Figure(1, 1, 1))
    if is_explained(sentence, head, total, parts):
        return total
    for part in parts:
        total = together(total, part)
    if (alien := _one_of_another_nation(sentence, head, total)) is not None:
        total = together(alien, total)
    known = {token.i for token in listed_after}
    for token in companions(sentence, head, trigger):
        part = _base(sentence, token)
        if part is not None and token.i not in known:
            spanned = together(total, part)
            total = replace(spanned, start=total.start, end=total.end)
    return total


def _one_of_another_nation(sentence: Sentence, head: Token, people: Victims) -> Victims | None:
    """The one before PEOPLE whose noun they share: "*a German* and two French tourists"."""
    opening = _ONE_OF_A_NATION.search(sentence.text, 0, people.start)
    quantity = quantity_of(sentence, head)
    if opening is None or quantity is None or _OF_A_NATION.match(sentence.text, quantity.number_end) is None:
        return None
    return replace(people, start=opening.start(), comparator="exact", figure=Figure(1, 1, 1))


def _same_number(sentence: Sentence, first: Token, second: Token) -> bool:
    """Whether both stand in one number ("two-hundred and fifty")."""
    number = sentence.quantity_at.get(first.i)
    return number is not None and sentence.quantity_at.get(second.i) is number


def _counts_losses(sentence: Sentence, token: Token) -> bool:
    """Whether TOKEN, a bare number, is of money ("six people hurt and millions in losses")."""
    return (
        token.i in sentence.quantity_at
        and token.i + 1 < len(token.doc)
        and token.nbor().lower_ == "in"
        and (token.tag_ == "NNS")
    )


def _is_passive_of_one(verb: Token) -> bool:
    return any(child.dep_ == "auxpass" for child in verb.lefts) and agrees_in_the_singular(verb)


def _are_two_in_one_phrase(head: Token, trigger: Token | None) -> bool:
    """Whether only the verb says that HEAD's phrase is two: "The flight instructor and student pilot *were* hurt"."""
    if trigger is None or head.tag_ != "NN" or not agrees_in_the_plural(trigger):
        return False
    joint = next((word for word in head.doc[head.left_edge.i : head.i] if word.lower_ == "and"), None)
    return joint is not None and joint.i > head.left_edge.i and may_be_person(joint.nbor(-1))


def _best(people: Victims) -> int:
    return (people.figure.best or 0) if people.figure is not None else 0


def _is_both_of_an_owner(head: Token) -> bool:
    """Such as "both the mayor's guards"."""
    owner = next((child for child in head.lefts if child.dep_ == "poss"), None)
    return owner is not None and head.tag_ == "NNS" and any(child.lower_ == "both" for child in owner.lefts)


_MANNED = re.compile(r"-(?:man|woman|person|member|strong)\b", re.IGNORECASE)


def _manned(sentence: Sentence, head: Token) -> Quantity | None:
    """How many HEAD, a crew or a team, is said to be by the word before it: "the two-man crew"."""
    return next(
        (
            quantity
            for quantity in sentence.quantities
            if sentence.doc[head.left_edge.i].idx <= quantity.start < head.idx
            and _MANNED.match(sentence.text, quantity.number_end)
        ),
        None,
    )


def _were_both(head: Token) -> bool:
    """Whether *both* behind the auxiliary says that HEAD, a plural, are two ("the brothers were both killed")."""
    verb = head.head
    if head.dep_ not in {"nsubj", "nsubjpass"} or head.tag_ not in {"NNS", "PRP"} or head.lower_ in ONE:
        return False
    return any(child.lower_ == "both" and child.i == verb.i - 1 and child.i > head.i for child in verb.lefts)


def _is_both(head: Token) -> bool:
    """Whether *both* before HEAD counts it together with the one joined to it ("both the mayor and his driver")."""
    return any(child.lower_ == "both" for child in head.lefts)


def _named_members(sentence: Sentence, head: Token) -> tuple[str, ...]:
    """Names that say who a plural without a number is ("workers Ana Ruiz and Luis Mora")."""
    for child in head.rights:
        if child.dep_ == "appos" and child.tag_ == "NNP":
            return tuple(
                token.doc[token.left_edge.i : token.i + 1].text
                for token in [child, *members(sentence, child)]
                if token.tag_ == "NNP"
            )
    return ()
