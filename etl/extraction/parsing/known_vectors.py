"""Vectors of words, what is the same wherever a word stands computed once for each word.

spaCy's network first makes a vector of a word's own letters, then mixes it with its neighbours' in four layers. The
first vector and its three products with the first layer's weights (as left neighbour, in the middle, as right one) are
kept for each form of a word, so three of five large products are left, and those run on NumPy's library without the
copies that thinc makes. Together the vectors cost less than half (measured).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.pipeline import Tok2Vec
from spacy.tokens import Doc

from etl.extraction.parsing.known_forms import together

MOST_KNOWN = 8192
"""Forms of words kept at a time, 4 KB each."""
AT_ONCE = 1500
"""Words whose vectors are computed together: what they need stays in the processor's own memory."""

_Floats = npt.NDArray[np.float32]


def keep_vectors(nlp: Language) -> None:
    """Let NLP keep vectors of words; a pipeline whose vectors are made in another way stays as it is."""
    if nlp.pipe_names[:1] != ["tok2vec"]:
        return
    made = nlp.get_pipe("tok2vec")
    if not isinstance(made, Tok2Vec) or not _is_known_kind(made.model):
        return
    nlp.replace_pipe("tok2vec", "known_vectors")
    kept = nlp.get_pipe("tok2vec")
    assert isinstance(kept, KnownVectors)  # noqa: S101 - so says its factory below
    kept.take_over(made.model)


_EMBED = ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]
_LAYER = "residual(expand_window>>maxout>>layernorm>>dropout)"
_MIXED = "with_array(maxout>>layernorm>>dropout)"


def _is_known_kind(model: Any) -> bool:
    """Whether MODEL hashes words' features, mixes them, and looks at one neighbour on each side in each layer."""
    if not {"embed", "encode"} <= set(model.ref_names):
        return False
    embed, encode = model.get_ref("embed"), model.get_ref("encode")
    layers = encode.layers[0].layers if encode.layers else []
    return (
        [layer.name.split("(")[0] for layer in embed.layers] == _EMBED
        and embed.layers[3].name == _MIXED
        and bool(layers)
        and all(layer.name == _LAYER for layer in layers)
        and all(layer.get_dim("nI") == 3 * layer.get_dim("nO") for layer in _maxouts(encode))
    )


def _maxouts(model: Any) -> list[Any]:
    return [layer for layer in model.walk() if layer.name == "maxout"]


@Language.factory("known_vectors")
def _made(nlp: Language, name: str) -> KnownVectors:  # noqa: ARG001 - what a factory is called with
    return KnownVectors()


class _Layer:
    """One layer: weights, the pieces of a sum of which the largest counts side by side, and its normal form."""

    def __init__(self, maxout: Any, norm: Any) -> None:
        weights = maxout.get_param("W")
        outputs, pieces, inputs = weights.shape
        self.weights: _Floats = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(inputs, pieces * outputs))
        self.bias: _Floats = np.ascontiguousarray(maxout.get_param("b").T.reshape(-1))
        self.width: int = outputs
        self.scale, self.shift = norm.get_param("G"), norm.get_param("b")

    def finish(self, sums: _Floats) -> _Floats:
        """What the layer makes of SUMS, the products of its input and its weights."""
        sums += self.bias
        width = self.width
        best = sums[:, :width].copy()
        for first in range(width, sums.shape[1], width):
            np.maximum(best, sums[:, first : first + width], out=best)
        best -= best.mean(axis=1, keepdims=True)
        spread = np.square(best).mean(axis=1, keepdims=True)
        spread += 1e-8
        best *= spread ** np.float32(-0.5)
        best *= self.scale
        best += self.shift
        return best


class KnownVectors:
    """A component that gives documents the vectors a network would, from those it knows of each form of a word."""

    def take_over(self, model: Any) -> None:
        """Answer as MODEL would."""
        embed, encode = model.get_ref("embed"), model.get_ref("encode")
        self._columns: list[int | str] = embed.layers[0].attrs["columns"]
        self._hashes, self._mix = embed.layers[2].layers[0], embed.layers[3].layers[0]
        norms = [layer for layer in encode.walk() if layer.name == "layernorm"]
        self._layers = [_Layer(*pair) for pair in zip(_maxouts(encode), norms, strict=True)]
        self._apart: int = encode.attrs["pad"]
        self._ops = model.ops
        self._forget(MOST_KNOWN)

    def __call__(self, doc: Doc) -> Doc:
        """Give DOC its vectors."""
        self._give_vectors([doc])
        return doc

    def pipe(self, docs: Iterable[Doc], batch_size: int = 128) -> Iterator[Doc]:
        """Each of DOCS with its vectors, in order; holds about ``AT_ONCE`` words, or BATCH_SIZE documents."""
        for some in together(docs, AT_ONCE, batch_size):
            self._give_vectors(some)
            yield from some

    def _give_vectors(self, docs: Sequence[Doc]) -> None:
        known = iter(self._rows_of(np.concatenate([doc.to_array(self._columns) for doc in docs])))
        rows, spans = [0] * self._apart, []
        for doc in docs:
            start = len(rows)
            rows.extend(islice(known, len(doc)))
            spans.append((start, len(rows)))
            rows.extend([0] * self._apart)
        vectors = self._encoded(np.array(rows))
        for doc, (start, end) in zip(docs, spans, strict=True):
            doc.tensor = vectors[start:end]  # type: ignore[assignment] # its stub says float64

    def _encoded(self, rows: npt.NDArray[np.int_]) -> _Floats:
        left, middle, right = self._sides
        sums = middle[rows]
        sums[1:] += left[rows[:-1]]
        sums[:-1] += right[rows[1:]]
        vectors: _Floats = np.add(self._own[rows], self._layers[0].finish(sums))
        for layer in self._layers[1:]:
            around: _Floats = self._ops.seq2col(vectors, 1)
            vectors = np.add(vectors, layer.finish(np.matmul(around, layer.weights)))
        return vectors

    def _rows_of(self, features: npt.NDArray[np.uint64]) -> list[int]:
        """Where what is known of each word stands; FEATURES has a row a word."""
        data, size = features.tobytes(), features.shape[1] * features.itemsize
        keys = [data[at : at + size] for at in range(0, len(data), size)]
        new = [key for key in dict.fromkeys(keys) if key not in self._at]
        if new and len(self._at) + len(new) >= len(self._own):
            new = list(dict.fromkeys(keys))
            self._forget(max(MOST_KNOWN, len(new) + 1))
        if new:
            self._learn(new, features.shape[1])
        return [self._at[key] for key in keys]

    def _forget(self, rows: int) -> None:
        """Know no word, and have room for ROWS less one; row 0 is what stands between two sentences."""
        first = self._layers[0]
        self._at: dict[bytes, int] = {}
        self._own: _Floats = np.zeros((rows, first.width), dtype=np.float32)
        shape = rows, first.weights.shape[1]
        self._sides: list[_Floats] = [np.zeros(shape, dtype=np.float32) for _ in range(3)]

    def _learn(self, keys: Sequence[bytes], columns: int) -> None:
        features = np.frombuffer(b"".join(keys), dtype=np.uint64).reshape(-1, columns)
        own = self._mix.predict(self._hashes.predict(features))
        first = len(self._at) + 1
        rows = slice(first, first + len(keys))
        self._own[rows] = own
        width = self._layers[0].width
        for side, kept in enumerate(self._sides):
            kept[rows] = own @ self._layers[0].weights[side * width : (side + 1) * width]
        self._at.update(zip(keys, range(first, first + len(keys)), strict=True))
