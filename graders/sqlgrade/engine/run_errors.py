"""DuckDB's errors as values, with their places counted in characters."""

from __future__ import annotations

import json

import duckdb

from sqlgrade.engine.watchdog import Ending
from sqlgrade.tables import result as kinds
from sqlgrade.tables.result import RunError, cut_message

_KINDS: tuple[tuple[type[duckdb.Error], str], ...] = (
    (duckdb.ParserException, kinds.SYNTAX),
    (duckdb.SyntaxException, kinds.SYNTAX),
    (duckdb.InterruptException, kinds.TIMEOUT),
    (duckdb.OutOfMemoryException, kinds.MEMORY),
    (duckdb.BinderException, kinds.BIND),
    (duckdb.CatalogException, kinds.BIND),
    (duckdb.PermissionException, kinds.NOT_ALLOWED),
    (duckdb.TransactionException, kinds.NOT_ALLOWED),
)


def as_run_error(error: duckdb.Error, sql: str, ending: Ending | None = None) -> RunError:
    """A DuckDB exception as a value, with its place in the text as a character offset; `ending` is the watchdog's."""
    kind = next((kind for cause, kind in _KINDS if isinstance(error, cause)), kinds.RUNTIME)
    if ending is not None and kind != kinds.MEMORY:
        kind = kinds.BUSY if ending is Ending.BUSY else kinds.TIMEOUT
    text = str(error)
    start = text.find("{")
    try:
        facts: dict[str, str] = json.loads(text[start:]) if start >= 0 else {}
    except ValueError:
        facts = {}
    head = text[:start].strip() if facts else ""
    return RunError(
        kind,
        cut_message(f"{head} {facts['exception_message']}".strip() if facts else text),
        _characters(sql, facts.get("position")),
        facts.get("error_subtype", ""),
        facts.get("name", ""),
        tuple(c.strip() for c in facts.get("candidates", "").split(",") if c.strip()),
    )


def _characters(sql: str, position: str | None) -> int | None:
    """DuckDB counts bytes; readers count characters."""
    if position is None or not position.isdigit():
        return None
    return len(sql.encode()[: int(position)].decode(errors="ignore"))
