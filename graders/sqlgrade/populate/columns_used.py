"""Which columns of the schema an expression rests on, found by name through aliases, CTEs and derived tables."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlgrade.tables.model import SchemaModel

ColumnId = tuple[str, str]
"""(table, column), spelled as the schema spells them."""

_DEEPEST = 3


@dataclass(frozen=True)
class Atom:
    """A condition on one schema column against constants, as SQL with the column written "c"."""

    column: ColumnId
    sql: str


class ColumnFinder:
    """Resolves column names of one query; where scopes are unclear it names every candidate.

    The answer only steers which values are generated, so a column too many does no harm.
    """

    def __init__(self, tree: exp.Expr, schema: SchemaModel) -> None:
        self._tables = {t.name.lower(): t for t in schema.tables}
        self._by_column: dict[str, list[ColumnId]] = defaultdict(list)
        for table in schema.tables:
            for column in table.columns:
                self._by_column[column.name.lower()].append((table.name, column.name))
        self._sources: dict[str, set[str]] = defaultdict(set)
        for node in tree.find_all(exp.Table):
            if node.name.lower() in self._tables:
                self._sources[node.alias_or_name.lower()].add(node.name.lower())
        self._aliases: dict[str, list[exp.Expr]] = defaultdict(list)
        for alias in tree.find_all(exp.Alias):
            self._aliases[alias.alias.lower()].append(alias.this)
        self._used = {t for names in self._sources.values() for t in names}

    def columns(self, node: exp.Expr, depth: int = 0) -> list[ColumnId]:
        """The schema's columns under an expression, outermost first, each once."""
        found: list[ColumnId] = []
        for column in node.find_all(exp.Column):
            found += self._resolved(column, depth)
        return list(dict.fromkeys(found))

    def direct(self, column: exp.Column) -> list[ColumnId]:
        """The schema's columns that a name means by itself, not as a name for another expression."""
        name = column.name.lower()
        tables = self._sources.get(column.table.lower()) if column.table else self._used
        return [c for c in self._by_column.get(name, ()) if c[0].lower() in (tables or ())]

    def written_out(self, node: exp.Expr, depth: int = 0) -> exp.Expr:
        """A copy of an expression with the names of other expressions replaced by what they stand for."""

        def replaced(each: exp.Expr) -> exp.Expr:
            if not isinstance(each, exp.Column) or self.direct(each):
                return each
            meant = self.expressions(each)
            return exp.paren(self.written_out(meant[0], depth + 1)) if len(meant) == 1 and depth < _DEEPEST else each

        return node.copy().transform(replaced)

    def alone(self, node: exp.Expr, column: ColumnId) -> exp.Expr | None:
        """The expression, written out, with its one column written "c"; None if it names anything else."""
        whole, name = self.written_out(node), column[1].lower()
        if whole.find(exp.Select, exp.AggFunc, exp.Window):
            return None
        if any(name not in (c.name.lower(), c.table.lower()) for c in whole.find_all(exp.Column)):
            return None
        return whole.transform(lambda n: _renamed(n, name) if isinstance(n, exp.Column) else n)

    def named(self, column: ColumnId) -> exp.Column:
        """The column as this query can write it."""
        table = next((alias for alias, tables in self._sources.items() if column[0].lower() in tables), column[0])
        return exp.column(column[1], table=table)

    def temporal(self, node: exp.Expr) -> list[ColumnId]:
        """Those of the columns under an expression that hold moments."""
        return [c for c in self.columns(node) if self._tables[c[0].lower()].column(c[1]).type.temporal]

    def expressions(self, column: exp.Column) -> list[exp.Expr]:
        """What an output name used as a column stands for."""
        return self._aliases.get(column.name.lower(), [])

    def _resolved(self, column: exp.Column, depth: int) -> Iterable[ColumnId]:
        name, direct = column.name.lower(), self.direct(column)
        if direct or depth > 4:
            return direct
        if parted := self._with_parts(column.table.lower()):
            return parted
        through = [c for node in self._aliases.get(name, ()) for c in self.columns(node, depth + 1)]
        return through or [c for c in self._by_column.get(name, ()) if c[0].lower() in self._used]

    def _with_parts(self, name: str) -> list[ColumnId]:
        """The columns that a dotted name means if it is no table's: a part of theirs follows."""
        return [c for c in self._by_column.get(name, ()) if c[0].lower() in self._used and name not in self._sources]


def _renamed(column: exp.Column, name: str) -> exp.Column:
    """A column, or a part of it, with the column written "c"."""
    return exp.column("c") if column.name.lower() == name else exp.column(column.this, table="c")
