"""Who said it: the words of the source inside a sentence ("the Health Ministry said", "according to police")."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Doc, Token

from etl.extraction.lexicons import words

LONGEST = 120
"""Longest attribution kept, in characters."""


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


def attribution_of(doc: Doc) -> str | None:
    """The one who says what the sentence DOC tells, as printed; None where the report says it itself."""
    for token in doc:
        if token.lower_ == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            for child in doc[token.i + 1].children:
                if child.dep_ == "pobj":
                    return _phrase(child)
        if token.lemma_.lower() in _saying() and token.pos_ in {"VERB", "AUX"}:
            subject = next((child for child in token.children if child.dep_ == "nsubj"), None)
            if subject is not None and subject.lower_ not in {"it", "who", "which", "that"}:
                return _phrase(subject)
    return None
