"""Who else stands in a list of people: "a policeman, a school guard and two students", "X, a colonel, and his guard".

A parser takes members of a list for appositions and appositions for members, and loses those behind a comma. Here the
words after the first member are walked one noun phrase at a time. A comma adds a member or restates the one before
(a name and an office, an office and a name); *and* adds one, unless it goes on with a restatement ("X, a founder of
the party and a former mayor"); a singular verb ("was killed") says that there is one person, whatever stands between.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

from etl.extraction.lexicons import mapping, word_set
from etl.extraction.people.sentence import Sentence

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_INSIDE = frozenset("DT PDT PRP$ CD JJ JJR JJS NN NNS NNP NNPS POS HYPH FW PRP VBN ADD".split())
_HEADS = frozenset("NN NNS NNP NNPS CD PRP".split())
_HEAD_WORDS = frozenset({"another", "other", "others"})
_OWNERS = frozenset({"his", "her", "their", "its", "my", "our"})
_KIN = word_set("coordination.kin")
_STATES = word_set("victims.states")
_CITIZENS = frozenset({"citizen", "national"})
_RELATIVE = frozenset({"who", "that", "which", "whom"})
_SINGULAR_VERBS = frozenset({"was", "is", "has"})
_PLURAL_VERBS = frozenset({"were", "are", "have"})
_OPENS_ANOTHER = frozenset({"are", "is", "remain", "remained", "remains", "was", "were"})
"""Verbs right behind a phrase that make it the subject of a clause of its own."""
_ONCE = frozenset({"acting", "current", "ex", "former", "then"})
_INSERTED = 20
"""Tokens in which an insertion behind *including* must end."""
_LONGEST = 120
"""Tokens after the first member that are walked; longer lists are cut."""


@lru_cache(maxsize=1)
def _companions() -> frozenset[str]:
    return _KIN | word_set("same_people.related")


def _is_person(noun: Token) -> bool:
    return noun.ent_type_ == "PERSON" or noun.lower_ in mapping("people.csv", "category")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A noun phrase of a list: its tokens, its head and what parts it from the one before (",", "and", ", and")."""

    first: Token
    head: Token
    parted_by: str

    def is_name(self) -> bool:
        return self.head.tag_ in {"NNP", "NNPS"} and self.head.i > self.first.i and not self.is_office()

    def is_office(self) -> bool:
        return self.head.lower_ in mapping("people.csv", "category")

    def opening(self) -> str:
        return self.first.lower_

    def is_counted(self, sentence: Sentence) -> bool:
        return any(i in sentence.quantity_at for i in range(self.first.i, self.head.i + 1))


def members(sentence: Sentence, head: Token, verb: Token | None = None) -> list[Token]:
    """Heads of the phrases that stand in a list with HEAD and name people besides HEAD's own, in order.

    VERB is the one whose subject the list is, where the parser does not say so.
    """
    verb = head.head if head.dep_ in _SUBJECTS else verb
    phrases = list(_phrases(sentence, head, verb))
    if len(phrases) < 2:
        return []
    counted = any(phrase.is_counted(sentence) for phrase in phrases[1:] if phrase.parted_by == "and")
    if verb is not None and agrees_in_the_singular(verb) and _names_one(sentence, phrases[0]) and not counted:
        return []
    plural = verb is not None and _agrees(verb, _PLURAL_VERBS)
    found = _members(sentence, phrases)
    if plural and not found and _names_one(sentence, phrases[0]):
        # "The owner and manager were hurt": only the verb says that they are two.
        joined = [phrase.head for phrase in phrases[1:] if phrase.parted_by != ","]
        found = joined[:1]
    return found


def _members(sentence: Sentence, phrases: list[_Phrase]) -> list[Token]:
    joins = [n for n, phrase in enumerate(phrases) if phrase.parted_by not in {"", ","}]
    if not joins:
        return []
    found: list[Token] = []
    restating = False
    for n, phrase in enumerate(phrases[1 : joins[-1] + 1], start=1):
        before = phrases[n - 1]
        if phrase.parted_by == ",":
            restating = _restates(sentence, before, phrase) or _counts_the_named(sentence, phrases[:n], phrase)
            if not restating:
                found.append(phrase.head)
        elif phrase.parted_by == "and" and (
            (restating and _goes_on(sentence, phrase))
            or _is_part_of_a_name(sentence, before, phrase)
            or _is_office_of_the_named(sentence, before, phrase)
        ):
            continue
        else:
            restating = False
            if not _second_office(sentence, before, phrase, among_many=len(found) > 0):
                found.append(phrase.head)
    return found


