"""Two forms of one query held side by side, block by block: what stands in the one and not in the other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.blocks import grouping_keys
from sqlgrade.diagnose.reading.trees import joins_of
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_ORDERED = (exp.LT, exp.LTE, exp.GT, exp.GTE)


class Part(StrEnum):
    """A part of a query block, by the word that a learner writes for it."""

    JOIN = "JOIN"
    ON = "ON"
    WHERE = "WHERE"
    GROUP_BY = "GROUP BY"
    HAVING = "HAVING"
    QUALIFY = "QUALIFY"
    SELECT = "SELECT"
    DISTINCT = "DISTINCT"
    UNION = "UNION"
    ORDER_BY = "ORDER BY"
    LIMIT = "LIMIT"
    OFFSET = "OFFSET"


@dataclass(frozen=True)
class Difference:
    """What one part of a block has in the learner's query, and what it has once the mistake is undone."""

    part: Part
    block: exp.Expr
    """The learner's block, or set operation."""
    own: tuple[exp.Expr, ...] = ()
    wanted: tuple[exp.Expr, ...] = ()
    holder: exp.Expr | None = None
    """The learner's join of an ON or JOIN."""

    @property
    def changed(self) -> tuple[exp.Expr, exp.Expr] | None:
        """The one thing that stands in another's place, if it is one."""
        return (self.own[0], self.wanted[0]) if len(self.own) == len(self.wanted) == 1 else None


@dataclass(frozen=True)
class SortKey:
    """One key of an ORDER BY: an output column's place (from 1) or a printed expression, and its direction."""

    of: str
    descending: bool
    node: exp.Expr


def differences(own: exp.Expr, wanted: exp.Expr) -> tuple[Difference, ...]:
    """Hold the learner's tree against the tree in which the mistake is undone."""
    turned = list(_turned(own, wanted))
    inside = {id(block) for each in turned for block in each.own[0].find_all(exp.Select)}
    found = [*_of_heads(own, wanted), *turned]
    for block, other in _pairs(own, wanted):
        if id(block) not in inside:
            found += _without_moves(list(_of_blocks(block, other)))
    return tuple(found)


def _turned(own: exp.Expr, wanted: exp.Expr) -> Iterator[Difference]:
    """Outputs of the outermost block that subtract one query from another, where the two have changed places."""
    if not isinstance(own, exp.Select) or not isinstance(wanted, exp.Select):
        return
    theirs = {(less.right.sql(), less.left.sql()): less for item in wanted.selects for less in item.find_all(exp.Sub)}
    for less in (less for item in own.selects for less in item.find_all(exp.Sub)):
        sides = less.left.sql(), less.right.sql()
        if sides in theirs and sides[0] != sides[1] and less.find(exp.Select) is not None:
            yield Difference(Part.SELECT, own, (less,), (theirs[sides],))


def _without_moves(found: list[Difference]) -> list[Difference]:
    """Leave out what stands in WHERE on one side and in the ON of an inner join on the other, where it does the same."""
    outer = any(join.side for each in found for join in joins_of(each.block))
    parts = [each for each in found if each.part in (Part.WHERE, Part.ON)]
    if outer or any(each.part is Part.JOIN for each in found) or len({each.part for each in parts}) == 1:
        return found
    ours = {printed(node) for each in parts for node in each.own}
    moved = ours & {printed(node) for each in parts for node in each.wanted}
    kept = [_without(each, moved) if each in parts else each for each in found]
    return [each for each in _changed_on_the_way(kept) if each.own or each.wanted]


def _changed_on_the_way(found: list[Difference]) -> list[Difference]:
    """A condition of WHERE for one of ON that asks something else of the same thing is that condition changed, wherever it stands."""
    parts = [each for each in found if each.part in (Part.WHERE, Part.ON)]
    gone, new = [each for each in parts if not each.wanted], [each for each in parts if not each.own]
    if len(gone) != 1 or len(new) != 1:
        return found
    pairs = of_one_thing(gone[0].own, new[0].wanted)
    left = replace(gone[0], own=_others(gone[0].own, [own for own, _ in pairs]))
    lacking = replace(new[0], wanted=_others(new[0].wanted, [wanted for _, wanted in pairs]))
    changed = [replace(gone[0], own=(own,), wanted=(wanted,)) for own, wanted in pairs]
    return [*(each for each in found if each is not gone[0] and each is not new[0]), *changed, left, lacking]


