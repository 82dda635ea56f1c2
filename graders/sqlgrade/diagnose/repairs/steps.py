"""The steps from one query to another that is built alike: what differs in each block, and how it is taken over."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from sqlglot import exp

from sqlgrade.diagnose.reading.blocks import grouping_keys
from sqlgrade.diagnose.reading.contrast import bare, compared_alike, lists_differ, printed, sort_keys
from sqlgrade.diagnose.reading.trees import joins_of, names_in, unlike_children
from sqlgrade.diagnose.repairs.from_answer.shaping import order_by_place
from sqlgrade.query.clause import Clause
from sqlgrade.query.surgery import NEEDS_BRACKETS, conjuncts, has_aggregate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Take: TypeAlias = Callable[[exp.Select], None]
"""Takes a difference over into a copy of the learner's block."""

_HOLDERS: dict[str, tuple[type[exp.Expr], Clause]] = {
    "where": (exp.Where, Clause.WHERE),
    "having": (exp.Having, Clause.HAVING),
    "qualify": (exp.Qualify, Clause.WINDOW),
}
_COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.In, exp.Like)
COMMONEST = {
    Clause.FROM: "E27",
    Clause.WHERE: "E22",
    Clause.GROUP_BY: "E26",
    Clause.HAVING: "E22",
    Clause.SELECT: "E43",
    Clause.WINDOW: "E37",
    Clause.ORDER_BY: "E23",
}
"""The commonest mistake of a clause that differs, whatever differs in it."""


@dataclass(frozen=True)
class Step:
    """One difference."""

    clause: Clause
    node: exp.Expr
    """Where it is in the learner's tree: what differs, or the block that lacks it."""
    block: int
    """The block's number, in the order of the text."""
    take: Take
    gone: frozenset[str] = frozenset()
    """The conditions that it takes away, without the names of tables."""
    new: frozenset[str] = frozenset()
    """Those that it brings in."""
    about: frozenset[str] = frozenset()
    """The columns that they are about, without their tables."""
    then: Step | None = None
    """The other half of the same move: a condition that goes here comes there."""
    halves: tuple[Step, ...] = ()
    """Where one condition stands for another: the step that only takes the one away, and the one that only adds the other."""

    is_side: bool = False
    """Whether it is one side of a comparison, or one part of a window, of which the other is to change as well."""

    @property
    def code(self) -> str:
        """The commonest mistake of its clause."""
        return COMMONEST[self.clause]


def steps_between(own: exp.Expr, wanted: exp.Expr) -> list[Step]:
    """List all steps from a query to one that has as many blocks and calls everything by the same names."""
    ours, theirs = (list(tree.find_all(exp.Select, bfs=False)) for tree in (own, wanted))
    return _moves(step for at, pair in enumerate(zip(ours, theirs, strict=True)) for step in _of_blocks(at, *pair))


def _moves(steps: Iterable[Step]) -> list[Step]:
    """Make one step of a condition that goes in one place and comes in another: it was moved."""
    left = list(steps)
    for step in tuple(left):
        other = next((each for each in left if each is not step and _is_moved(step, each)), None)
        if other is not None and step in left and step.then is None and other.then is None:
            left[left.index(step)] = replace(step, then=other)
            left.remove(other)
    return left


def _is_moved(step: Step, other: Step) -> bool:
    """Whether what goes in one place comes in the other: the same condition, or all that is said of a column."""
    if other.new & step.gone:
        return True
    return bool(step.gone and other.new and not step.new and not other.gone and step.about == other.about)


def _of_blocks(at: int, block: exp.Select, other: exp.Select) -> Iterator[Step]:
    yield from _of_sources(at, block, other)
    for name, (_, clause) in _HOLDERS.items():
        ours, theirs = (_parts(each, name) for each in (block, other))
        yield from _of_conditions(at, block, (ours, theirs), clause, name)
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
    ours, theirs = (_joins(each) for each in (block, other))
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
        yield from _of_conditions(at, join, both, Clause.FROM, name)


def _joins(block: exp.Select) -> dict[str, exp.Join]:
    return {join.this.alias_or_name.lower(): join for join in joins_of(block)}


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
            _joins(block)[name].set(arg, wanted.args.get(arg))

    return take


def _parts(block: exp.Select, name: str) -> list[exp.Expr]:
    """The conditions of a clause, or of the join of that name."""
    if name not in _HOLDERS:
        return conjuncts(_joins(block)[name].args.get("on"))
    holder = block.args.get(name)
    return conjuncts(holder.this) if holder is not None else []


