"""What queries ask of a group of rows: HAVING, a comparison with an aggregate wherever it stands, values counted apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.populate.bundles import COMPARED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.populate.columns_used import ColumnFinder, ColumnId

_MOST_QUESTIONS = 12
_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv)
_BOUNDS = (exp.GT, exp.GTE, exp.LT, exp.LTE)
_JOINTS = (exp.And, exp.Or, exp.Not, exp.Paren)


@dataclass(frozen=True)
class Question:
    """A condition on a group of joined rows, over columns written as cell_of writes them."""

    sql: str
    rows: str
    """Which rows of the group count, as far as that can be told of each row by itself."""
    columns: tuple[ColumnId, ...]
    of_row: bool = False
    """It is asked of one row, whose columns decide together."""
    aside: bool = False
    """It is worth asking only beside a question about an aggregate of its column: one row of 5,500 is not two of 3,300."""


@dataclass(frozen=True)
class Member:
    """A column in which a group may hold some values and lack others."""

    column: ColumnId
    values: tuple[str, ...] = ()
    """SQL of the constants that it is held against; none if its values are only told apart."""


def cell_of(column: ColumnId) -> exp.Column:
    """How a question writes a column of a joined row."""
    return exp.column(f"{column[0]}.{column[1]}", quoted=True)


def questions_of(tree: exp.Expr, finder: ColumnFinder) -> list[Question]:
    """What a query asks of groups and of single rows, each question once."""
    of_groups = [question for node in _asked(tree) for question in _question(node, finder)]
    of_rows = [question for node in tree.find_all(*COMPARED) for question in _row_question(node, finder)]
    return list(dict.fromkeys((*of_groups, *of_rows)))[:_MOST_QUESTIONS]


def members_of(tree: exp.Expr, finder: ColumnFinder) -> list[Member]:
    """Columns held against several constants of a list, a CASE or different conditions, or counted apart."""
    constants: dict[ColumnId, dict[str, None]] = {}
    for subject, values in _equated(tree):
        for column in finder.columns(subject)[:1]:
            constants.setdefault(column, {}).update(dict.fromkeys(value.sql(dialect="duckdb") for value in values))
    for node in tree.find_all(exp.Count, exp.ArrayAgg, exp.GroupConcat):
        for column in _apart(node, finder):
            constants.setdefault(column, {})
    return [Member(column, tuple(values)) for column, values in constants.items()]


def _asked(tree: exp.Expr) -> Iterator[exp.Expr]:
    yield from tree.find_all(*COMPARED)
    for having in tree.find_all(exp.Having):
        waiting = [having.this]
        while waiting:
            node = waiting.pop()
            if isinstance(node, _JOINTS):
                waiting += [each for each in (node.this, node.args.get("expression")) if each is not None]
            elif not isinstance(node, COMPARED):
                yield node


def _question(node: exp.Expr, finder: ColumnFinder) -> Iterator[Question]:
    """The condition with names written out, if it rests on aggregates over columns of the schema alone."""
    whole = finder.written_out(node).transform(of_one_group)
    scope = scope_of(node, finder)
    if scope is None or whole.find(exp.AggFunc) is None or whole.find(exp.Select, exp.Window, exp.Placeholder):
        return
    columns: dict[ColumnId, None] = {}
    told = told_of(whole, finder, columns)
    if told is not None:
        rows = [
            each for part in conjuncts_of(scope.args.get("where")) if (each := row_condition(part, finder, columns))
        ]
        yield Question(told, " AND ".join(rows) or "TRUE", tuple(columns))


def _row_question(node: exp.Expr, finder: ColumnFinder) -> Iterator[Question]:
    """A comparison of a constant with a number, or with something made of several columns."""
    whole = finder.written_out(node)
    columns: dict[ColumnId, None] = {}
    if whole.find(exp.Select, exp.AggFunc, exp.Window, exp.Placeholder) or not whole.find(exp.Literal):
        return
    sums = list(whole.find_all(*_ARITHMETIC))
    if any(len({column.name for column in each.find_all(exp.Column)}) > 1 for each in sums):
        told = told_of(whole, finder, columns)
        if told is not None:
            yield Question(f"BOOL_OR({told})", "TRUE", tuple(columns), of_row=True)
    elif isinstance(node, _BOUNDS) and isinstance(node.this, exp.Column) and node.expression.is_number:
        told = told_of(whole, finder, columns)
        if told is not None:
            yield Question(f"BOOL_OR({told})", "TRUE", tuple(columns), of_row=True, aside=True)


def of_one_group(node: exp.Expr) -> exp.Expr:
    """A window's aggregate and a scalar query's one as those of a group."""
    if isinstance(node, exp.Window) and isinstance(node.this, exp.AggFunc) and not node.args.get("order"):
        return node.this
    if isinstance(node, exp.Subquery) and isinstance(node.this, exp.Select) and len(node.this.selects) == 1:
        return node.this.selects[0].unalias()
    return node


def scope_of(node: exp.Expr, finder: ColumnFinder) -> exp.Select | None:
    """The SELECT whose rows are grouped."""
    meant = [node, *(each for column in node.find_all(exp.Column) for each in finder.expressions(column))]
    found = (each.find(exp.AggFunc) for each in meant)
    return next((aggregate.find_ancestor(exp.Select) for aggregate in found if aggregate is not None), None)


def conjuncts_of(condition: exp.Expr | None) -> Iterator[exp.Expr]:
    """The conditions that AND joins in a WHERE, an ON or another condition; none where there is none."""
    whole = condition.this if isinstance(condition, exp.Where) else condition
    if whole is not None:
        yield from whole.flatten() if isinstance(whole, exp.And) else (whole,)


def row_condition(part: exp.Expr, finder: ColumnFinder, columns: dict[ColumnId, None]) -> str | None:
    """A condition on one row; None for one that ties tables, or that cannot be told of a row by itself."""
    whole = finder.written_out(part)
    tie = isinstance(whole, exp.EQ) and isinstance(whole.this, exp.Column) and isinstance(whole.expression, exp.Column)
    if tie or whole.find(exp.Select, exp.AggFunc, exp.Window, exp.Placeholder):
        return None
    told = told_of(whole, finder, columns)
    return f"({told})" if told is not None else None


def told_of(whole: exp.Expr, finder: ColumnFinder, columns: dict[ColumnId, None]) -> str | None:
    """The condition over cells, whose columns are noted; None if a name is none of the schema's."""
    found = {id(each): ids[0] for each in whole.find_all(exp.Column) if (ids := finder.direct(each))}
    if len(found) < sum(1 for _ in whole.find_all(exp.Column)):
        return None
    columns.update(dict.fromkeys(found.values()))
    named = whole.transform(lambda n: cell_of(found[id(n)]) if id(n) in found else n, copy=False)
    return named.sql(dialect="duckdb")


