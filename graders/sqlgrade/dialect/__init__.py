"""Texts in another dialect than DuckDB's: BigQuery's GoogleSQL is read, checked by its own rules and made DuckDB's.

`spoken` is the one way in. Nothing is let through that is not known: each kind of node, clause and function is named in a table
here, with the page of Google's reference that describes it, and anything else "cannot be run here".
"""

from sqlgrade.dialect.heading import BIGQUERY, DIALECTS, DUCKDB, dialect_of, in_dialect, line_for
from sqlgrade.dialect.spoken import Spoken, spoken

__all__ = ["BIGQUERY", "DIALECTS", "DUCKDB", "Spoken", "dialect_of", "in_dialect", "line_for", "spoken"]
