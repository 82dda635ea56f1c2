"""Blocks of a query: what they group by, and rows that go by a number or by a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.query.columns import TEMPORAL

if TYPE_CHECKING:
    from sqlgrade.query.query import Query
from typing import TYPE_CHECKING

from sqlgrade.query.surgery import has_aggregate


def grouping_keys(block: exp.Select) -> list[exp.Expr]:
    """List a block's grouping keys with numbers and aliases replaced by what they stand for."""
    group = block.args.get("group")
    if group is None:
        return []
    if group.args.get("all"):
        return [item.unalias() for item in block.expressions if not has_aggregate(item)]
    aliases = {item.alias.lower(): item.unalias() for item in block.expressions if isinstance(item, exp.Alias)}
    keys: list[exp.Expr] = []
    for key in group.expressions:
        if isinstance(key, exp.Literal) and key.is_int and 0 < int(key.name) <= len(block.expressions):
            keys.append(block.expressions[int(key.name) - 1].unalias())
        elif isinstance(key, exp.Column) and not key.table and key.name.lower() in aliases:
            keys.append(aliases[key.name.lower()])
        else:
            keys.append(key)
    return keys


def takes_one_of_each(block: exp.Expr) -> bool:
    """Whether a block keeps one row of each group by DISTINCT ON, in whatever order."""
    distinct = block.args.get("distinct")
    return distinct is not None and distinct.args.get("on") is not None


def number_of_rows(node: exp.Expr | None, query: Query) -> str:
    """The table whose rows a column numbers as their key, if it has times as well; empty for anything else."""
    source = query.source_of(node) if isinstance(node, exp.Column) else None
    table = (source.table or "").lower() if source is not None else ""
    numbered = bool(table) and node is not None and (node.name.lower(),) in query.schema.keys.get(table, ())
    return table if numbered and node is not None and (table, node.name.lower()) in query.schema.whole else ""


def key_of(table: str, query: Query) -> str | None:
    """The one column that is the table's key, if it has such a key."""
    return next((key[0] for key in query.schema.keys.get(table, ()) if len(key) == 1), None)


def output_named(block: exp.Query, name: str) -> exp.Expr | None:
    """The output of a block by its name, in whatever case."""
    return next((each for each in block.selects if each.alias_or_name.lower() == name.lower()), None)


def times_of(table: str, query: Query) -> list[str]:
    """The columns of a table that hold a date or a time in every row."""
    found = query.schema.columns(table).items()
    return [name for name, family in found if family in TEMPORAL and (table, name) in query.schema.not_null]