def _names_one(sentence: Sentence, phrase: _Phrase) -> bool:
    return phrase.head.tag_ in {"NN", "NNP", "PRP", "CD"} and (
        not phrase.is_counted(sentence) or phrase.head.lower_ == "one" or phrase.opening() == "one"
    )


def _restates(sentence: Sentence, before: _Phrase, phrase: _Phrase) -> bool:
    """Whether PHRASE after a comma is an age, an office of the named person before, or the name of the one before."""
    if phrase.head.tag_ == "CD" and phrase.head.text.isdigit() and before.is_name():
        return True
    if phrase.is_counted(sentence) or not _names_one(sentence, before):
        return False
    if before.is_name() and not phrase.is_name():
        return phrase.opening() not in _OWNERS and phrase.head.tag_ in {"NN", "NNP"}
    if phrase.is_name():
        return not before.is_name() and (before.head.tag_ == "NN" or before.is_office() or before.head.lower_ == "one")
    # "a Greek citizen, manager of the bank, and his wife"; "the owner, a Greek citizen, and his wife"
    return phrase.head.lower_ in _CITIZENS or (
        phrase.first.tag_ == "NN" and phrase.is_office() and _next_word(phrase.head) == "of"
    )


def _next_word(token: Token) -> str:
    return token.nbor().lower_ if token.i + 1 < len(token.doc) else ""


def _counts_the_named(sentence: Sentence, named: list[_Phrase], phrase: _Phrase) -> bool:
    """Whether PHRASE counts again those NAMED right before it ("Ana Ruiz and Luis Mora, two clerks, and a guard")."""
    quantity = sentence.quantity_at.get(phrase.first.i)
    return (
        len(named) > 1
        and quantity is not None
        and quantity.figure.best == len(named)
        and all(before.is_name() for before in named)
    )


def _is_part_of_a_name(sentence: Sentence, before: _Phrase, phrase: _Phrase) -> bool:
    """Whether PHRASE after *and* only ends a name behind a number ("three suspected Bread and Freedom members")."""
    return (
        phrase.first.i == phrase.head.i
        and phrase.head.tag_ in {"NNP", "NNPS"}
        and phrase.head.ent_type_ != "PERSON"
        and before.is_counted(sentence)
        and before.head.tag_ in {"NNP", "NNPS"}
    )


def _is_office_of_the_named(sentence: Sentence, before: _Phrase, phrase: _Phrase) -> bool:
    """Whether BEFORE is a first office of the one whom PHRASE names: "radio reporter and announcer Ana Ruiz"."""
    return (
        phrase.is_name()
        and phrase.first.tag_ in {"NN", "JJ"}
        and before.first.tag_ in {"NN", "JJ"}
        and before.is_office()
        and not before.is_counted(sentence)
    )


def _goes_on(sentence: Sentence, phrase: _Phrase) -> bool:
    """Whether PHRASE after *and* tells a further office of the person restated before ("and a former mayor")."""
    return (
        not phrase.is_counted(sentence)
        and not phrase.is_name()
        and phrase.opening() not in _OWNERS
        and phrase.head.tag_ == "NN"
    )


def _second_office(sentence: Sentence, before: _Phrase, phrase: _Phrase, *, among_many: bool) -> bool:
    """Whether PHRASE shares the determiner of the one before, so is the same person: "a mayor and director"."""
    bare = phrase.first.i == phrase.head.i or phrase.first.lower_ in _ONCE
    if among_many or not bare or phrase.head.tag_ not in {"NN", "NNP"}:
        return False
    one = before.head.tag_ in {"NN", "NNP"} or before.opening() in {"a", "an"}
    if not one or before.is_counted(sentence) or phrase.is_counted(sentence):
        return False
    if phrase.head.lower_ in _KIN and before.head.lower_ in _KIN:
        return False
    return phrase.head.lower_ in mapping("people.csv", "category") and before.first.tag_ in {"DT", "PRP$", "JJ"}


def agrees_in_the_singular(verb: Token) -> bool:
    """Whether the form of VERB, or of its auxiliary, says that its subject is one ("was killed")."""
    return _agrees(verb, _SINGULAR_VERBS)


def agrees_in_the_plural(verb: Token) -> bool:
    """Whether the form of VERB, or of its auxiliary, says that its subject are several ("were killed")."""
    return _agrees(verb, _PLURAL_VERBS)


def _agrees(verb: Token, forms: frozenset[str]) -> bool:
    auxiliaries = [child.lower_ for child in verb.lefts if child.dep_ in {"aux", "auxpass"}]
    return (auxiliaries[0] if auxiliaries else verb.lower_) in forms