def _of_conditions(
    at: int, holder: exp.Expr, both: tuple[list[exp.Expr], list[exp.Expr]], clause: Clause, name: str
) -> Iterator[Step]:
    """Conditions on the same columns are one step: the two ends of a period may be written as one."""
    for own, wanted in _one_and_more(_by_columns(*lists_differ(*both))):
        if len(own) == len(wanted) == 1 and (halves := _sides_mended(own[0], wanted[0])):
            yield from _of_sides(at, own[0], halves, clause, name)
            continue
        about = frozenset().union(*map(names_in, (*own, *wanted)))
        gone, new = (frozenset(map(bare, parts)) for parts in (own, wanted))
        step = Step(clause, own[0] if own else holder, at, _exchanging(name, own, wanted), gone, new, about)
        if own and wanted and not _about_the_same(own, wanted):
            apart = _exchanging(name, own, []), _exchanging(name, [], wanted)
            step = replace(step, halves=(replace(step, take=apart[0]), replace(step, node=holder, take=apart[1])))
        yield step


def _one_and_more(
    groups: Iterable[tuple[list[exp.Expr], list[exp.Expr]]],
) -> Iterator[tuple[list[exp.Expr], list[exp.Expr]]]:
    """A comparison that stands there, and those of the same columns that are missing, apart."""
    for own, wanted in groups:
        beside = compared_alike(own, wanted)
        if beside is None:
            yield own, wanted
        else:
            yield own, [beside]
            yield [], [each for each in wanted if each is not beside]


def _of_sides(at: int, own: exp.Expr, mended: tuple[exp.Expr, ...], clause: Clause, name: str) -> Iterator[Step]:
    """What is compared, and what it is compared with: each mended in whatever the comparison is by then."""
    what, with_what = mended

    def taking(source: exp.Expr, names: Sequence[str]) -> Take:
        def take(block: exp.Select) -> None:
            part = next(each for each in _parts(block, name) if printed(each) in ours)
            for each in names:
                part.set(each, copy.deepcopy(source.args.get(each)))

        return take

    ours = {printed(each) for each in (own, *mended)}
    rest = [each for each in {**own.args, **with_what.args} if each != "this"]
    yield Step(clause, own.this, at, taking(what, ["this"]), is_side=True)
    yield Step(clause, own, at, taking(with_what, rest), is_side=True)


def _ors(parts: Iterable[exp.Expr]) -> list[frozenset[str]]:
    """What each OR among some conditions is about."""
    return [_about(part) for part in parts if isinstance(part.unnest(), exp.Or)]


def _about_the_same(own: Sequence[exp.Expr], wanted: Sequence[exp.Expr]) -> bool:
    """Whether some of each are about the same columns, or an OR is about those of the other side."""
    ours, theirs = ({*map(_about, parts)} for parts in (own, wanted))
    return bool(ours & theirs) or any(
        each < wide for parts, others in ((own, theirs), (wanted, ours)) for wide in _ors(parts) for each in others
    )


def _sides_mended(own: exp.Expr, wanted: exp.Expr) -> tuple[exp.Expr, ...]:
    """Two comparisons that differ in what is compared and in what it is compared with: the one with each mended by itself.

    Nothing where one side alone differs, or the two are of another kind.
    """
    if type(own) is not type(wanted) or not isinstance(own, _COMPARISONS) or not own.this.find(exp.Column):
        return ()
    rest = [name for name in {**own.args, **wanted.args} if name != "this"]
    beside = [part for name in rest for part in _listed(own.args.get(name))]
    same = _columns(own.this) == _columns(wanted.this)
    if not same or _columns(own.this) & _columns(*beside) or printed(own.this) == printed(wanted.this):
        return ()
    first, second = own.copy(), own.copy()
    first.set("this", wanted.this.copy())
    for name in rest:
        second.set(name, copy.deepcopy(wanted.args.get(name)))
    return () if printed(second) == printed(own) else (first, second)


def _columns(*parts: exp.Expr) -> set[str]:
    return {column.sql().lower() for part in parts for column in part.find_all(exp.Column)}


def _listed(part: object) -> list[exp.Expr]:
    return [each for each in (part if isinstance(part, list) else [part]) if isinstance(each, exp.Expr)]


def _by_columns(ours: list[exp.Expr], theirs: list[exp.Expr]) -> list[tuple[list[exp.Expr], list[exp.Expr]]]:
    """The conditions of both sides about the same columns; where each side has one about others, they belong together.

    So do an OR of several columns and what the other side asks of some of them.
    """
    ors = _ors((*ours, *theirs))

    def name_of(part: exp.Expr) -> frozenset[str]:
        own = _about(part)
        return max((each for each in ors if own and own < each), key=len, default=own)

    names = dict.fromkeys(map(name_of, (*ours, *theirs)))
    groups = [([p for p in ours if name_of(p) == name], [p for p in theirs if name_of(p) == name]) for name in names]
    gone, new = [own for own, wanted in groups if not wanted], [wanted for own, wanted in groups if not own]
    if len(gone) == len(new) == 1:
        return [(own, wanted) for own, wanted in groups if own and wanted] + [(gone[0], new[0])]
    return groups


