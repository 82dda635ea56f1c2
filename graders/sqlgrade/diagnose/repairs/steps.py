"""The steps from one query to another that is built alike: what differs in each block, and how it is taken over."""

from __future__ import annotations

import copy
import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.aggregated import bare_operand
from sqlgrade.diagnose.reading.blocks import grouping_keys
from sqlgrade.diagnose.reading.contrast import lists_differ, printed, sort_keys
from sqlgrade.diagnose.reading.trees import unlike_children
from sqlgrade.diagnose.repairs.condition_steps import (
    HOLDERS,
    compared_otherwise,
    conditions_of,
    joins_by_name,
    of_conditions,
    put_together,
)
from sqlgrade.diagnose.repairs.from_answer.shaping import order_by_place
from sqlgrade.diagnose.repairs.step import Step, Take
from sqlgrade.query.clause import Clause
from sqlgrade.query.surgery import NEEDS_BRACKETS, conjuncts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence


_MOST_IN_CASE = 3
"""A CASE in which more than so much differs is another one, and not one with so many mistakes."""

_WRAPPERS = (exp.Cast, exp.Round, exp.Coalesce, exp.Abs, exp.Floor, exp.Ceil)
_BARE = (exp.Column, exp.Literal)


@dataclass(frozen=True)
class _Outer:
    """What differs around parts that differ by themselves: those are mended first, and then what is around them."""

    within: tuple[tuple[exp.Expr, exp.Expr], ...]
    change: Callable[[exp.Expr], exp.Expr]
    """What becomes of the whole, with its parts as they are by then."""


def steps_between(own: exp.Expr, wanted: exp.Expr) -> list[Step]:
    """List all steps from a query to one that has as many blocks and calls everything by the same names."""
    ours, theirs = (list(tree.find_all(exp.Select, bfs=False)) for tree in (own, wanted))
    return put_together(
        step for at, pair in enumerate(zip(ours, theirs, strict=True)) for step in _of_blocks(at, *pair)
    )


def _of_blocks(at: int, block: exp.Select, other: exp.Select) -> Iterator[Step]:
    yield from _of_sources(at, block, other)
    for name, (_, clause) in HOLDERS.items():
        ours, theirs = (conditions_of(each, name) for each in (block, other))
        yield from of_conditions(at, block, (ours, theirs), clause, name)
    keys, asked = (sorted(printed(key) for key in grouping_keys(each)) for each in (block, other))
    yield from _of_outputs(at, block, other)
    if keys != asked:
        yield Step(Clause.GROUP_BY, block.args.get("group") or block, at, _putting("group", _grouping(other)))
    parts = {"distinct": (Clause.SELECT, other.args.get("distinct"))}
    parts |= {name: (Clause.ORDER_BY, other.args.get(name)) for name in ("limit", "offset")}
    if _ordering(block) != _ordering(other):
        parts["order"] = Clause.ORDER_BY, order_by_place(other)
    for name, (clause, part) in parts.items():
        if name == "order" or printed(block.args.get(name)) != printed(part):
            yield Step(clause, block.args.get(name) or block, at, _putting(name, part))


def _putting(name: str, part: exp.Expr | None) -> Take:
    return lambda block: block.set(name, part.copy() if part is not None else None)


def _grouping(block: exp.Select) -> exp.Group | None:
    """GROUP BY with the number of an output column wherever a key is one, so that both change together."""
    outputs = [printed(item.unalias()) for item in block.expressions]
    keys = [
        exp.Literal.number(outputs.index(printed(key)) + 1) if printed(key) in outputs else key.copy()
        for key in grouping_keys(block)
    ]
    return exp.Group(expressions=keys) if keys else None


def _ordering(block: exp.Select) -> list[tuple[str, bool, bool]]:
    return [(key.of, key.descending, bool(key.node.args.get("nulls_first"))) for key in sort_keys(block)]