def _others(nodes: Sequence[exp.Expr], told: Sequence[exp.Expr]) -> tuple[exp.Expr, ...]:
    known = {id(each) for each in told}
    return tuple(each for each in nodes if id(each) not in known)


def _without(difference: Difference, moved: set[str]) -> Difference:
    own, wanted = (
        tuple(node for node in side if printed(node) not in moved) for side in (difference.own, difference.wanted)
    )
    return replace(difference, own=own, wanted=wanted)


def printed(node: exp.Expr | None) -> str:
    """A part as text in which the blocks inside it are left out: they are compared by themselves."""
    if node is None:
        return ""
    if node.find(exp.Select) is None:
        return node.sql("duckdb", normalize_functions="upper")
    copied = node.copy()
    inner = [found for found in copied.find_all(exp.Select) if found.find_ancestor(exp.Select) is None]
    for select in inner:
        if select is not copied:
            select.replace(exp.Var(this="…"))
    return copied.sql("duckdb", copy=False, normalize_functions="upper")


def bare(part: exp.Expr) -> str:
    """A condition without the names of tables, which may be called otherwise elsewhere, and with '2025-12-01' for TIMESTAMP '2025-12-01'."""
    copied = part.unnest().copy()
    if isinstance(copied, exp.EQ) and isinstance(copied.expression, exp.Boolean):  # `x = FALSE` says NOT x
        copied = copied.this if copied.expression.this else exp.Not(this=copied.this)
    for cast in list(copied.find_all(exp.Cast)):
        if isinstance(cast.this, exp.Literal):
            cast.replace(cast.this)
    for column in copied.find_all(exp.Column):
        column.set("table", None)
    return printed(copied)


def sort_keys(tree: exp.Expr) -> list[SortKey]:
    """The keys of an outermost ORDER BY, output columns told by their place."""
    order = tree.args.get("order")
    return [_sort_key(key, tree) for key in order.expressions] if isinstance(order, exp.Order) else []


def same_key(key: SortKey, other: SortKey) -> bool:
    """Whether two keys sort by one thing, also where only one is shown as an output (SELECT * has no place for it)."""
    inner, wanted = (each.node.this if isinstance(each.node, exp.Ordered) else each.node for each in (key, other))
    if key.of == other.of or key.of.startswith("#") == other.of.startswith("#"):
        return key.of == other.of
    return (
        isinstance(inner, exp.Column) and isinstance(wanted, exp.Column) and inner.name.lower() == wanted.name.lower()
    )


def lists_differ(own: Sequence[exp.Expr], wanted: Sequence[exp.Expr]) -> tuple[list[exp.Expr], list[exp.Expr]]:
    """Those that stand on one side only, told by their text."""
    if list(own) == list(wanted):
        return [], []
    ours, theirs = Counter(map(printed, own)), Counter(map(printed, wanted))
    return _rest(own, theirs), _rest(wanted, ours)


def _pairs(own: exp.Expr, wanted: exp.Expr) -> Iterator[tuple[exp.Select, exp.Select]]:
    """The blocks that stand for each other: one for one where there are as many, else by place from the outside in."""
    ours, theirs = list(own.find_all(exp.Select, bfs=False)), list(wanted.find_all(exp.Select, bfs=False))
    if len(ours) == len(theirs):
        yield from zip(ours, theirs, strict=True)
        return
    known = {_way(select): select for select in theirs}
    yield from ((select, known[_way(select)]) for select in ours if _way(select) in known)


def _way(node: exp.Expr) -> tuple[tuple[str | None, int | None], ...]:
    steps = []
    while node.parent is not None:
        steps.append((node.arg_key, node.index))
        node = node.parent
    return tuple(steps)


