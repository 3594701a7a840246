"""Analysts' decisions, and how they stand above what the program reads: told, found again, applied, taken back.

``deciding`` makes one from an analyst's words, ``standing`` says which hold, ``anchors`` finds their subjects again,
``claims``, ``links``, ``events`` and ``incidents`` apply them, and ``settling`` does all that around resolution.
"""
