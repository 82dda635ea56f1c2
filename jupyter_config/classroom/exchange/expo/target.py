"""For whom a measure is: an SQL condition that a learner wrote, run sealed off over those who may take part."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from typing import TYPE_CHECKING, Any

from marketplace import MarketplaceError, days, dictionary
from sqlgrade.engine.runner import Runner
from sqlgrade.engine.sandbox import Statement, read_statement
from sqlgrade.errors import explain_run_error
from sqlgrade.messages import error_sentences
from sqlgrade.tables.result import RunError

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.language import Lang
    from marketplace.secondmonth import Target

_SECONDS, _MEMORY_MB, _MOST_IDS = 20.0, 512, 10_000_000
_EXAMPLES = {"guests": "acquisition_channel = 'sns_ad'", "casts": "grade = 'gold'", "calendar": "NOT is_weekend"}
_NOT_OF_A_CONDITION = ("modifiers", "group_expressions", "having", "qualify")
"""Parts of DuckDB's tree of a SELECT that only more than a condition fills."""


def target_of(condition: str, lang: Lang) -> Target:
    """Return what runs the condition; it raises MarketplaceError in the reader's language where that cannot be done."""

    def chosen(file: Path, table: str, key: str) -> frozenset[Any]:
        now = dt.datetime.fromtimestamp(days.instant(days.DAYS), dt.UTC).replace(tzinfo=None)
        with closing(Runner(file=file, seconds=_SECONDS, memory_mb=_MEMORY_MB, now=now)) as runner:
            sql = f"SELECT {key} FROM {table} WHERE (\n{condition}\n)"
            _check(read_statement(sql, runner), sql, table, lang)
            kinds = _rows(f"SELECT typeof((\n{condition}\n)) FROM {table} LIMIT 1", table, runner, lang)
            if kinds and kinds[0] != ("BOOLEAN",):
                raise MarketplaceError("condition_not_true_or_false", kind=kinds[0][0], example=_EXAMPLES[table])
            return frozenset(row[0] for row in _rows(sql, table, runner, lang))

    return chosen


def _check(statement: Statement | RunError, sql: str, table: str, lang: Lang) -> None:
    """Raise MarketplaceError for what is no query that may run, or more of one than a condition."""
    if isinstance(statement, RunError):
        raise _refused(statement, sql, table, lang)
    node = statement.tree["statements"][0]["node"] if statement.tree else {}
    if node.get("type") != "SELECT_NODE" or any(node.get(part) for part in _NOT_OF_A_CONDITION):
        raise MarketplaceError("condition_not_alone", example=_EXAMPLES[table])


def _rows(sql: str, table: str, runner: Runner, lang: Lang) -> tuple[tuple[Any, ...], ...]:
    result = runner.run(sql, "main", cap=_MOST_IDS)
    if isinstance(result, RunError):
        raise _refused(result, sql, table, lang)
    return result.rows


def _refused(error: RunError, sql: str, table: str, lang: Lang) -> MarketplaceError:
    columns = {entry.name: tuple(column.name for column in entry.columns) for entry in dictionary(lang)}
    cause, advice = error_sentences(explain_run_error(error, sql, columns), lang)[-2:]
    return MarketplaceError("condition_refused", cause=cause, advice=advice, table=table, example=_EXAMPLES[table])