def _of_heads(own: exp.Expr, wanted: exp.Expr) -> Iterator[Difference]:
    """ORDER BY and LIMIT of a set operation at the top, and the kind of each one; inside of a block where there are as many."""
    both = [list(tree.find_all(exp.SetOperation)) for tree in (own, wanted)]
    if isinstance(own, exp.Select) or isinstance(wanted, exp.Select):
        if type(own) is not type(wanted) or len(both[0]) != len(both[1]):
            return
    else:
        yield from _of_order(own, wanted)
    for ours, theirs in zip(*both, strict=False):
        if bool(ours.args.get("distinct")) != bool(theirs.args.get("distinct")) or type(ours) is not type(theirs):
            yield Difference(Part.UNION, ours, (ours,), (theirs,))


def _of_blocks(own: exp.Select, wanted: exp.Select) -> Iterator[Difference]:
    joins = list(_of_joins(own, wanted))
    placed = _other_places(joins)
    yield from (each for each in joins if each not in placed)
    moved = [[tie for node in side for tie in _ties(node)] for side in _sides(placed)]
    for part in (Part.WHERE, Part.HAVING, Part.QUALIFY):
        ours, theirs = (_conditions(block, part) for block in (own, wanted))
        if part is Part.WHERE:
            ours, theirs = ours + moved[0], theirs + moved[1]
        yield from _unlike(part, own, ours, theirs)
    outputs = list(_of_outputs(own, wanted))
    told = {printed(node) for each in outputs for node in (*each.own, *each.wanted)}
    ours, theirs = ([key for key in grouping_keys(block) if printed(key) not in told] for block in (own, wanted))
    yield from _unlike(Part.GROUP_BY, own, ours, theirs)  # a key that is an output column is told with it
    yield from outputs
    if (own.args.get("distinct") is None) != (wanted.args.get("distinct") is None):
        yield Difference(Part.DISTINCT, own, _there(own, "distinct"), _there(wanted, "distinct"))
    yield from _of_order(own, wanted)


def _of_joins(own: exp.Select, wanted: exp.Select) -> Iterator[Difference]:
    ours, theirs = ({_named(join.this): join for join in joins_of(block)} for block in (own, wanted))
    for name, join in ours.items():
        other = theirs.get(name)
        if other is None:
            yield Difference(Part.JOIN, own, (join,), (), join)
            continue
        if _kind(join) != _kind(other) or printed(join.this) != printed(other.this):
            yield Difference(Part.JOIN, own, (join,), (other,), join)
        yield from _unlike(Part.ON, own, _ties(join), _ties(other), join)
    for name, join in theirs.items():
        if name not in ours:
            yield Difference(Part.JOIN, own, (), (join,))
    first, wanted_first = own.args.get("from_"), wanted.args.get("from_")
    if first != wanted_first and printed(first) != printed(wanted_first):
        yield Difference(Part.JOIN, own, _there(own, "from_"), _there(wanted, "from_"))


def _other_places(joins: Sequence[Difference]) -> list[Difference]:
    """Tables that only stand in FROM on one side and in an inner JOIN on the other: which comes first makes no difference."""
    found = [each for each in joins if each.part is Part.JOIN]
    ours, theirs = _sides(found)
    inner = all(
        not isinstance(node, exp.Join) or not _kind(node).replace("CROSS", "").strip() for node in (*ours, *theirs)
    )
    same = sorted(printed(node.this) for node in ours) == sorted(printed(node.this) for node in theirs)
    return found if len(found) > 1 and same and inner else []


def _sides(found: Sequence[Difference]) -> tuple[list[exp.Expr], list[exp.Expr]]:
    return [node for each in found for node in each.own], [node for each in found for node in each.wanted]


def _of_outputs(own: exp.Select, wanted: exp.Select) -> Iterator[Difference]:
    """Output columns: in pairs where there are as many, else those that stand on one side only."""
    ours, theirs = ([item.unalias() for item in block.expressions] for block in (own, wanted))
    if len(ours) != len(theirs):
        yield from _unlike(Part.SELECT, own, ours, theirs)
        return
    for item, other in zip(ours, theirs, strict=True):
        if item != other and printed(item) != printed(other):
            yield Difference(Part.SELECT, own, (item,), (other,))


def _of_order(own: exp.Expr, wanted: exp.Expr) -> Iterator[Difference]:
    ours, theirs = sort_keys(own), sort_keys(wanted)
    if len(ours) != len(theirs) or not all(map(_sorts_alike, ours, theirs)):
        yield Difference(Part.ORDER_BY, own, tuple(k.node for k in ours), tuple(k.node for k in theirs))
    for part, name in ((Part.LIMIT, "limit"), (Part.OFFSET, "offset")):
        if printed(own.args.get(name)) != printed(wanted.args.get(name)):
            yield Difference(part, own, _there(own, name), _there(wanted, name))