def _equated(tree: exp.Expr) -> Iterator[tuple[exp.Expr, list[exp.Expr]]]:
    """What is held against constants for equality, with the constants."""
    for listed in tree.find_all(exp.In):
        yield listed.this, [each for each in listed.expressions if isinstance(each, exp.Literal)]
    for equation in tree.find_all(exp.EQ, exp.NEQ):
        for side, other in ((equation.this, equation.expression), (equation.expression, equation.this)):
            if isinstance(other, exp.Literal) and isinstance(side, (exp.Column, exp.Min, exp.Max)):
                yield side, [other]
    for case in (each for each in tree.find_all(exp.Case) if each.this is not None):
        yield case.this, [branch.this for branch in case.args.get("ifs", ()) if isinstance(branch.this, exp.Literal)]


def _apart(node: exp.Expr, finder: ColumnFinder) -> list[ColumnId]:
    """The columns whose values an aggregate counts apart."""
    return finder.columns(node.this)[:1] if isinstance(node.this, exp.Distinct) else []


def joint_members(members: list[Member]) -> list[Member]:
    """Each column once, with all constants that it is held against."""
    found: dict[ColumnId, dict[str, None]] = {}
    for member in members:
        found.setdefault(member.column, {}).update(dict.fromkeys(member.values))
    return [Member(column, tuple(values)) for column, values in found.items()]