def _of_sources(at: int, block: exp.Select, other: exp.Select) -> Iterator[Step]:
    """The tables as a whole where there are others, else each join's kind and conditions."""
    ours, theirs = (joins_by_name(each) for each in (block, other))
    first = block.args.get("from_")
    same = all(_tied(join) == _tied(theirs[name]) for name, join in ours.items() if name in theirs)
    if list(ours) != list(theirs) or printed(first) != printed(other.args.get("from_")) or not same:
        if first is not None:
            yield Step(Clause.FROM, first, at, _all_sources(other))
        return
    for name, join in ours.items():
        wanted = theirs[name]
        if (join.side, join.kind) != (wanted.side, wanted.kind):
            yield Step(Clause.FROM, join, at, _kind_of_join(name, wanted))
        both = conjuncts(join.args.get("on")), conjuncts(wanted.args.get("on"))
        yield from of_conditions(at, join, both, Clause.FROM, name)


def _tied(join: exp.Join) -> tuple[str, list[str]]:
    return printed(join.this), [name.name.lower() for name in join.args.get("using") or ()]


def _all_sources(other: exp.Select) -> Take:
    def take(block: exp.Select) -> None:
        first = other.args.get("from_")
        block.set("from_", first.copy() if first is not None else None)
        block.set("joins", [join.copy() for join in other.args.get("joins") or ()])

    return take


def _kind_of_join(name: str, wanted: exp.Join) -> Take:
    def take(block: exp.Select) -> None:
        for arg in ("side", "kind"):
            joins_by_name(block)[name].set(arg, wanted.args.get(arg))

    return take


def _of_outputs(at: int, block: exp.Select, other: exp.Select) -> Iterator[Step]:
    """Output columns as a whole where there are more or fewer, else each place in each of them."""
    ours, theirs = block.expressions, other.expressions
    if len(ours) != len(theirs) or block.is_star != other.is_star:
        step = Step(Clause.SELECT, ours[0], at, lambda copied: copied.set("expressions", [e.copy() for e in theirs]))
        yield replace(step, hands_on=_more(ours, theirs) if block.parent is not None else frozenset())
        return
    texts, asked = ([printed(item.unalias()) for item in each] for each in (ours, theirs))
    exchanged = _exchanged_places(texts, asked)
    for pair in exchanged.items():
        first, second = (_whole_output(at, n, ours[n].unalias(), theirs[n].unalias()) for n in pair)
        yield replace(first, then=second)
    for place in sorted(set(range(len(ours))) - {*exchanged, *exchanged.values()}):
        yield from _of_output(at, place, ours[place].unalias(), theirs[place].unalias())


def _more(ours: Sequence[exp.Expr], theirs: Sequence[exp.Expr]) -> frozenset[str]:
    """What the one list of outputs has beside all of the other one."""
    known, asked = ({(item.alias_or_name.lower(), printed(item.unalias())) for item in each} for each in (ours, theirs))
    return frozenset(name for name, _ in asked - known) if known <= asked else frozenset()


def _of_output(at: int, place: int, whole: exp.Expr, meant: exp.Expr) -> Iterator[Step]:
    leaves = [(own, wanted, _outer(own, wanted)) for own, wanted in _leaves(whole, meant)]
    around = [own for own, _, outer in leaves if outer is not None]
    for own, wanted, outer in leaves:
        clause = Clause.WINDOW if own.find(exp.Window) or own.find_ancestor(exp.Window) else Clause.SELECT
        if isinstance(own, exp.Window) and isinstance(wanted, exp.Window) and (parts := _parts_apart(own, wanted)):
            takes = (_replacing(place, _way(own, whole), wanted, names) for names in parts)
            yield from (Step(clause, own, at, take, is_side=True) for take in takes)
            continue
        way = _way(own, whole)
        take = _replacing(place, way, wanted) if outer is None else _changing(place, way, outer.change)
        yield Step(clause, own, at, take, wanted=None if outer else wanted, is_side=_is_within(own, around))


