"""A query in brackets and the query around it: which of them asks for what."""

from __future__ import annotations

from sqlglot import exp

from sqlgrade.diagnose.reading.trees import columns
from sqlgrade.query.surgery import conjuncts


def block_around(block: exp.Select) -> exp.Select | None:
    """The query in which one in brackets stands as a value or in a condition; None for a step and for what FROM reads."""
    inner = block.parent
    if not isinstance(inner, exp.Subquery) or isinstance(inner.parent, exp.From | exp.Join):
        return None
    return inner.find_ancestor(exp.Select)


def asked_around_only(block: exp.Select, around: exp.Select) -> list[exp.Expr]:
    """What the query around asks of its first table and the one in brackets doesn't, in the names of that one."""
    own, other = _table_of(block), _table_of(around)
    if own is None or other is None or own.name != other.name:
        return []
    asked = _asked(block)
    found = [_renamed(part, own) for part in _asked(around) if _is_of(part, other.alias_or_name)]
    return [each for each in found if each not in asked]


def _table_of(block: exp.Select) -> exp.Table | None:
    read = block.args.get("from_")
    return read.this if read is not None and isinstance(read.this, exp.Table) else None


def _asked(block: exp.Select) -> list[exp.Expr]:
    where = block.args.get("where")
    return conjuncts(where.this) if where is not None else []


def _is_of(part: exp.Expr, table: str) -> bool:
    """Whether a condition is about the columns of one table alone."""
    return {each.table for each in columns(part)} <= {"", table} and part.find(exp.Query) is None


def _renamed(part: exp.Expr, table: exp.Table) -> exp.Expr:
    reading = part.copy()
    for column in reading.find_all(exp.Column):
        column.set("table", exp.to_identifier(table.alias_or_name) if column.table else None)
    return reading
