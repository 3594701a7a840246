"""spaCy's parser, the next move of all sentences of a batch decided together by a few large sums.

The parser's own loop adds eight short rows of numbers for each move of each sentence, each by a call that costs more
than the sum; half of its time goes there (measured). The moves decided here are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.ml.parser_model import ParserStepModel
from spacy.pipeline import DependencyParser
from spacy.tokens import Doc

from etl.extraction.parsing.known_forms import together

AT_ONCE = 2000
"""Words of the sentences parsed together."""

_Floats = npt.NDArray[np.float32]


def parse_in_step(nlp: Language) -> None:
    """Let NLP parse sentences in step; a parser that decides in another way stays as it is."""
    parser = nlp.get_pipe("parser")
    if (
        isinstance(parser, DependencyParser)
        and parser.cfg["beam_width"] == 1
        and parser.model.attrs["has_upper"]
        and not parser.model.attrs["unseen_classes"]
        and parser.model.get_ref("lower").get_dim("nP") > 1
    ):
        nlp.replace_pipe("parser", "parser_in_step")
        in_step = nlp.get_pipe("parser")
        assert isinstance(in_step, ParserInStep)  # noqa: S101 - so says its factory below
        in_step.take_over(parser)


@Language.factory("parser_in_step")
def _made(nlp: Language, name: str) -> ParserInStep:  # noqa: ARG001 - what a factory is called with
    return ParserInStep()


class ParserInStep:
    """A component that parses as another parser would."""

    def take_over(self, parser: Any) -> None:
        """Decide as PARSER would."""
        self._parser = parser
        self._vectors, lower, upper = parser.model.layers
        self._ops = lower.ops
        self._width: int = lower.get_dim("nO")
        self._features: int = lower.get_dim("nF")
        self._counted = SimpleNamespace(state2vec=SimpleNamespace(nF=self._features))
        # Of the pieces of a sum the largest counts: all first pieces side by side, then all second ones.
        weights = lower.get_param("W").transpose(3, 0, 2, 1)
        self._weights: _Floats = np.ascontiguousarray(weights.reshape(weights.shape[0], -1))
        self._padding: _Floats = lower.get_param("pad")[0].transpose(0, 2, 1).reshape(-1)
        self._bias: _Floats = lower.get_param("b").T.reshape(-1).copy()
        self._scores: _Floats = np.ascontiguousarray(upper.get_param("W").T)
        self._scores_bias: _Floats = upper.get_param("b")
        self._places = np.arange(self._features, dtype=np.int32)

    def __call__(self, doc: Doc) -> Doc:
        """Parse DOC."""
        self._parse([doc])
        return doc

    def pipe(self, docs: Iterable[Doc], batch_size: int = 128) -> Iterator[Doc]:
        """Each of DOCS parsed, in order; holds BATCH_SIZE of them."""
        for batch in together(docs, None, batch_size):
            # Sentences of one length end together.
            for some in together(sorted(batch, key=len), AT_ONCE, batch_size):
                self._parse(some)
            yield from batch

    def _parse(self, docs: Sequence[Doc]) -> None:
        states = self._parser.moves.init_batch(docs)
        sums = self._sums(docs)
        unfinished = [state for state in states if not state.is_final()]
        while unfinished:
            # It asks of its model only how many words a state looks at; -1 where there is none.
            words = ParserStepModel.get_token_ids(self._counted, unfinished)
            pieces = self._ops.gather_add(sums, (words + 1) * self._features + self._places)
            pieces += self._bias
            best = pieces[:, : self._width]
            for first in range(self._width, pieces.shape[1], self._width):
                best = np.maximum(best, pieces[:, first : first + self._width])
            scores = best @ self._scores
            scores += self._scores_bias
            unfinished = self._parser.transition_states(unfinished, scores)
        self._parser.set_annotations(docs, states)

    def _sums(self, docs: Sequence[Doc]) -> _Floats:
        """What each word of DOCS adds to a decision, in each place that a state looks at; first what no word adds."""
        vectors: _Floats = self._vectors.predict(docs)
        sums = np.empty((len(vectors) + 1, len(self._padding)), dtype=np.float32)
        sums[0] = self._padding
        np.matmul(vectors, self._weights, out=sums[1:])
        return sums.reshape((len(vectors) + 1) * self._features, -1)
