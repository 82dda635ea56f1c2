"""Which names a part of a query sees, and of what type they are."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect.forms import Unspoken
from sqlgrade.dialect.types import ANY, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Columns = dict[str, str]
"""Column in lower case -> its type, in their order."""


@dataclass(frozen=True)
class Source:
    """What stands in FROM: a table, a WITH block, a subquery or a list."""

    name: str
    columns: Columns | None
    """None where they are not known."""


@dataclass
class Scope:
    """The sources of a SELECT, the outputs that it has named, and the scope around it."""

    sources: list[Source] = field(default_factory=list)
    outer: Scope | None = None
    ctes: Mapping[str, Columns | None] = field(default_factory=dict)
    outputs: dict[str, Value] = field(default_factory=dict)
    """Name -> what it is, of those that SELECT has given a name."""
    sees_outputs: bool = False
    """Whether names of outputs are seen now, before those of columns: in GROUP BY, HAVING, QUALIFY and ORDER BY."""
    engine_sees_them: bool = False
    """Whether DuckDB does so too: only in HAVING."""
    merged: list[str] = field(default_factory=list)
    """Columns that USING has made one of; `*` begins with them."""

    @contextmanager
    def columns_first(self) -> Iterator[None]:
        """Within an aggregate or a window a name is a column."""
        sees, self.sees_outputs = self.sees_outputs, False
        try:
            yield
        finally:
            self.sees_outputs = sees

    def own(self, name: str) -> str | None:
        """The type of a column of a source; None if none of them has it."""
        kinds = [each.columns[name] for each in self.sources if each.columns is not None and name in each.columns]
        if kinds:
            return kinds[0]
        return ANY if any(each.columns is None for each in self.sources) else None

    def around(self) -> Iterator[Scope]:
        """This scope and those around it."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.outer

    def column(self, node: exp.Expr) -> Value:
        """A column as it is named; raises Unspoken for the name of an output where none is seen."""
        name, table = node.name.lower(), node.text("table").lower()
        plain = exp.column(node.this.copy(), table=node.args["table"].copy() if table else None)
        if table:
            return Value(plain, self._qualified(name, table, node))
        if self.sees_outputs and name in self.outputs:
            return self._output(name, plain)
        for scope in self.around():
            kind = scope.own(name)
            if kind is not None:
                return Value(plain, kind)
        if name in self.outputs or name == "rowid":
            raise Unspoken("name", node.name, node)
        if any(each.name == name for scope in self.around() for each in scope.sources):
            raise Unspoken("unsupported", f"{node.name} (STRUCT)", node)
        if any(scope.sources for scope in self.around()):
            raise Unspoken("column", f'Referenced column "{node.name}" not found in FROM clause!', node)
        return Value(plain, ANY)  # there is no FROM: the engine says so, and what is meant

    def _qualified(self, name: str, table: str, node: exp.Expr) -> str:
        for scope in self.around():
            for source in scope.sources:
                if source.name != table:
                    continue
                if source.columns is not None and name not in source.columns:
                    said = f'Table "{node.text("table")}" does not have a column named "{node.name}"'
                    raise Unspoken("column", said, node)
                return ANY if source.columns is None else source.columns[name]
        raise Unspoken("column", f'Referenced table "{node.text("table")}" not found!', node)

    def _output(self, name: str, plain: exp.Column) -> Value:
        """An output by its name; spelled out where DuckDB would take a column of that name instead."""
        value = self.outputs[name]
        own = isinstance(value.node, exp.Column) and value.node.name.lower() == name
        if own or self.engine_sees_them or self.own(name) is None:
            return Value(plain, value.type)
        return Value(exp.Paren(this=value.node.copy()), value.type)