def _is_within(node: exp.Expr, others: Iterable[exp.Expr]) -> bool:
    return any(node is part for other in others for part in other.walk())


def _parts_apart(own: exp.Window, wanted: exp.Window) -> list[tuple[str, ...]]:
    """The parts of two windows around the same function that differ by themselves: how rows are split, and how they are gone through."""
    parts = [("partition_by",), ("order", "spec")]
    apart = [names for names in parts if any(own.args.get(name) != wanted.args.get(name) for name in names)]
    same = own.this == wanted.this and own.args.get("alias") == wanted.args.get(
        "alias"
    )  # OVER w has its parts elsewhere
    return apart if len(apart) > 1 and same else []


def _exchanged_places(texts: Sequence[str], asked: Sequence[str]) -> dict[int, int]:
    """The places of outputs that have changed places with one another: one mistake, not two."""
    found: dict[int, int] = {}
    for first, second in itertools.combinations(range(len(texts)), 2):
        free = not {first, second} & {*found, *found.values()}
        if free and texts[first] != texts[second] and (texts[first], texts[second]) == (asked[second], asked[first]):
            found[first] = second
    return found


def _whole_output(at: int, place: int, own: exp.Expr, wanted: exp.Expr) -> Step:
    clause = Clause.WINDOW if own.find(exp.Window) else Clause.SELECT
    return Step(clause, own, at, _replacing(place, _way(own, own), wanted))


def _leaves(own: exp.Expr, wanted: exp.Expr) -> Iterator[tuple[exp.Expr, exp.Expr]]:
    """The smallest parts that differ, in pairs; blocks inside are compared by themselves."""
    if printed(own) == printed(wanted) or isinstance(own, exp.Query):
        return
    if (outer := _outer(own, wanted)) is not None:
        for pair in outer.within:
            yield from _leaves(*pair)
        yield own, wanted
        return
    alike = type(own) is type(wanted) and not _is_of_one_piece(own, wanted)
    if alike and (rest := _beside_the_same(own, wanted)) is not None:
        yield from _leaves(*rest)
        return
    pairs = unlike_children(own, wanted) if alike else None
    found = [leaf for pair in pairs or () for leaf in _leaves_of(*pair)]
    yield from [(own, wanted)] if _is_wholly_another(own, found) else [each for each in found if each is not None]


def _outer(own: exp.Expr, wanted: exp.Expr) -> _Outer | None:
    """What is done around something that stands for what is wanted, or another kind of division; None for any other two."""
    if {type(own), type(wanted)} == {exp.Div, exp.IntDiv}:
        pairs = ((own.args[name], wanted.args[name]) for name in ("this", "expression"))
        return _Outer(tuple(pairs), lambda node: type(wanted)(this=node.this, expression=node.expression))
    if compared_otherwise(own, wanted):
        inside = ((own.this, wanted.this),)
        return _Outer(inside, lambda node: type(wanted)(this=node.this, expression=wanted.expression.copy()))
    name = "default" if isinstance(own, exp.Case) else "this" if isinstance(own, _WRAPPERS) else ""
    inner = own.args.get(name)
    whole = isinstance(inner, type(wanted)) and not isinstance(own, type(wanted)) and not isinstance(wanted, _BARE)
    if inner is None or not (whole or printed(inner) == printed(wanted)):
        return None
    return _Outer(((inner, wanted),), lambda node: node.args[name])


def _is_wholly_another(own: exp.Expr, found: Sequence[tuple[exp.Expr, exp.Expr] | None]) -> bool:
    """Whether what differs within an expression cannot be told part by part."""
    return not found or None in found or (isinstance(own, exp.Case) and len(found) > _MOST_IN_CASE)


def _leaves_of(own: exp.Expr | None, wanted: exp.Expr | None) -> Iterator[tuple[exp.Expr, exp.Expr] | None]:
    """The same of two parts of one place; None where one of them is not there."""
    if own is None or wanted is None:
        yield None
    else:
        yield from _leaves(own, wanted)


