"""Who said it: the words of the source inside a sentence ("the Health Ministry said", "according to police")."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc, Token

from etl.extraction.lexicons import word_set, words

LONGEST = 120
"""Longest attribution kept, in characters."""
_BESIDE = frozenset({"while", "whereas", "although", "though"})
"""Words that open a clause in which somebody else may speak."""


@lru_cache(maxsize=1)
def _saying() -> frozenset[str]:
    return frozenset(words("saying_verbs.csv"))


def _phrase(head: Token) -> str:
    """Words of HEAD's phrase, relative clauses left out."""
    last = head.i
    for child in head.rights:
        if child.dep_ in {"relcl", "acl", "punct", "advcl", "parataxis"}:
            break
        last = max(last, child.right_edge.i)
    return " ".join(head.doc[head.left_edge.i : last + 1].text.split())[:LONGEST]


def _sources(doc: Doc) -> Iterator[tuple[Token, str]]:
    """The verbs of saying in DOC (or *according*), each with the one who says it, in order."""
    for token in doc:
        if token.lower_ == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            for child in doc[token.i + 1].children:
                if child.dep_ == "pobj":
                    yield token, _phrase(child)
        elif token.pos_ in {"VERB", "AUX"} and (token.lemma_.lower() in _saying() or _puts_a_count(token)):
            subject = next((child for child in token.children if child.dep_ == "nsubj"), None)
            if subject is not None and subject.lower_ not in {"it", "who", "which", "that"}:
                yield token, _phrase(subject)


def _puts_a_count(verb: Token) -> bool:
    """Whether VERB says how many by giving a count its number ("the ministry put the toll at 52")."""
    return verb.lemma_.lower() == "put" and any(
        child.dep_ == "dobj" and child.lemma_.lower() in word_set("attribution.counts") for child in verb.children
    )


def _speaks_of_another(verb: Token, told: Token) -> bool:
    """Whether VERB, set beside the rest of the sentence, says something else than TOLD ("... while rebels said 20")."""
    beside = verb.dep_ == "conj" or (
        verb.dep_ == "advcl" and any(child.lower_ in _BESIDE for child in verb.lefts if child.dep_ == "mark")
    )
    return beside and not verb.is_ancestor(told)


def attribution_of(doc: Doc, told: Token) -> str | None:
    """The one who says what the word TOLD of the sentence DOC tells, as printed; None where the report says it itself.

    That is who speaks in the clause next above TOLD, else the first one whose words go for the whole sentence.
    """
    sources = list(_sources(doc))
    if len(sources) > 1:
        above = {token.i: depth for depth, token in enumerate(told.ancestors)}
        speaking = [(above[verb.i], who) for verb, who in sources if verb.i in above]
        if speaking:
            return min(speaking)[1]
    return next((who for verb, who in sources if not _speaks_of_another(verb, told)), None)
