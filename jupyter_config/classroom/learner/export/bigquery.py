"""DuckDB SQL as BigQuery SQL: sqlglot's writer, our rewrites of its gaps, the list of what differs, or an honest no."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from classroom.learner.export.column_names import lists_to_from, names_into_sources
from classroom.learner.export.differences import DIFFERENCES
from classroom.learner.export.kinds import TimeKinds
from classroom.learner.export.refusals import REFUSALS
from classroom.learner.export.rewrites import REWRITES
from classroom.learner.export.shapes import (
    give_qualify_a_where,
    pairs_in_one_column,
    semi_joins_to_exists,
    write_out_aliases,
    write_out_order_by_all,
)
from sqlgrade.dialect.heading import BIGQUERY, line_for
from sqlgrade.dialect.spoken import spoken
from sqlgrade.parameters import from_literals
from sqlgrade.parse import UNREADABLE, parsed
from sqlgrade.tables.result import RunError

Tables = Mapping[str, Mapping[str, str]]
_log = logging.getLogger(__name__)

CLAUSE_REWRITES = (
    semi_joins_to_exists,
    write_out_order_by_all,
    write_out_aliases,
    give_qualify_a_where,
    lists_to_from,
    names_into_sources,
    pairs_in_one_column,
)


@dataclass(frozen=True)
class BigQueryHandoff:
    """A translated query, or why there is none.

    Attributes:
        sql: the query for BigQuery, or None when it can't be translated faithfully.
        differences: codes of what BigQuery answers otherwise (messages `difference.<code>`).
        refused: the constructs that have no BigQuery form here, as the learner wrote them.
    """

    sql: str | None
    differences: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def to_bigquery(sql: str, column_types: Mapping[str, str], tables: Tables | None = None) -> BigQueryHandoff:
    """Translate one SELECT; where the tables are told, a translation that GoogleSQL does not take is refused.

    Args:
        sql: DuckDB SQL; Redash parameters `{{ name }}` are kept as they are.
        column_types: DuckDB type by lower-case column name, which tells dates from moments.
        tables: table -> column -> DuckDB's type.
    """
    tree = parsed(sql)
    if tree is None:
        return BigQueryHandoff(None, refused=("SQL",))
    if not isinstance(tree, exp.Query):
        return BigQueryHandoff(None, refused=(tree.key.upper(),))
    differences = tuple(code for code, differs in DIFFERENCES if any(differs(node) for node in tree.walk()))
    for rewrite_clauses in CLAUSE_REWRITES:
        rewrite_clauses(tree)
    kinds = TimeKinds(tree, column_types)
    tree = _rewritten(tree, kinds)
    refused = tuple(dict.fromkeys(name for node in tree.walk() for refuse in REFUSALS if (name := refuse(node))))
    if refused:
        return BigQueryHandoff(None, refused=refused)
    try:
        text = tree.sql(dialect="bigquery", identify=True, pretty=True, unsupported_level=sqlglot.ErrorLevel.RAISE)
    except UNREADABLE:
        _log.info("no translation to BigQuery", exc_info=True)
        return BigQueryHandoff(None, refused=("SQL",))
    text = from_literals(text)
    why = _not_taken(text, tables) if tables is not None else ""
    return BigQueryHandoff(None, refused=(why,)) if why else BigQueryHandoff(text, differences)


_QUOTED_PARAMETER = re.compile(r"(?<=')[^'\n]*\{\{[^{}]*\}\}[^'\n]*(?=')|(?<=\")[^\"\n]*\{\{[^{}]*\}\}[^\"\n]*(?=\")")
_PARAMETER = re.compile(r"\{\{[^{}]*\}\}")


def _not_taken(text: str, tables: Tables) -> str:
    """What of a translation GoogleSQL does not take, or nobody here can look up; empty if it takes all.

    The dialect's reader is asked: it knows each function, what it takes and what it gives. Parameters are read as some date or number.
    """
    filled = _PARAMETER.sub("1", _QUOTED_PARAMETER.sub("2025-01-01", text))
    read = spoken(f"{line_for(BIGQUERY)}\n{filled}", tables)
    return (read.name or "SQL") if isinstance(read, RunError) else ""


def _rewritten(tree: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """Apply every rewrite to every node, children before their parents."""
    for node in reversed(list(tree.walk())):
        current = node
        for rewrite in REWRITES:
            replaced = rewrite(current, kinds)
            if replaced is not current:
                if current is tree:
                    tree = replaced
                else:
                    current.replace(replaced)
                current = replaced
    return tree