def _is_of_one_piece(own: exp.Expr, wanted: exp.Expr) -> bool:
    """Whether what differs within two expressions is one mistake: turned round, a term too few, or another ratio of two columns."""
    return _turned(own, wanted) or _lacks_a_term(own, wanted) or _is_another_ratio(own, wanted)


def _is_another_ratio(own: exp.Expr, wanted: exp.Expr) -> bool:
    if not isinstance(own, exp.Div) or not isinstance(wanted, exp.Div):
        return False
    ours, theirs = ([bare_operand(side) for side in (each.left, each.right)] for each in (own, wanted))
    names = all(each.isidentifier() for text in (*ours, *theirs) for each in text.split("."))
    return names and not set(ours) & set(theirs)


def _beside_the_same(own: exp.Expr, wanted: exp.Expr) -> tuple[exp.Expr, exp.Expr] | None:
    """What two products or sums have beside one thing that stands on the other side of the sign in each."""
    if not isinstance(own, exp.Mul | exp.Add) or not isinstance(wanted, exp.Mul | exp.Add):
        return None
    if printed(own.right) == printed(wanted.left):
        return own.left, wanted.right
    return (own.right, wanted.left) if printed(own.left) == printed(wanted.right) else None


def _lacks_a_term(own: exp.Expr, wanted: exp.Expr) -> bool:
    """Whether one of two sums has a term more: which of the others stand side by side says nothing."""
    if not isinstance(own, exp.Add) or not isinstance(wanted, exp.Add):
        return False
    gone, new = lists_differ(list(own.flatten()), list(wanted.flatten()))
    return len(gone) != len(new)


def _turned(own: exp.Expr, wanted: exp.Expr) -> bool:
    """Whether the two sides of a difference or a division have changed places: one mistake, not two."""
    if not isinstance(own, exp.Sub | exp.Div) or not isinstance(wanted, exp.Sub | exp.Div):
        return False
    return (printed(own.left), printed(own.right)) == (printed(wanted.right), printed(wanted.left))


def _way(node: exp.Expr, whole: exp.Expr) -> list[tuple[str, int | None]]:
    steps = []
    while node is not whole and node.parent is not None:
        steps.append((node.arg_key or "", node.index))
        node = node.parent
    return steps[::-1]


def _at(item: exp.Expr, way: Sequence[tuple[str, int | None]]) -> exp.Expr:
    node = item.unalias()
    for name, index in way:
        node = node.args[name] if index is None else node.args[name][index]
    return node


def _changing(place: int, way: Sequence[tuple[str, int | None]], change: Callable[[exp.Expr], exp.Expr]) -> Take:
    """Put what becomes of a part of an output, as it is by then, in its place."""

    def take(block: exp.Select) -> None:
        item = block.expressions[place]
        node = _at(item, way)
        _put(item, node, change(node.copy()))

    return take


def _replacing(place: int, way: Sequence[tuple[str, int | None]], wanted: exp.Expr, parts: Sequence[str] = ()) -> Take:
    """Put another expression in the place of one in an output, or only parts of it in their places."""

    def take(block: exp.Select) -> None:
        item = block.expressions[place]
        node = _at(item, way)
        for part in parts:
            node.set(part, copy.deepcopy(wanted.args.get(part)))
        if not parts:
            _put(item, node, wanted.copy())

    return take


def _put(item: exp.Expr, node: exp.Expr, reading: exp.Expr) -> None:
    """Put an expression in the place of a part of an output, in brackets where what is around would tear it apart."""
    inside = isinstance(node.parent, exp.Binary) and isinstance(reading, NEEDS_BRACKETS)
    reading = exp.Paren(this=reading) if inside else reading
    name = item.alias_or_name
    if node is item and name:  # a bare column keeps its heading
        reading = exp.alias_(reading, name, quoted=True)
    node.replace(reading)
    if isinstance(item, exp.Column) and node is not item and item.name.lower() != name.lower():
        item.replace(exp.alias_(item.copy(), name, quoted=True))
