"""Tables for others to read: our own columns in five kinds of file, and the columns other codebooks have made known."""

from etl.tables.exports.edition import Edition
from etl.tables.exports.flat import csv_lines, json_lines
from etl.tables.exports.writing import export, write
from etl.tables.exports.written import Written

__all__ = ["Edition", "Written", "csv_lines", "export", "json_lines", "write"]
