"""Parts of a query: columns, constants, where a part stands, and the smallest parts in which two expressions differ."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, TypeGuard

from sqlglot import exp

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"\w+|[^\w\s]")


def kernel(own: exp.Expr, wanted: exp.Expr) -> tuple[exp.Expr, exp.Expr]:
    """The smallest parts in which two expressions differ: down as long as only one child is another one."""
    while type(own) is type(wanted):
        pairs = unlike_children(own, wanted)
        if pairs is None or len(pairs) != 1:
            break
        first, second = pairs[0]
        if first is None or second is None:
            break
        own, wanted = first, second
    return own, wanted


def unlike_children(own: exp.Expr, wanted: exp.Expr) -> list[tuple[exp.Expr | None, exp.Expr | None]] | None:
    """The children that differ, in pairs; None where they can't be paired."""
    pairs: list[tuple[exp.Expr | None, exp.Expr | None]] = []
    for name in {**own.args, **wanted.args}:
        one, other = own.args.get(name), wanted.args.get(name)
        if one == other or (not one and not other):
            continue
        if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
            pairs += [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        elif isinstance(one, exp.Expr | None) and isinstance(other, exp.Expr | None):
            pairs.append((one, other))
        else:
            return None
    return pairs


def step_of(block: exp.Expr) -> str:
    """The name of the WITH step, or of the query in FROM, that an inner block is; empty for any other one."""
    above = block.parent
    while isinstance(above, exp.SetOperation | exp.Paren):
        above = above.parent
    return str(above.alias) if isinstance(above, exp.CTE | exp.Subquery) else ""


def columns(node: exp.Expr) -> list[exp.Column]:
    """The columns below a node, in the order of the text."""
    return list(node.find_all(exp.Column, bfs=False))


def values_of(node: exp.Expr) -> list[exp.Literal]:
    """The constants below a node; numbers of INTERVAL and what stands in sub-queries are left out."""
    inside = {id(each) for inner in node.find_all(exp.Interval, exp.Select) for each in inner.find_all(exp.Literal)}
    return [each for each in node.find_all(exp.Literal, bfs=False) if id(each) not in inside]


def asked_texts(tree: exp.Expr) -> frozenset[str]:
    """The texts and numbers that a query holds its columns against: what a CASE only gives is none of them."""
    return frozenset(each.name for each in tree.find_all(exp.Literal) if not _is_given(each, tree))


def _is_given(node: exp.Expr, tree: exp.Expr) -> bool:
    """Whether a constant is what a branch of a CASE gives, as far as the CASE itself is not compared."""
    while node is not tree and node.parent is not None and not isinstance(node, exp.Predicate):
        if (isinstance(node.parent, exp.If) and node.arg_key == "true") or node.arg_key == "default":
            return True
        node = node.parent
    return False


def window_keys(window: exp.Window) -> list[exp.Expr]:
    """What a window sorts by."""
    order = window.args.get("order")
    return list(order.expressions) if isinstance(order, exp.Order) else []


def column_name(node: exp.Expr) -> str:
    """The name of the first column below a node, without its table."""
    found = columns(node)
    return found[0].name if found else ""


def place_in(node: exp.Expr, part: str) -> str:
    """The word to look at: FILTER or CASE inside of an expression, else the part itself."""
    above: exp.Expr | None = node
    while above is not None and not isinstance(above, exp.Query):
        if isinstance(above, exp.Filter):
            return "FILTER"
        if isinstance(above, exp.If | exp.Case) and not _only_stops(above):
            return "CASE"
        above = above.parent
    return str(part)


def drops_rows(node: exp.Expr) -> bool:
    """Whether a condition decides which rows stay: in no CASE, no aggregate, and no ON of a join that keeps rows anyway."""
    above = node.parent
    while above is not None and not isinstance(above, exp.Query):
        if isinstance(above, exp.If | exp.Case | exp.Filter | exp.AggFunc) or (
            isinstance(above, exp.Join) and above.side
        ):
            return False
        if isinstance(above, exp.Where | exp.Having | exp.Qualify | exp.Join):
            return True
        above = above.parent
    return False


def _only_stops(choice: exp.Expr) -> bool:
    """Whether a CASE is the dialect's own, around what another database stops at, such as a division by zero."""
    case = choice.parent if isinstance(choice.parent, exp.Case) else choice
    given = (branch.args["true"] for branch in case.args.get("ifs") or ())
    return any(isinstance(each, exp.Anonymous) and each.name.lower() == "error" for each in given)


def number_of(node: exp.Expr) -> float | None:
    """A number that is written out; None for anything else."""
    if isinstance(node, exp.Literal) and not node.is_string:
        return float(node.name)
    return None


def mentions(node: exp.Expr, column: str) -> bool:
    """Whether a column of that name is used in a part of a query."""
    return any(each.name.lower() == column.lower() for each in columns(node))


def is_filled(node: exp.Expr) -> bool:
    """Whether a condition asks that there is no blank."""
    inner = node.this.unnest() if isinstance(node, exp.Not) else None
    return asks_for_blank(inner)


def names_in(node: exp.Expr) -> set[str]:
    """The names of the columns below a node, in small letters."""
    return {column.name.lower() for column in node.find_all(exp.Column)}


def period_of(parts: Sequence[exp.Expr]) -> exp.Column | None:
    """The one column of which conditions ask that it lies in a period; None where they ask anything else."""
    found = {column.sql().lower(): column for part in parts for column in columns(part)}
    ranges = all(isinstance(part.unnest(), exp.GT | exp.GTE | exp.LT | exp.LTE | exp.Between) for part in parts)
    values = [each for part in parts for each in part.find_all(exp.Literal)]
    if (
        len(found) != 1
        or not ranges
        or not any(each.is_string for each in values if not isinstance(each.parent, exp.Interval))
    ):
        return None
    return next(iter(found.values()))


def tables_in(node: exp.Expr) -> set[str]:
    """What the columns below a node are written to be of, in small letters."""
    return {column.table.lower() for column in node.find_all(exp.Column)}


def is_tie(part: exp.Expr) -> bool:
    """Whether a condition holds one column against another."""
    return isinstance(part, exp.Binary) and all(isinstance(side, exp.Column) for side in (part.left, part.right))


def joins_of(block: exp.Expr | None) -> list[exp.Join]:
    """What a block joins to the first table of its FROM."""
    return list(block.args.get("joins") or ()) if isinstance(block, exp.Select) else []


def left_joins(block: exp.Expr | None) -> list[exp.Join]:
    """The joins of a block that keep the rows before them."""
    return [join for join in joins_of(block) if join.side == "LEFT"]


def asks_for_blank(node: exp.Expr | None) -> TypeGuard[exp.Is]:
    """Whether a condition is an IS NULL."""
    return isinstance(node, exp.Is) and isinstance(node.expression, exp.Null)


def words_apart(sql: str, text: str) -> int:
    """How many words two texts do not share."""
    own, words = Counter(_WORD.findall(text)), Counter(_WORD.findall(sql))
    return ((own - words) + (words - own)).total()