def _unlike(
    part: Part, block: exp.Expr, ours: Sequence[exp.Expr], theirs: Sequence[exp.Expr], holder: exp.Expr | None = None
) -> Iterator[Difference]:
    own, wanted = lists_differ(ours, theirs)
    if (beside := compared_alike(own, wanted)) is not None:
        yield Difference(part, block, (own[0],), (beside,), holder)
        own, wanted = [], [each for each in wanted if each is not beside]
    if own or wanted:
        yield Difference(part, block, tuple(own), tuple(wanted), holder)


def compared_alike(own: Sequence[exp.Expr], wanted: Sequence[exp.Expr]) -> exp.Expr | None:
    """The one of several conditions that holds the same two things against each other as the only one that stands there: the others are missing."""
    if len(own) != 1 or len(wanted) < 2 or not isinstance(own[0], _ORDERED):
        return None
    alike = [each for each in wanted if isinstance(each, _ORDERED) and _compared(each) == _compared(own[0])]
    return alike[0] if len(alike) == 1 else None


def of_one_thing(own: Sequence[exp.Expr], wanted: Sequence[exp.Expr]) -> list[tuple[exp.Expr, exp.Expr]]:
    """The comparisons of both sides that alone ask something of the same thing, in pairs."""
    ours, theirs = (
        [
            (printed(each.this), each)
            for each in side
            if isinstance(each, exp.Binary) and isinstance(each, exp.Predicate)
        ]
        for side in (own, wanted)
    )
    names = [Counter(name for name, _ in side) for side in (ours, theirs)]
    alone = {name for name, times in names[0].items() if times == names[1][name] == 1}
    asked = dict(theirs)
    return [(each, asked[name]) for name, each in ours if name in alone]


def _compared(comparison: exp.Expr) -> tuple[str, str]:
    return bare(comparison.this), bare(comparison.expression)


def _rest(nodes: Sequence[exp.Expr], others: Counter[str]) -> list[exp.Expr]:
    left, rest = others.copy(), []
    for node in nodes:
        text = printed(node)
        if left[text]:
            left[text] -= 1
        else:
            rest.append(node)
    return rest


def _conditions(block: exp.Select, part: Part) -> list[exp.Expr]:
    holder = block.args.get(part.lower())
    return conjuncts(holder.this) if holder is not None else []


def _there(block: exp.Expr, name: str) -> tuple[exp.Expr, ...]:
    part = block.args.get(name)
    return (part,) if isinstance(part, exp.Expr) else ()


def _ties(join: exp.Expr) -> list[exp.Expr]:
    using: list[exp.Expr] = [exp.EQ(this=name.copy(), expression=name.copy()) for name in join.args.get("using") or ()]
    return using or conjuncts(join.args.get("on"))


def _kind(join: exp.Join) -> str:
    return (
        f"{join.side or ''} {'CROSS' if join.kind == 'CROSS' else join.kind if join.kind in {'SEMI', 'ANTI'} else ''}"
    )


def _named(item: exp.Expr) -> str:
    return str(item.alias_or_name).lower()


def _sorts_alike(key: SortKey, other: SortKey) -> bool:
    return same_key(key, other) and (key.descending, _nulls(key)) == (other.descending, _nulls(other))


def _nulls(key: SortKey) -> bool:
    return bool(key.node.args.get("nulls_first"))


def _sort_key(key: exp.Expr, tree: exp.Expr) -> SortKey:
    inner = key.this if isinstance(key, exp.Ordered) else key
    outputs = list(tree.expressions) if isinstance(tree, exp.Select) else []
    if not outputs and isinstance(tree, exp.SetOperation):
        outputs = list(tree.selects)
    of = printed(inner)
    for place, item in enumerate(outputs, start=1):
        bare = isinstance(inner, exp.Column) and inner.name.lower() == item.alias_or_name.lower()
        if bare or inner == item.unalias() or of == str(place):
            of = f"#{place}"
            break
    return SortKey(of, bool(key.args.get("desc")), key)
