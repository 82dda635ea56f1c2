"""Which names a part of a query sees, and of what type they are."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect.forms import Unspoken
from sqlgrade.dialect.types import ANY, Value, struct_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Columns = dict[str, str]
"""Column in lower case -> its type, in their order."""


@dataclass(frozen=True)
class FromItem:
    """What stands in FROM: a table, a WITH block, a subquery or a list."""

    name: str
    columns: Columns | None
    """None where they are not known."""
    inside: exp.Identifier | None = None
    """The one column of DuckDB's whose fields are the columns: of UNNEST of a list of STRUCTs."""
    hidden: Mapping[str, Value] = field(default_factory=dict)
    """Columns that `*` leaves out, and what each is: _TABLE_SUFFIX."""
    is_value: bool = False
    """Whether its name is that of a value, its only column: of UNNEST."""

    def kind_of(self, name: str) -> str | None:
        """The type of a column; None where it has none of that name."""
        if name in self.hidden:
            return self.hidden[name].type
        return ANY if self.columns is None else self.columns.get(name)

    def read(self, column: exp.Identifier, *, alone: bool) -> exp.Expr:
        """A column of it, named by itself where no other source has one of that name."""
        if (known := self.hidden.get(column.name.lower())) is not None:
            return known.node.copy()
        if self.inside is not None:
            return exp.Dot(this=exp.column(self.inside.copy(), table=self.inside.copy()), expression=column.copy())
        return exp.column(column.copy(), table=None if alone else exp.to_identifier(self.name, quoted=True))

    @property
    def whole(self) -> Value:
        """All of a row as one value."""
        kind = ANY if self.columns is None else struct_of(self.columns.items())
        if self.inside is not None:
            return Value(exp.column(self.inside.copy(), table=self.inside.copy()), kind)
        if self.is_value:
            return Value(
                exp.column(exp.to_identifier(self.name, quoted=True)), next(iter((self.columns or {"": ANY}).values()))
            )
        return Value(exp.column(exp.to_identifier(self.name, quoted=True)), kind)


@dataclass(frozen=True)
class Macro:
    """A function that the text itself defines."""

    names: tuple[str, ...]
    """Of its arguments, in lower case."""
    body: exp.Expr


@dataclass
class Scope:
    """The sources of a SELECT, the outputs that it has named, and the scope around it."""

    sources: list[FromItem] = field(default_factory=list)
    outer: Scope | None = None
    ctes: Mapping[str, Columns | None] = field(default_factory=dict)
    outputs: dict[str, Value] = field(default_factory=dict)
    """Name -> what it is, of those that SELECT has given a name."""
    sees_outputs: bool = False
    """Whether names of outputs are seen now, before those of columns: in GROUP BY, HAVING, QUALIFY and ORDER BY."""
    engine_sees_them: bool = False
    """Whether DuckDB does so too: only in HAVING."""
    may_be_nan: bool = False
    """Whether a number of the text may be NaN, which is the smallest there and the greatest in DuckDB."""
    variables: dict[str, Value] = field(default_factory=dict)
    """What DECLARE and SET have named; a column of the same name goes before it."""
    macros: dict[str, Macro] = field(default_factory=dict)
    """Functions that CREATE TEMP FUNCTION has named."""
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

    def own(self, name: str) -> FromItem | None:
        """The source that has a column, a known one before those whose columns are not known."""
        found = [each for each in self.sources if each.kind_of(name) is not None]
        return next((each for each in found if each.columns is not None), found[0] if found else None)

    def around(self) -> Iterator[Scope]:
        """This scope and those around it."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.outer

    def path(self, parts: list[exp.Identifier], node: exp.Expr) -> tuple[Value, list[exp.Identifier]]:
        """The column, row or output that a dotted name begins with, and the fields that follow; raises Unspoken.

        In GoogleSQL the name of a source goes before that of a column where more follows.
        """
        first = parts[0].name.lower()
        source = next((each for scope in self.around() for each in scope.sources if each.name == first), None)
        if source is not None and len(parts) > 1:
            return self._of_source(source, parts, node)
        if len(parts) > 1 and (self.has(first) or any(first in scope.variables for scope in self.around())):
            return self._column(parts[0], node), parts[1:]
        if len(parts) > 1:
            return self._of_nothing(parts, node)
        return self._column(parts[0], node), []

    def has(self, name: str) -> bool:
        """Whether a column of that name is seen."""
        return any(scope.own(name) is not None for scope in self.around())

    def _of_source(
        self, source: FromItem, parts: list[exp.Identifier], node: exp.Expr
    ) -> tuple[Value, list[exp.Identifier]]:
        name = parts[1].name.lower()
        if source.is_value and source.inside is None:
            whole = source.whole
            return (whole, []) if name == source.name and whole.type[:7] != "STRUCT<" else (whole, parts[1:])
        kind = source.kind_of(name)
        if kind is None:
            said = f'Table "{parts[0].name}" does not have a column named "{parts[1].name}"'
            raise Unspoken("column", said, node)
        if source.inside is not None or name in source.hidden:
            return Value(source.read(parts[1], alone=False), kind), parts[2:]
        return Value(exp.column(parts[1].copy(), table=parts[0].copy()), kind), parts[2:]

    def _of_nothing(self, parts: list[exp.Identifier], node: exp.Expr) -> tuple[Value, list[exp.Identifier]]:
        for number in (1, 2):  # a table may be named with its dataset and project
            shift = next(
                (s for scope in self.around() for s in scope.sources if s.name == parts[number].name.lower()), None
            )
            if shift is not None and len(parts) > number + 1:
                return self._of_source(shift, parts[number:], node)
            if len(parts) <= number + 1:
                break
        raise Unspoken("column", f'Referenced table "{parts[0].name}" not found!', node)

    def _column(self, word: exp.Identifier, node: exp.Expr) -> Value:
        """A column as it is named; raises Unspoken for the name of an output where none is seen."""
        name = word.name.lower()
        plain = exp.column(word.copy())
        if self.sees_outputs and name in self.outputs:
            return self._output(name, plain)
        variable = next((each.variables[name] for each in self.around() if name in each.variables), None)
        for scope in self.around():
            source = scope.own(name)
            if source is not None and (source.columns is not None or variable is None):
                is_row = (
                    source.is_value
                    and source.inside is not None
                    and source.name == name
                    and name not in (source.columns or {})
                )
                return source.whole if is_row else Value(source.read(word, alone=True), source.kind_of(name) or ANY)
        if variable is not None:
            return variable
        named = next((each for scope in self.around() for each in scope.sources if each.name == name), None)
        if named is not None:
            return named.whole
        if name in self.outputs or name == "rowid":
            raise Unspoken("name", word.name, node)
        if any(scope.sources for scope in self.around()):
            raise Unspoken("column", f'Referenced column "{word.name}" not found in FROM clause!', node)
        return Value(plain, ANY)  # there is no FROM: the engine says so, and what is meant

    def _output(self, name: str, plain: exp.Column) -> Value:
        """An output by its name; spelled out where DuckDB would take a column of that name instead."""
        value = self.outputs[name]
        own = isinstance(value.node, exp.Column) and value.node.name.lower() == name
        if own or self.engine_sees_them or self.own(name) is None:
            return Value(plain, value.type)
        return Value(exp.Paren(this=value.node.copy()), value.type)
