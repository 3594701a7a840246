"""The count of an export: rows written, and rows that another codebook's rules leave out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa


@dataclass(slots=True)
class Written:
    """How many rows were written, and how many another codebook's rules left out, by rule."""

    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    def counted(self, batches: pa.RecordBatchReader) -> pa.RecordBatchReader:
        """``batches`` again, each row counted as it passes."""

        def passing() -> Iterator[pa.RecordBatch]:
            for batch in batches:
                self.rows += batch.num_rows
                yield batch

        return pa.RecordBatchReader.from_batches(batches.schema, passing())
