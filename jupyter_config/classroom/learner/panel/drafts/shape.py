"""What a draft is made of: its tables, its columns, its grain, period and denominators."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sqlglot import exp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classroom.session.schema_index import Column, SchemaIndex, TableNames

_MOMENTS = ("TIMESTAMP", "DATE")
_WRITTEN_MOMENT = re.compile(r"CAST\(('[^']*') AS (TIMESTAMP|DATE)\)")


def as_text(node: exp.Expr | str) -> str:
    """A part of a query as people write it, on one line."""
    text = node if isinstance(node, str) else node.sql("duckdb", comments=False)
    return _WRITTEN_MOMENT.sub(r"\2 \1", " ".join(text.split()))


@dataclass(frozen=True)
class Draft:
    """A query as it was read, and the tables that it may name."""

    tree: exp.Expr
    schema: SchemaIndex

    @cached_property
    def selects(self) -> tuple[exp.Select, ...]:
        """Every SELECT in it."""
        return tuple(self.tree.find_all(exp.Select))

    @cached_property
    def tables(self) -> tuple[TableNames, ...]:
        """The tables of the data that it reads, each once."""
        steps = {each.alias.lower() for each in self.tree.find_all(exp.CTE)}
        named = [each.name for each in self.tree.find_all(exp.Table) if each.name.lower() not in steps]
        found = (self.schema.table(name) for name in dict.fromkeys(named))
        return tuple(each for each in found if each is not None)

    @cached_property
    def names(self) -> frozenset[str]:
        """Lower-case names of all columns that it mentions."""
        return frozenset(each.name.lower() for each in self.tree.find_all(exp.Column))

    def source(self, column: exp.Column) -> tuple[TableNames, Column] | None:
        """The table and column that a name means; None where it is a step's, or not one alone."""
        select = column.find_ancestor(exp.Select)
        sources = list(self._sources(select)) if select is not None else []
        named = [each for alias, each in sources if not column.table or alias == column.table.lower()]
        holders = [each for each in named if each is not None and column.name.lower() in each.columns]
        return (holders[0], holders[0].columns[column.name.lower()]) if len(holders) == 1 else None

    def _sources(self, select: exp.Select) -> Iterator[tuple[str, TableNames | None]]:
        for node in (select.args.get("from_"), *(select.args.get("joins") or [])):
            if node is not None and isinstance(node.this, exp.Table):
                yield node.this.alias_or_name.lower(), self.schema.table(node.this.name)

    def is_moment(self, column: exp.Column) -> bool:
        """Whether a column holds a date or a moment."""
        found = self.source(column)
        return found is not None and found[1].type.upper().startswith(_MOMENTS)

    @cached_property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Table and column of each column of the data that it uses."""
        found = (self.source(each) for each in self.tree.find_all(exp.Column))
        return tuple(dict.fromkeys((each[0].name, each[1].name) for each in found if each is not None))

    @property
    def outer(self) -> exp.Select | None:
        """The SELECT that gives the result; None where there are several."""
        return self.tree if isinstance(self.tree, exp.Select) else None

    @property
    def is_by_chance(self) -> bool:
        """Whether each run may give other rows: what is shown of its result can't be counted by another run."""
        return self.tree.args.get("limit") is not None and not self.tree.args.get("order")

    def selects_after(self, block: str) -> tuple[exp.Select, ...]:
        """The SELECTs of a CTE or derived table, and those that read its rows as they are; "" is the query itself."""
        reached, before = {block.lower()}, 0
        while len(reached) > before:
            before = len(reached)
            unfolded = {each for each in reached if not any(map(_folds, self._own_selects(each)))}
            named = (each for each in self.tree.find_all(exp.Table, exp.Subquery) if each.alias_or_name)
            reached |= {block_of(each) for each in named if _reads(each) in unfolded}
        return tuple(select for each in sorted(reached) for select in self._own_selects(each))

    def _own_selects(self, block: str) -> list[exp.Select]:
        own = [each for each in self.selects if block_of(each) == block]
        inner = {id(each) for each in own if (above := each.find_ancestor(exp.Select)) and block_of(above) == block}
        return [each for each in own if id(each) not in inner]

    @property
    def grain(self) -> str:
        """What one row of the result is by the text: its groups; `*` for one row in all; empty where it is a row as it was read."""
        select = self.outer
        if select is None:
            return ""
        group = select.args.get("group")
        if group is not None:
            return ", ".join(self._said(select, each) for each in group.expressions) or "ALL"
        return "*" if any(is_folded(each) for each in select.expressions) else ""

    def _said(self, select: exp.Select, key: exp.Expr) -> str:
        if isinstance(key, exp.Literal) and not key.is_string and 0 < int(key.name) <= len(select.expressions):
            key = select.expressions[int(key.name) - 1].unalias()
        return as_text(key)

    @property
    def periods(self) -> tuple[str, ...]:
        """Its conditions on dates and moments, as they are written."""
        kinds = (exp.GT, exp.GTE, exp.LT, exp.LTE, exp.EQ, exp.Between)
        conditions = (each for each in self.tree.find_all(*kinds) if each.find_ancestor(exp.Where, exp.Join))
        told = (each for each in conditions if any(map(self.is_moment, each.this.find_all(exp.Column))))
        return tuple(dict.fromkeys(map(as_text, told)))

    @property
    def denominators(self) -> tuple[str, ...]:
        """What it divides by, but for plain numbers."""
        found = (each.expression for each in self.tree.find_all(exp.Div, exp.IntDiv))
        return tuple(dict.fromkeys(as_text(each) for each in found if not isinstance(each, exp.Literal)))


def _folds(select: exp.Select) -> bool:
    """Whether several of its rows become one."""
    return bool(select.args.get("group") or select.args.get("distinct")) or any(map(is_folded, select.expressions))


def _reads(source: exp.Expr) -> str:
    return str(source.name if isinstance(source, exp.Table) else source.alias).lower()


def block_of(node: exp.Expr) -> str:
    """The name of the CTE or derived table that a part of a query stands in, in small letters; empty in the query itself."""
    parent = node.parent
    while parent is not None:
        if isinstance(parent, exp.CTE | exp.Subquery) and parent.alias:
            return str(parent.alias).lower()
        parent = parent.parent
    return ""


def is_folded(projection: exp.Expr) -> bool:
    """Whether a column of a result folds rows into one value."""
    return any(
        not isinstance(each.parent, exp.Window) and each.find_ancestor(exp.Subquery) is None
        for each in projection.find_all(exp.AggFunc)
    )
