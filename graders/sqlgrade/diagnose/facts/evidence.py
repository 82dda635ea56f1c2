"""What the shape facts are drawn from: two results side by side, and the base rows their keys lead to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from sqlglot import exp

from sqlgrade.compare.cells import canonical, rounded
from sqlgrade.diagnose.reading.trees import names_in
from sqlgrade.parse import parsed
from sqlgrade.tables.values import literal, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlgrade.engine.runner import Runner
    from sqlgrade.tables.model import Column, SchemaModel, Table
    from sqlgrade.tables.result import Database, Result, Row
    from sqlgrade.verdict import Diff

_SAMPLE = 400


class LookUp(Protocol):
    """Finds base rows by key."""

    @property
    def schema(self) -> SchemaModel:
        """The schema that the rows belong to."""
        ...

    def rows(self, table: Table, column: str, values: Sequence[Any]) -> Mapping[Any, Row]:
        """The rows of a table by their value in a key column."""
        ...

    def referred(self, child: Table, column: str, values: Sequence[Any]) -> set[Any]:
        """Those of the values that some row of the child table names."""
        ...


@dataclass(frozen=True)
class DatabaseLookUp:
    """Finds base rows in a small database."""

    schema: SchemaModel
    database: Database

    def rows(self, table: Table, column: str, values: Sequence[Any]) -> Mapping[Any, Row]:
        """The rows of a table by their value in a key column."""
        place, wanted = table.positions[column], set(values)
        return {row[place]: row for row in self.schema.rows_of(table.name, self.database) if row[place] in wanted}

    def referred(self, child: Table, column: str, values: Sequence[Any]) -> set[Any]:
        """Those of the values that some row of the child table names."""
        place = child.positions[column]
        return {row[place] for row in self.schema.rows_of(child.name, self.database)} & set(values)


@dataclass(frozen=True)
class FileLookUp:
    """Finds base rows in a practice file that a runner serves."""

    schema: SchemaModel
    runner: Runner

    def rows(self, table: Table, column: str, values: Sequence[Any]) -> Mapping[Any, Row]:
        """The rows of a table by their value in a key column."""
        names = ", ".join(quoted(c.name) for c in table.columns)
        found = self._fetched(f"SELECT {names} FROM {table.quoted}", table.column(column), values)
        return {row[table.positions[column]]: row for row in found}

    def referred(self, child: Table, column: str, values: Sequence[Any]) -> set[Any]:
        """Those of the values that some row of the child table names."""
        select = f"SELECT DISTINCT {quoted(column)} FROM {child.quoted}"
        return {row[0] for row in self._fetched(select, child.column(column), values)}

    def _fetched(self, select: str, column: Column, values: Sequence[Any]) -> Sequence[Row]:
        """The rows with one of the values in a column; a value that the column cannot hold is in none."""
        if not values:
            return ()
        listed = ", ".join(f"TRY_CAST({literal(value)} AS {column.type.text})" for value in values)
        return self.runner.fetch(f"{select} WHERE {quoted(column.name)} IN ({listed})", "main")


@dataclass(frozen=True)
class Evidence:
    """A difference with both results in full; `look_up` leads from their keys to the rows behind them."""

    learner: Result
    expected: Result
    diff: Diff
    look_up: LookUp | None = None
    sources: tuple[str, ...] = ()
    """For each output column the base column it shows, or an empty text."""
    cut: bool = False
    """Whether a LIMIT has cut rows off what was expected."""
    asked: frozenset[str] | None = None
    """Names of the columns that some condition of the answer or the solution looks at; None if any may matter."""

    @property
    def same_width(self) -> bool:
        """True if columns can be compared by position."""
        return len(self.learner.columns) == len(self.expected.columns)

    @property
    def names_exchanged(self) -> bool:
        """Whether the columns have the expected names, but stand in another order: then places tell nothing of values."""
        ours, theirs = ([name.casefold() for name in result.columns] for result in (self.learner, self.expected))
        return ours != theirs and sorted(ours) == sorted(theirs)

    def called(self, column: int) -> str:
        """What a column is called: by the learner, whose table is seen beside it, if that is a name."""
        own = self.learner.columns[column]
        return own if own.isidentifier() else self.expected.columns[column]

    @cached_property
    def pairs(self) -> tuple[tuple[Row, Row], ...]:
        """Differing rows that belong together: (learner's, expected), told by the columns in which they agree."""
        extra, missing = self.diff.extra, self.diff.missing
        if not self.same_width or not extra or len(extra) != len(missing):
            return ()
        if len(extra) == 1:
            return ((extra[0], missing[0]),)
        alike = [c for c in range(len(extra[0])) if _bag(extra, c) == _bag(missing, c)]
        fewer = ([c for c in alike if c != last] for last in reversed(alike))
        return next(filter(None, (_paired(extra, missing, keys) for keys in (alike, *fewer))), ())

    @cached_property
    def kept_by_learner(self) -> tuple[Row, ...]:
        """The learner's rows that are right."""
        return _rest(self.learner.rows, self.diff.extra)

    @cached_property
    def kept_of_expected(self) -> tuple[Row, ...]:
        """The expected rows that the learner has."""
        return _rest(self.expected.rows, self.diff.missing)


def sample(rows: Sequence[Row]) -> Sequence[Row]:
    """At most a few hundred of the rows, evenly spread."""
    step = max(1, -(-len(rows) // _SAMPLE))
    return rows[::step]


def shown_columns(sql: str) -> tuple[str, ...]:
    """For each output column of a query the base column it shows; an empty text where it is computed."""
    tree = parsed(sql)
    while isinstance(tree, exp.SetOperation):
        tree = tree.this
    if not isinstance(tree, exp.Select) or tree.is_star:
        return ()
    inner = [output.this if isinstance(output, exp.Alias) else output for output in tree.selects]
    return tuple(node.name if isinstance(node, exp.Column) else "" for node in inner)


def asked_columns(*queries: str) -> frozenset[str] | None:
    """The names, in lower case, of the columns that conditions look at; None if a query can't be read."""
    names: set[str] = set()
    for sql in queries:
        tree = parsed(sql)
        if tree is None:
            return None
        for holder in tree.find_all(exp.Where, exp.Having, exp.Qualify, exp.If, exp.Join):
            condition = holder.args.get("on") if isinstance(holder, exp.Join) else holder.this
            if isinstance(condition, exp.Expr):
                names |= names_in(condition)
    return frozenset(names)


def plain_key(row: Row) -> tuple[object, ...]:
    """A row in a form in which equal values are equal."""
    return tuple(rounded(canonical(cell)) for cell in row)


def _paired(extra: Sequence[Row], missing: Sequence[Row], keys: Sequence[int]) -> tuple[tuple[Row, Row], ...]:
    """Pair the rows that agree in some columns; nothing unless each row has just one partner."""
    ours = {_key(row, keys): row for row in extra}
    theirs = {_key(row, keys): row for row in missing}
    if not keys or len(ours) != len(extra) or ours.keys() != theirs.keys():
        return ()
    return tuple((row, theirs[key]) for key, row in ours.items())


def _key(row: Row, columns: Iterable[int]) -> tuple[object, ...]:
    return tuple(rounded(canonical(row[c])) for c in columns)


def _bag(rows: Sequence[Row], column: int) -> Counter[object]:
    return Counter(rounded(canonical(row[column])) for row in rows)


def _rest(rows: Sequence[Row], gone: Sequence[Row]) -> tuple[Row, ...]:
    left = Counter(map(plain_key, gone))
    rest = []
    for row in rows:
        key = plain_key(row)
        if left[key]:
            left[key] -= 1
        else:
            rest.append(row)
    return tuple(rest)