def _phrases(sentence: Sentence, head: Token, verb: Token | None) -> Iterator[_Phrase]:
    """HEAD's phrase and those listed after it, up to a verb or a phrase that is the subject of another clause."""
    doc = head.doc
    first = doc[_left_edge(head)]
    phrase = _Phrase(first, head, "")
    stop = min(len(doc), head.i + _LONGEST)
    while True:
        yield phrase
        at = after_modifiers(phrase.head, stop)
        parted_by, at = _separator(head, at, stop)
        if not parted_by:
            return
        following = noun_phrase_at(sentence, at, stop, parted_by)
        if following is None or _opens_a_clause(following, head, verb):
            return
        if parted_by == "and" and _joins_what_hangs_on(phrase, following):
            return
        behind = following.head.i + 1
        told_before = head.lower_ in _STATES or (verb is not None and verb.i < head.i)
        if told_before and behind < len(doc) and doc[behind].lower_ in _OPENS_ANOTHER:
            # "killed a robber and a guard was hurt", "killed nine and dozens are missing"
            return
        phrase = following


def _left_edge(head: Token) -> int:
    """First token of HEAD's own noun phrase."""
    at = head.i
    while at > 0 and head.doc[at - 1].tag_ in _INSIDE and head.doc[at - 1] in head.subtree:
        at -= 1
    return at


def _opens_a_clause(phrase: _Phrase, head: Token, verb: Token | None) -> bool:
    own = {head.head.i, head.i} if verb is None else {head.head.i, head.i, verb.i}
    if phrase.head.dep_ not in _SUBJECTS or phrase.head.head.i in own:
        return False
    # "The murder of a reporter and her fiance shook the town": two subjects of one verb, the second torn from its list.
    above = {ancestor.i for ancestor in head.ancestors}
    shared = (child for child in phrase.head.head.lefts if child.dep_ in _SUBJECTS and child.i < head.i)
    return phrase.opening() not in _OWNERS or not any(child.i in above for child in shared)


def _joins_what_hangs_on(phrase: _Phrase, following: _Phrase) -> bool:
    """Whether *and* joins FOLLOWING to a word behind PHRASE's head ("a guard in front of his wife and children")."""
    joined = following.head.head
    if following.head.dep_ != "conj" or joined.i <= phrase.head.i or joined.dep_ not in {"pobj", "conj", "compound"}:
        return False
    # "a clerk of the Ministry and his wife": a ministry has no wife, so she stands beside the clerk.
    partitive = phrase.head.tag_ == "CD" and joined.head.lower_ == "of" and joined.head.head.i == phrase.head.i
    related = following.opening() in _OWNERS and following.head.lower_ in _companions()
    return not related or (_is_person(joined) and not partitive)


def _separator(head: Token, at: int, stop: int) -> tuple[str, int]:
    """What parts the next phrase from the last (",", "and", ", and", "with") and where that phrase begins."""
    doc = head.doc
    comma = ""
    if at < stop and doc[at].text == ",":
        comma, at = ",", at + 1
    if at < stop and doc[at].lower_ in {"and", "&"}:
        return f"{comma} and".strip() if comma else "and", _behind_aside(doc, at + 1, stop)
    if at + 2 < stop and [token.lower_ for token in doc[at : at + 3]] == ["as", "well", "as"]:
        return ", and", at + 3
    if at + 1 < stop and doc[at].lower_ in {"along", "together"} and doc[at + 1].lower_ == "with":
        return ", and", at + 2
    return comma, at


def _behind_aside(doc: Doc, at: int, stop: int) -> int:
    """AT, or the place behind what stands there between commas ("and, according to neighbours, a clerk")."""
    if at >= stop or doc[at].text != ",":
        return at
    return next((i + 1 for i in range(at + 1, min(stop, at + _INSERTED)) if doc[i].text == ","), at)


def after_modifiers(head: Token, stop: int) -> int:
    """Place after the parenthesis, prepositions and describing clauses that hang on HEAD."""
    doc = head.doc
    at = head.i + 1
    while at < stop:
        token = doc[at]
        if token.tag_ == "NNP" and head.tag_ in {"NN", "NNP"}:
            # A name set beside its office ("uncle Tarik Aziz").
            at += 1
        elif token.text in {"(", "["}:
            closing = next((i for i in range(at, min(stop, at + 40)) if doc[i].text in {")", "]"}), None)
            if closing is None:
                return at
            at = closing + 1
        elif token.tag_ == "HYPH" and at + 3 < stop and "".join(word.lower_ for word in doc[at : at + 4]) == "-in-law":
            at += 4
        elif token.tag_ == "IN" and token.lower_ not in {"along", "together", "as", "including"}:
            inner = at + 1
            while inner < stop and doc[inner].tag_ in _INSIDE:
                inner += 1
            if inner == at + 1:
                return at
            at = inner
        elif token.dep_ in {"acl", "relcl"} and token.tag_ in {"VBG", "VBN"} and token.i < token.right_edge.i:
            at = _clause_end(token, stop)
        elif token.text == "," and (closing := _insertion_end(head, at, stop)) is not None:
            return closing
        elif token.lower_ in _RELATIVE and token.head.dep_ == "relcl" and token.head.i > token.i:
            at = _clause_end(token.head, stop)
        else:
            return at
    return at


