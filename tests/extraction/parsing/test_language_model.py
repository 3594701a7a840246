"""The English model is the one its name promises, or one clear line says what to do."""

from __future__ import annotations

from functools import cache

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from etl.errors import EtlError
from etl.extraction import extract
from etl.extraction.parsing import in_step, known_vectors, language_model
from etl.extraction.parsing.language_model import PREFERRED, ModelMissing, ModelUnexpected, load
from etl.records import Report


def test_a_missing_model_is_one_line_that_names_it_and_says_what_to_install() -> None:
    with pytest.raises(ModelMissing) as caught:
        load("en_core_web_that_nobody_has")

    line = str(caught.value)
    assert isinstance(caught.value, EtlError)
    assert "\n" not in line
    assert "en_core_web_that_nobody_has" in line
    assert "pip install" in line


def test_no_model_at_all_names_the_preferred_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language_model, "_installed", lambda _name: False)
    load.cache_clear()
    try:
        with pytest.raises(ModelMissing, match=PREFERRED[0]):
            load()
    finally:
        load.cache_clear()


def test_extraction_passes_the_line_on() -> None:
    with pytest.raises(ModelMissing, match="en_nowhere"):
        extract(Report(report_id="r", text="Two people were killed."), model="en_nowhere")


def test_a_package_that_is_no_model_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = load()
    monkeypatch.setitem(nlp.meta, "author", "somebody else")
    with pytest.raises(ModelUnexpected, match="somebody else"):
        language_model._check(nlp, PREFERRED[1])


def test_the_model_brings_a_parser_and_leaves_out_what_is_not_used() -> None:
    nlp = load()

    assert nlp.lang == "en"
    assert {"tagger", "parser"} <= set(nlp.pipe_names)
    assert "ner" not in nlp.pipe_names
    assert load() is nlp


def told(doc: Doc) -> list[tuple[str, ...]]:
    return [(t.text, t.tag_, t.dep_, t.head.text, t.pos_, str(t.morph), t.lemma_) for t in doc]


@cache
def plain() -> Language:
    name = next(name for name in PREFERRED if spacy.util.is_package(name))
    return spacy.load(name, exclude=["ner", "senter"])


@pytest.mark.parametrize(
    "text",
    [
        "A bomb killed three men and wounded the Mayor's driver, who was lying beside it.",
        "  There were no   survivors;\nthe dead had been there since May.",
        "I'm gonna say it ain't so. Let's see what they've got ta do, y'all.",
        "THE ONES THAT DIED, SHE SAID, WERE HERS: 5 OF THEM.",
        "Doing better, he does what he did: he was done.",
        "There was nobody, there will be nobody, and there's no doubt there. Are there?",
        "Let us go, let's go, and let",
    ],
)
def test_words_have_the_forms_and_lemmas_that_the_plain_pipeline_gives_them(text: str) -> None:
    assert told(load()(text)) == told(load()(text)) == told(plain()(text))


@pytest.mark.parametrize("words_at_once", [known_vectors.AT_ONCE, 1])
@pytest.mark.parametrize("words_kept", [known_vectors.MOST_KNOWN, 8])
def test_a_batch_is_parsed_as_the_plain_pipeline_parses_each_sentence(
    monkeypatch: pytest.MonkeyPatch, words_at_once: int, words_kept: int
) -> None:
    for module in (known_vectors, in_step):
        monkeypatch.setattr(module, "AT_ONCE", words_at_once)
    monkeypatch.setattr(known_vectors, "MOST_KNOWN", words_kept)
    nlp = load.__wrapped__()  # a model of its own, which knows no word yet
    names = ("Ana Ruiz", "Li Wei", "Tom O'Neil", "a guard", "the Mayor's driver", "12 of the miners")
    deeds = ("was shot dead", "died on Monday, the ministry said", "and four others were hurt when a bus overturned")
    texts = ["", " ", "Dead.", *(f"{name} {deed} in {name}'s town." for name in names for deed in deeds), "word " * 90]

    assert [told(doc) for doc in nlp.pipe(texts, batch_size=8)] == [told(plain()(text)) for text in texts]
