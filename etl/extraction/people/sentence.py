"""A parsed sentence with its numbers, and which number counts which word."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from etl.extraction.quantities import Quantity, find_quantities

_PARTITIVE = frozenset("of".split())


class Sentence:
    """A parsed sentence with its quantities tied to tokens.

    ``text``, where given, spares putting it together; ``before`` are the words ahead of it.
    """

    def __init__(self, doc: Doc, text: str | None = None, before: str = "") -> None:
        self.doc = doc
        self.before = before
        self.text = doc.text if text is None else text
        self.quantities: list[Quantity] = find_quantities(self.text)
        self.quantity_at: dict[int, Quantity] = {}
        for quantity in self.quantities:
            span = doc.char_span(quantity.number_start, quantity.number_end, alignment_mode="expand")
            if span is not None:
                for token in span:
                    self.quantity_at.setdefault(token.i, quantity)


def of_object(token: Token) -> Token | None:
    """Whom HEAD, a number or a collective word, is of ("five of the guards", "a family of four")."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in _PARTITIVE:
            for grandchild in child.children:
                if grandchild.dep_ in {"pobj", "pcomp"}:
                    return grandchild
    return None


def quantity_of(sentence: Sentence, head: Token) -> Quantity | None:
    """The number that counts HEAD: HEAD itself, or in its left part and not behind another noun."""
    if head.i in sentence.quantity_at:
        return sentence.quantity_at[head.i]
    bounding = next((found for found in sentence.quantities if found.start <= head.idx < found.number_start), None)
    if bounding is not None and head.pos_ in {"NOUN", "PROPN"}:
        # "upwards of 300 people", where the parser takes the bounding word for a noun
        return bounding
    for child in head.lefts:
        if child.dep_ in {"nummod", "quantmod", "amod", "det", "compound", "advmod", "nmod", "predet"}:
            for token in child.subtree:
                if token.i in sentence.quantity_at and token.i < head.i:
                    quantity = sentence.quantity_at[token.i]
                    if quantity.number_end <= head.idx and not _hyphenated(sentence, quantity):
                        return quantity
    if head.tag_ == "NNS" and head.i > 1 and head.i - 1 in sentence.quantity_at and head.nbor(-1).head.i == head.i - 2:
        # "As of 21 December 47 people had died": a number hung on the day before it.
        return sentence.quantity_at[head.i - 1]
    if head.tag_ == "JJ" and head.i > 0 and head.head.i == head.i - 1 and head.i - 1 in sentence.quantity_at:
        # "three tourists and one local"
        return sentence.quantity_at[head.i - 1]
    owner = next((child for child in head.lefts if child.dep_ == "poss"), None)
    # "two servicemen's wives"
    return quantity_of(sentence, owner) if owner is not None and head.tag_ == "NNS" else None


def _hyphenated(sentence: Sentence, quantity: Quantity) -> bool:
    return sentence.text[quantity.number_end : quantity.number_end + 1] == "-"
