"""Part of speech and lemma of words, settled once for each word in each role instead of once for each token.

spaCy's attribute ruler tries some 180 patterns at every token, which costs as much as the parser (measured). All but a
few of them look at one token's own letters, tag and relation, so what they and the lemmatizer say of it can be kept;
what the others say of two side by side ("gon na", "there was") can be as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, cast

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc, MorphAnalysis, Token

MOST_KNOWN = 16_000
"""Words kept at a time, some 4 MB; news has a few thousand that come again and again."""

_ASKED = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})
"""What a pattern may ask of a token for its answer to hold wherever the token stands."""

_PAIR = 2
_Role = tuple[int, int, int]
"""The word where some pattern asks for it, else 0; tag and relation."""
_Forms = tuple[int, MorphAnalysis, int, str, int, int]
"""Part of speech, morphology and its number, lemma (empty: ask the lemmatizer), tag and relation."""


def keep_forms(nlp: Language) -> None:
    """Let NLP keep what its ruler and rule lemmatizer say of a word; another kind of pipeline stays as it is."""
    if nlp.pipe_names[-2:] != ["attribute_ruler", "lemmatizer"]:
        return
    ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
    if not isinstance(ruler, AttributeRuler) or not isinstance(lemmatizer, Lemmatizer) or lemmatizer.overwrite:
        return
    tokens = [token for tokens in _patterns(ruler) for token in tokens]
    lower = [token["LOWER"] for token in tokens if "LOWER" in token]
    if all(token.keys() <= _ASKED for token in tokens) and all(
        isinstance(words, str) or words.keys() <= {"IN", "REGEX"} for words in lower
    ):
        # Under the ruler's name; the lemmatizer behind it finds lemmas only where there are none yet.
        nlp.replace_pipe("attribute_ruler", "known_forms")
        kept = nlp.get_pipe("attribute_ruler")
        assert isinstance(kept, KnownForms)  # noqa: S101 - so says its factory below
        kept.take_over(ruler, lemmatizer)


def _patterns(ruler: AttributeRuler) -> Iterator[list[dict[str, Any]]]:
    """The patterns of RULER, each a list of what it asks of one token after another."""
    rows: list[dict[str, Any]] = ruler.patterns
    return (tokens for row in rows for tokens in row["patterns"])


@Language.factory("known_forms")
def _made(nlp: Language, name: str) -> KnownForms:
    return KnownForms(nlp.vocab, name)


class KnownForms(AttributeRuler):
    """A ruler that asks another one, and a lemmatizer, once for each word in each role."""

    def take_over(self, ruler: AttributeRuler, lemmatizer: Lemmatizer) -> None:
        """Answer as RULER and LEMMATIZER would."""
        self._ruler, self._lemmatizer = ruler, lemmatizer
        _index_by_hash(lemmatizer)
        self._alone, self._longer = AttributeRuler(self.vocab), Matcher(self.vocab)
        rows: list[dict[str, Any]] = ruler.patterns
        for row in rows:
            if all(len(tokens) == 1 for tokens in row["patterns"]):
                self._alone.add_patterns([row])
            else:
                self._longer.add("longer", [tokens[:1] for tokens in row["patterns"]])
        asked = [token["LOWER"] for tokens in _patterns(ruler) for token in tokens if "LOWER" in token]
        listed = [[words] if isinstance(words, str) else words.get("IN", ()) for words in asked]
        self._listed = {word for words in listed for word in words}
        shapes = [words["REGEX"] for words in asked if not isinstance(words, str) and "REGEX" in words]
        self._shaped = re.compile("|".join(shapes or ["(?!)"]))
        self._class: dict[int, int] = {}
        self._longest = max(len(tokens) for tokens in _patterns(ruler))
        self._forms: dict[_Role, _Forms | None] = {}
        self._pairs: dict[tuple[_Role, ...], list[_Forms]] = {}
        self._lemma: dict[tuple[int, int, int], str] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Give every token of DOC its part of speech, morphology and lemma."""
        tokens = list(doc)
        roles = [self._role_of(token) for token in tokens]
        forms = [
            self._forms[role] if role in self._forms else self._ask(role, token)
            for role, token in zip(roles, tokens, strict=True)
        ]
        for at, known in enumerate(forms):
            if known is None:
                pair = slice(at, at + _PAIR)
                if self._longest > _PAIR or None in forms[pair][1:]:
                    return self._ruler(doc)
                forms[pair] = self._ask_pair(tuple(roles[pair]), tokens[pair])
        for token, (pos, morph, number, lemma, tag, dep) in zip(tokens, cast("list[_Forms]", forms), strict=True):
            token.pos, token.morph = pos, morph
            if tag != token.tag:
                token.tag = tag
            if dep != token.dep:
                token.dep = dep
            token.lemma_ = lemma or self._lemma.get((token.orth, pos, number)) or self._lemma_of(token, number)
        return doc

    def _role_of(self, token: Token) -> _Role:
        word = self._class.get(token.lower, -1)
        return word if word >= 0 else self._class_of(token), token.tag, token.dep

    def _class_of(self, token: Token) -> int:
        """The word itself where some pattern asks for it, else 0: what patterns make of all other words is the same."""
        word = token.lower_
        own = word in self._listed or word.isspace() or self._shaped.search(word) is not None
        _bounded(self._class)[token.lower] = token.lower if own else 0
        return self._class[token.lower]

    def _ask(self, role: _Role, token: Token) -> _Forms | None:
        """What the ruler makes of TOKEN in ROLE; None where its neighbours may matter."""
        doc = self._apart([token])
        longer = self._longer(doc, allow_missing=True)
        _bounded(self._forms)[role] = None if longer else _forms_of(self._alone(doc)[0])
        return self._forms[role]

    def _ask_pair(self, roles: tuple[_Role, ...], tokens: list[Token]) -> list[_Forms]:
        """What the ruler makes of TOKENS side by side, at the first of which a pattern of two may begin."""
        if roles not in self._pairs:
            _bounded(self._pairs)[roles] = [_forms_of(token) for token in self._ruler(self._apart(tokens))]
        return self._pairs[roles]

    def _apart(self, tokens: list[Token]) -> Doc:
        """TOKENS in a document of their own."""
        doc = Doc(self.vocab, words=[token.text for token in tokens], spaces=[False] * len(tokens))
        for copy, token in zip(doc, tokens, strict=True):
            copy.tag, copy.dep = token.tag, token.dep
        return doc

    def _lemma_of(self, token: Token, number: int) -> str:
        lemma = self._lemmatizer.lemmatize(token)[0]
        _bounded(self._lemmatizer.cache)
        _bounded(self._lemma)[token.orth, token.pos, number] = lemma
        return lemma


def _forms_of(token: Token) -> _Forms:
    number: int = token.morph.key  # type: ignore[attr-defined]
    return token.pos, token.morph, number, token.lemma_, token.tag, token.dep


def together(docs: Iterable[Doc], most_words: int | None, most_docs: int) -> Iterator[list[Doc]]:
    """DOCS in order, in lists of at most MOST_DOCS, each ended before it passes MOST_WORDS."""
    some: list[Doc] = []
    words = 0
    for doc in docs:
        if some and (len(some) >= most_docs or (most_words is not None and words + len(doc) > most_words)):
            yield some
            some, words = [], 0
        some.append(doc)
        words += len(doc)
    if some:
        yield some


def _index_by_hash(lemmatizer: Lemmatizer) -> None:
    """Let LEMMATIZER look words up in sets: its model brings lists, in which a plural takes a millisecond or more."""
    index: Any = lemmatizer.lookups.get_table("lemma_index", {})
    for part_of_speech, known in index.items():
        index[part_of_speech] = frozenset(known)


def _bounded(known: dict[Any, Any]) -> dict[Any, Any]:
    if len(known) >= MOST_KNOWN:
        known.clear()
    return known
