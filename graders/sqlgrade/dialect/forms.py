"""DuckDB expressions made of a pattern and the arguments that go into it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp

from sqlgrade.dialect.types import Value, fits

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLACE = "_arg"


class Unspoken(Exception):  # noqa: N818  (a value for whoever wrote the text)
    """A text that is no GoogleSQL, or none that can be run here.

    `rule` is no_such (GoogleSQL has nothing of that name), types (nothing for such arguments), name (a name that it does not
    see there), form (it wants another form), parameter (a value that nobody hands over here) or unsupported (it has it, and it cannot be run here); `name` is the construct as
    the writer knows it, `use` what to write instead, `node` stands where it is.
    """

    def __init__(self, rule: str, name: str, node: exp.Expr | None = None, use: str = "") -> None:
        super().__init__(f"{rule}: {name}")
        self.rule, self.name, self.node, self.use = rule, name, node, use


@functools.cache
def _pattern(form: str) -> exp.Expr:
    numbered = form
    for place in range(9):
        numbered = numbered.replace(f"{{{place}}}", f"{_PLACE}{place}")
    return sqlglot.parse_one(numbered, dialect="duckdb")


def made(form: str, *arguments: Value | exp.Expr) -> exp.Expr:
    """A DuckDB expression of a pattern such as `{0} / {1}`; an argument is bracketed where it would come apart."""
    nodes = [each.node if isinstance(each, Value) else each for each in arguments]
    tree = _pattern(form).copy()
    for column in list(tree.find_all(exp.Column)):
        name = column.name
        if not name.startswith(_PLACE):
            continue
        node = nodes[int(name.removeprefix(_PLACE))].copy()
        if column is tree:
            return node
        column.replace(_kept_together(node, column.parent))
    return tree


def _kept_together(node: exp.Expr, parent: exp.Expr | None) -> exp.Expr:
    """Brackets around what would be torn apart by the operators beside it."""
    apart = isinstance(node, exp.Binary | exp.Unary | exp.Between | exp.In | exp.Case | exp.Window) and not isinstance(
        node, exp.Paren | exp.Dot
    )
    encloses = isinstance(parent, exp.Func | exp.Paren | exp.Cast) and not isinstance(parent, exp.Connector | exp.Case)
    return exp.Paren(this=node) if apart and not encloses else node


def want(value: Value, wanted: str, name: str, place: exp.Expr, shown: Sequence[Value] = ()) -> None:
    """Nothing, if a value is of a type that is wanted by itself; raises Unspoken else."""
    if fits(value, wanted) and not (value.is_text and wanted.startswith("INT64")):
        return
    raise Unspoken("types", f"{name} ({', '.join(each.type for each in shown or [value])})", place)


def text_of(value: Value | exp.Expr) -> str | None:
    """What a text literal holds; None for anything else."""
    node = value.node if isinstance(value, Value) else value
    return node.name if isinstance(node, exp.Literal) and node.is_string else None


def number_of(node: exp.Expr) -> int | None:
    """What a whole number holds, with its sign; None for anything else."""
    if isinstance(node, exp.Neg):
        inside = number_of(node.this)
        return None if inside is None else -inside
    return int(node.name) if isinstance(node, exp.Literal) and not node.is_string and node.name.isdigit() else None


def quoted_text(text: str) -> exp.Expr:
    """A text literal."""
    return exp.Literal.string(text)


_LONGEST_SHOWN = 40


def written(node: exp.Expr) -> str:
    """A construct as it is written, in short: what is shown of one that has no other name."""
    text = " ".join(node.sql("bigquery", normalize_functions=False).split())
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]} …"
