"""What is told of a text before any parser is loaded: in which dialect it is written, and whether it may name schemas.

A line says the dialect (`-- dialect: bigquery`), before the first word or at the end.
"""

from __future__ import annotations

import re

BIGQUERY = "bigquery"
DUCKDB = "duckdb"
DIALECTS = (DUCKDB, BIGQUERY)
"""What an answer can be written in; the first needs no line."""

SYSTEMS = {"postgres": "PostgreSQL", "mysql": "MySQL", "tsql": "SQL Server", "snowflake": "Snowflake"}
"""Further systems that a task of one's own may be written for (Exercise.dialect); by its line only a query from work names one, never an answer."""

_COMMENTS = re.compile(r"(?:\s+|--[^\n]*|\#[^\n]*|/\*.*?\*/)*", re.DOTALL)
_LINE = re.compile(
    r"^[^\S\n]*--[^\S\n]*(?:dialect|方言)[^\S\n]*[:：=][^\S\n]*(\w+)[^\S\n]*$", re.IGNORECASE | re.MULTILINE
)
_SCHEMA_WRITTEN = re.compile(r"\b(?:from|join)\s+(?:[`\"\[][^`\"\]\n]*\.|[`\"\[]?\w+[`\"\]]?\s*\.)", re.IGNORECASE)


def dialect_of(text: str) -> str:
    """The dialect that a text names, in lower case: before its first word, or in its last line; DuckDB's if it names none."""
    return named_dialect(text) or DUCKDB


def line_for(dialect: str) -> str:
    """The line that names a dialect."""
    return f"-- dialect: {dialect}"


def in_dialect(text: str, dialect: str) -> str:
    """The text with such a line at its end, where no place in it is moved, unless it names a dialect itself."""
    if dialect == DUCKDB or named_dialect(text) is not None:
        return text
    return f"{text.rstrip()}\n{line_for(dialect)}"


def named_dialect(text: str) -> str | None:
    """As dialect_of; None if the text names none."""
    if "dialect" not in text.lower() and "方言" not in text:
        return None
    head = _COMMENTS.match(text)
    found = _LINE.search(head[0] if head else "") or _LINE.fullmatch(text.rstrip().rpartition("\n")[2])
    return found[1].lower() if found else None


def names_schemas(text: str) -> bool:
    """Whether a text may name a table with a schema before it; quickly told, as nearly none does."""
    return _SCHEMA_WRITTEN.search(text) is not None
