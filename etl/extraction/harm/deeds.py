"""Whom a noun of killing is of, where words stand between or the parser hung the phrase elsewhere.

"The murder in Lima on 3 March of Ana Ruiz" is read as a March of Ana Ruiz, "the assassination of Senator Ana Ruiz
today led to" as Ana Ruiz leading. The order of the words settles both: the first *of* behind the noun, with no verb
before it.
"""

from __future__ import annotations

from spacy.tokens import Token

from etl.extraction.harm.arguments import child_of
from etl.extraction.lexicons import word_set

_REACH = 12
"""Words behind the noun in which its *of* may stand."""
_REACH_OF_ONE = 24
"""The same for "that of"."""
_WHEN_OR_WHERE = word_set("deeds.when_or_where")
_BEFORE_OWN_OF = word_set("deeds.before_own_of")
"""Words that take an *of* of their own: "in front of", "in the town of", "on the evening of"."""
_IN_A_NAME = frozenset({"NNP", "NNPS", "NN", "JJ", "CD", "DT", "PRP$"})


def of_whom(noun: Token) -> Token | None:
    """Head of the people that the deed NOUN is of, by the order of the words; None where no *of* tells them."""
    doc = noun.doc
    at = noun.i + 1
    if at >= len(doc) or doc[at].lower_ not in _WHEN_OR_WHERE | {"of"}:
        return None
    for word in doc[at : at + _REACH]:
        if word.pos_ in {"VERB", "AUX", "PUNCT"} or word.lower_ in {"and", "but"}:
            return None
        if word.lower_ == "of" and word.nbor(-1).lower_ not in _BEFORE_OWN_OF:
            return _head_behind(word)
    return None


def that_of(noun: Token) -> Token | None:
    """Head of those whose deed is told apart among the deeds NOUN: "the murders, and above all that of Ana Ruiz"."""
    if noun.tag_ != "NNS":
        return None
    for word in noun.doc[noun.i + 1 : noun.i + _REACH_OF_ONE]:
        if word.lower_ == "that" and word.i + 1 < len(noun.doc) and word.nbor().lower_ == "of":
            return _head_behind(word.nbor())
    return None


def _head_behind(of: Token) -> Token | None:
    inner = child_of(of, {"pobj"})
    if inner is not None:
        return _named_behind(inner) or inner
    doc = of.doc
    last = of.i
    while last + 1 < len(doc) and doc[last + 1].tag_ in _IN_A_NAME and doc[last + 1].dep_ != "npadvmod":
        last += 1
    return doc[last] if last > of.i and doc[last].tag_ in {"NNP", "NN"} else None


def _named_behind(office: Token) -> Token | None:
    """Head of the names behind the OFFICE of several that the parser hung elsewhere ("of leaders Ana Ruiz and ...")."""
    following = office.nbor() if office.i + 1 < len(office.doc) else office
    if office.tag_ != "NNS" or following.tag_ != "NNP" or office in following.ancestors:
        return None
    while following.dep_ == "compound" and following.head.i > following.i:
        following = following.head
    return following if following.tag_ == "NNP" else None