def _about(part: exp.Expr) -> frozenset[str]:
    """The columns that a condition is about; what ties tables together is about that, whatever the key."""
    if isinstance(part, exp.EQ) and isinstance(part.left, exp.Column) and isinstance(part.right, exp.Column):
        return frozenset({"="})
    if has_aggregate(part):
        return frozenset({"()"})
    return frozenset(column.sql().lower() for column in part.find_all(exp.Column))


def _exchanging(name: str, own: Sequence[exp.Expr], wanted: Sequence[exp.Expr]) -> Take:
    gone = {printed(part) for part in own}

    def take(block: exp.Select) -> None:
        kept = [part for part in _parts(block, name) if printed(part) not in gone]
        parts = [_bracketed(part) for part in (*kept, *(each.copy() for each in wanted))]
        joined = exp.and_(*parts, copy=False) if parts else None
        if name in _HOLDERS:
            block.set(name, _HOLDERS[name][0](this=joined) if joined is not None else None)
        else:
            _joins(block)[name].set("on", joined or exp.true())

    return take


def _bracketed(part: exp.Expr) -> exp.Expr:
    return exp.Paren(this=part) if isinstance(part, exp.Connector) else part


def _of_outputs(at: int, block: exp.Select, other: exp.Select) -> Iterator[Step]:
    """Output columns as a whole where there are more or fewer, else each place in each of them."""
    ours, theirs = block.expressions, other.expressions
    if len(ours) != len(theirs) or block.is_star != other.is_star:
        yield Step(Clause.SELECT, ours[0], at, lambda copied: copied.set("expressions", [e.copy() for e in theirs]))
        return
    texts, asked = ([printed(item.unalias()) for item in each] for each in (ours, theirs))
    exchanged = _exchanged_places(texts, asked)
    for pair in exchanged.items():
        first, second = (_whole_output(at, n, ours[n].unalias(), theirs[n].unalias()) for n in pair)
        yield replace(first, then=second)
    for place in sorted(set(range(len(ours))) - {*exchanged, *exchanged.values()}):
        yield from _of_output(at, place, ours[place].unalias(), theirs[place].unalias())


def _of_output(at: int, place: int, whole: exp.Expr, meant: exp.Expr) -> Iterator[Step]:
    for own, wanted in _leaves(whole, meant):
        clause = Clause.WINDOW if own.find(exp.Window) or own.find_ancestor(exp.Window) else Clause.SELECT
        if isinstance(own, exp.Window) and isinstance(wanted, exp.Window) and (parts := _parts_apart(own, wanted)):
            takes = (_replacing(place, _way(own, whole), wanted, names) for names in parts)
            yield from (Step(clause, own, at, take, is_side=True) for take in takes)
            continue
        yield Step(clause, own, at, _replacing(place, _way(own, whole), wanted))


def _parts_apart(own: exp.Window, wanted: exp.Window) -> list[tuple[str, ...]]:
    """The parts of two windows around the same function that differ by themselves: how rows are split, and how they are gone through."""
    parts = [("partition_by",), ("order", "spec")]
    apart = [names for names in parts if any(own.args.get(name) != wanted.args.get(name) for name in names)]
    return apart if len(apart) > 1 and own.this == wanted.this else []


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
    if own == wanted or printed(own) == printed(wanted) or isinstance(own, exp.Query):
        return
    alike = type(own) is type(wanted) and not _turned(own, wanted) and not _lacks_a_term(own, wanted)
    pairs = unlike_children(own, wanted) if alike else None
    found = [(a, b) for a, b in pairs if a is not None and b is not None] if pairs else []
    if not pairs or len(found) < len(pairs):
        yield own, wanted
        return
    for pair in found:
        yield from _leaves(*pair)


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


def _replacing(place: int, way: Sequence[tuple[str, int | None]], wanted: exp.Expr, parts: Sequence[str] = ()) -> Take:
    """Put another expression in the place of one in an output, or only parts of it in their places."""

    def take(block: exp.Select) -> None:
        item = block.expressions[place]
        node = item.unalias()
        for name, index in way:
            node = node.args[name] if index is None else node.args[name][index]
        for part in parts:
            node.set(part, copy.deepcopy(wanted.args.get(part)))
        if parts:
            return
        inside = isinstance(node.parent, exp.Binary) and isinstance(wanted, NEEDS_BRACKETS)
        reading = exp.Paren(this=wanted.copy()) if inside else wanted.copy()
        name = item.alias_or_name
        if node is item and name:  # a bare column keeps its heading
            reading = exp.alias_(reading, name, quoted=True)
        node.replace(reading)

    return take
