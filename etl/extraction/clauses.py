"""The words of a sentence that speak of one harm: clauses beside it, which tell of something else, blanked."""

from __future__ import annotations

from spacy.tokens import Token

_BESIDE = frozenset({"relcl", "acl", "advcl", "parataxis", "appos"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def own_words(trigger: Token) -> str:
    """The sentence of TRIGGER, as long as it is, with blanks for what another clause or half of it tells.

    "Two died in the city, where 500 have been killed since March" leaves, for *died*, "Two died in the city,".
    """
    known: dict[int, str] = trigger.doc.user_data.setdefault("own_words", {})  # several rules ask for one trigger's
    if trigger.i not in known:
        known[trigger.i] = _own_words(trigger)
    return known[trigger.i]


def _own_words(trigger: Token) -> str:
    doc = trigger.doc
    text = doc.text
    opening, closing = _half(trigger, text)
    kept = [opening <= at < closing for at in range(len(doc))]
    relations = doc.vocab.strings
    beside, joined = {relations[name] for name in _BESIDE}, relations["conj"]
    for at, relation in enumerate(doc.to_array("DEP").tolist()):
        if (relation in beside or relation == joined) and _is_beside(token := doc[at], trigger):
            for inner in range(token.left_edge.i, token.right_edge.i + 1):
                kept[inner] = False
    if all(kept):
        return text
    return "".join(
        token.text_with_ws if keep else " " * len(token.text_with_ws) for token, keep in zip(doc, kept, strict=True)
    )


def _half(trigger: Token, text: str) -> tuple[int, int]:
    """First token and the one after the last between the semicolons around TRIGGER in TEXT."""
    doc = trigger.doc
    if ";" not in text:
        return 0, len(doc)
    opening = next((i + 1 for i in range(trigger.i, -1, -1) if doc[i].text == ";"), 0)
    closing = next((i for i in range(trigger.i, len(doc)) if doc[i].text == ";"), len(doc))
    return opening, closing


def _is_beside(token: Token, trigger: Token) -> bool:
    clause = token.dep_ in _BESIDE or (
        token.dep_ == "conj"
        and token.pos_ in {"VERB", "AUX"}
        and any(child.dep_ in _SUBJECTS for child in token.children)
    )
    if token.dep_ == "advcl" and token.head.i == trigger.i and any(child.lower_ == "since" for child in token.lefts):
        # "more than 100 have been killed since the protests began" says over what time.
        return False
    return clause and not (token.left_edge.i <= trigger.i <= token.right_edge.i)