def _insertion_end(head: Token, at: int, stop: int) -> int | None:
    """Place of the comma that closes what the comma at AT opens about HEAD ("the mayor, called X, and his wife")."""
    if at + 1 >= stop:
        return None
    opening = head.doc[at + 1]
    among = opening.lower_ == "among" and at + 2 < stop and opening.nbor().lower_ in {"them", "whom"}
    if (opening.lower_ == "including" or among) and head.lemma_.lower() not in word_set("victims.generic"):
        # "killed six guards, including their chief, and two clerks"
        ends = (i for i in range(at + 2, min(stop, at + _INSERTED)) if head.doc[i].text == ",")
        return next((i for i in ends if i + 1 < stop and head.doc[i + 1].lower_ == "and"), None)
    verb = opening.head if opening.lower_ in _RELATIVE else opening
    if verb.dep_ not in {"acl", "relcl"} or verb.head.i != head.i or verb.tag_ not in {"VBN", "VBD", "VBG", "VBZ"}:
        return None
    closing = verb.right_edge.i + 1
    while closing < stop and head.doc[closing].text != ",":
        closing += 1
    return closing if closing < stop else None


def _clause_end(verb: Token, stop: int) -> int:
    """Place of the comma or *and* that ends the describing clause of VERB."""
    at = verb.i + 1
    while at < min(stop, verb.right_edge.i + 1) and verb.doc[at].text != "," and verb.doc[at].lower_ != "and":
        at += 1
    return at


def noun_phrase_at(sentence: Sentence, at: int, stop: int, parted_by: str = "") -> _Phrase | None:
    """The noun phrase that begins at the token AT and ends before STOP; None where none does."""
    doc = sentence.doc
    if at >= stop:
        return None
    first = doc[at]
    if first.lower_ in {"nobody", "no", "none", "neither"}:
        return None
    while at < stop and not _inside(sentence, doc[at]) and _within_number_words(sentence, doc[at]):
        at += 1
    last = None
    if at < stop and doc[at].tag_ == "VBN":
        return None
    while at < stop and _inside(sentence, doc[at]) and not (last is not None and doc[at].lower_ in _STATES):
        if last is not None and _counts_anew(sentence, doc[at]):
            break
        if last is not None and _describes(doc[at]) and _is_person(doc[at - 1]):
            # "a French national living in the south": a participle that the tagger took for a noun.
            return _Phrase(first, doc[at - 1], parted_by)
        if doc[at].tag_ in _HEADS or doc[at].lower_ in _HEAD_WORDS or doc[at].i in sentence.quantity_at:
            last = at
        elif doc[at].tag_ in {"JJ", "JJR"} and doc[at - 1].tag_ in {"CD", "DT"} and at >= first.i:
            # "four Vietnamese", "a cleaner": a noun that the tagger took for an adjective, where no noun follows.
            last = at
        at += 1
    if last is None or (doc[last].tag_ == "CD" and doc[last].i not in sentence.quantity_at and parted_by != ","):
        return None
    return _Phrase(first, doc[last], parted_by)


def _counts_anew(sentence: Sentence, number: Token) -> bool:
    """Whether NUMBER begins a phrase of its own right behind a noun: "according to the council *eight soldiers*"."""
    if number.tag_ != "CD" or number.i not in sentence.quantity_at or number.i + 1 >= len(number.doc):
        return False
    return number.nbor(-1).tag_ in {"NN", "NNP"} and number.nbor().tag_ == "NNS"


def _inside(sentence: Sentence, word: Token) -> bool:
    if word.tag_ in _INSIDE or word.i in sentence.quantity_at:
        return True
    # "a passing villager"
    around = 0 < word.i < len(word.doc) - 1
    return word.tag_ == "VBG" and around and word.nbor(-1).tag_ == "DT" and word.nbor().tag_ in {"NN", "NNS"}


def _describes(word: Token) -> bool:
    return word.tag_ == "NN" and word.lower_.endswith("ing") and word.i + 1 < len(word.doc) and word.nbor().tag_ == "IN"


def _within_number_words(sentence: Sentence, token: Token) -> bool:
    """Whether TOKEN is one of the words that bound a number ("at least", "more than")."""
    return any(quantity.start <= token.idx < quantity.number_start for quantity in sentence.quantities)
