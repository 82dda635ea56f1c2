"""What reads expressions and queries, as those see it that read a part of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlglot import exp

    from sqlgrade.dialect.scope import Columns, Scope
    from sqlgrade.dialect.types import Value

    QueryReader = Callable[[exp.Expr, Scope], tuple[exp.Expr, Columns | None]]


class Reader(Protocol):
    """Reads the expressions of one scope; each of these raises Unspoken."""

    scope: Scope

    def within(self, scope: Scope) -> Reader:
        """The same in another scope."""

    def of(self, node: exp.Expr) -> Value:
        """One expression."""

    def of_one_type(self, values: Sequence[Value], name: str, place: exp.Expr) -> list[Value]:
        """Values of one type, texts among them read as what the others are."""

    def ordered(self, order: exp.Expr) -> exp.Order:
        """ORDER BY."""

    def call(self, node: exp.Expr) -> Value:
        """A function."""

    @property
    def query(self) -> QueryReader:
        """What reads a query in a scope: it gives the query and its columns."""


class ReaderOfQueries(Protocol):
    """Reads whole queries over known tables; each of these raises Unspoken."""

    @property
    def tables(self) -> Mapping[str, Columns]:
        """Table -> column -> GoogleSQL's type."""

    def read(self, node: exp.Expr, outer: Scope) -> tuple[exp.Expr, Columns | None]:
        """A query and its columns, None where they are not known."""

    def join(self, node: exp.Expr, scope: Scope) -> exp.Expr:
        """A JOIN and its condition."""
