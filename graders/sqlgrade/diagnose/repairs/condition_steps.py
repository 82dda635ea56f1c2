"""The steps between the conditions of two blocks: which belong together, which were moved, which half alone is wrong."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.contrast import bare, compared_alike, lists_differ, of_one_thing, printed
from sqlgrade.diagnose.reading.trees import joins_of, names_in, period_of
from sqlgrade.diagnose.repairs.step import Step
from sqlgrade.query.clause import Clause
from sqlgrade.query.surgery import conjuncts, has_aggregate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlgrade.diagnose.repairs.step import Take

HOLDERS: dict[str, tuple[type[exp.Expr], Clause]] = {
    "where": (exp.Where, Clause.WHERE),
    "having": (exp.Having, Clause.HAVING),
    "qualify": (exp.Qualify, Clause.WINDOW),
}


_RANGES = (exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between)
_COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.In, exp.Like)
_SIGNS = (exp.EQ, exp.GT, exp.GTE, exp.LT, exp.LTE)
"""Comparisons of which one may stand for another, whatever is compared."""


def conditions_of(block: exp.Select, name: str) -> list[exp.Expr]:
    """The conditions of a clause, or of the join of that name."""
    if name not in HOLDERS:
        return conjuncts(joins_by_name(block)[name].args.get("on"))
    holder = block.args.get(name)
    return conjuncts(holder.this) if holder is not None else []


def of_conditions(
    at: int, holder: exp.Expr, both: tuple[list[exp.Expr], list[exp.Expr]], clause: Clause, name: str
) -> Iterator[Step]:
    """Conditions on the same columns are one step: the two ends of a period may be written as one."""
    ours, theirs = both
    for own, wanted in _one_and_more(_of_groups(*lists_differ(ours, list(_written_alike(ours, theirs))))):
        if len(own) == len(wanted) == 1 and (halves := _sides_mended(own[0], wanted[0])):
            yield from _of_sides(at, own[0], halves, clause, name)
            continue
        about = frozenset().union(*map(names_in, (*own, *wanted)))
        gone, new = (frozenset(map(bare, parts)) for parts in (own, wanted))
        period = period_of(own or wanted) if not own or not wanted else None
        table = period.table.lower() if period is not None else ""
        step = Step(clause, own[0] if own else holder, at, _exchanging(name, own, wanted), gone, new, about, table)
        yield replace(step, halves=_halves(step, holder, own, wanted, name))


def _halves(
    step: Step, holder: exp.Expr, own: Sequence[exp.Expr], wanted: Sequence[exp.Expr], name: str
) -> tuple[Step, ...]:
    """What may be enough of a step: the one condition gone or the other there alone, or one comparison half mended."""
    if own and wanted and not _about_the_same(own, wanted) and not _looks_otherwise(own, wanted):
        apart = _exchanging(name, own, []), _exchanging(name, [], wanted)
        return replace(step, take=apart[0]), replace(step, node=holder, take=apart[1])
    compared = _half_compared(own[0], wanted[0]) if len(own) == len(wanted) == 1 else ()
    return tuple(replace(step, take=_exchanging(name, own, [half])) for half in compared)


def _written_alike(own: Sequence[exp.Expr], wanted: Sequence[exp.Expr]) -> Iterator[exp.Expr]:
    """The wanted conditions, a BETWEEN as its two bounds where the answer writes the bounds of the same thing one by one."""
    bounded = {printed(each.this) for each in own if isinstance(each, exp.GT | exp.GTE | exp.LT | exp.LTE)}
    for each in wanted:
        if isinstance(each, exp.Between) and printed(each.this) in bounded:
            yield exp.GTE(this=each.this.copy(), expression=each.args["low"].copy())
            yield exp.LTE(this=each.this.copy(), expression=each.args["high"].copy())
        else:
            yield each


def _of_groups(own: list[exp.Expr], wanted: list[exp.Expr]) -> list[tuple[list[exp.Expr], list[exp.Expr]]]:
    """The conditions of both sides that belong together: of groups those of the same number, else those about the same columns."""
    pairs = of_one_thing(*([each for each in side if has_aggregate(each)] for side in (own, wanted)))
    paired = {id(each) for pair in pairs for each in pair}
    ours, theirs = ([each for each in side if id(each) not in paired] for side in (own, wanted))
    return [*(([one], [other]) for one, other in pairs), *_by_columns(ours, theirs)]


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
            part = next(each for each in conditions_of(block, name) if printed(each) in ours)
            for each in names:
                part.set(each, copy.deepcopy(source.args.get(each)))
            if source is with_what and type(part) is not type(source):
                part.replace(type(source)(**part.args))

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
    alike = compared_otherwise(own, wanted) or (type(own) is type(wanted) and isinstance(own, _COMPARISONS))
    if not alike or not own.this.find(exp.Column):
        return ()
    rest = [name for name in {**own.args, **wanted.args} if name != "this"]
    beside = [part for name in rest for part in _listed(own.args.get(name))]
    same = _columns(own.this) == _columns(wanted.this) and not _is_moved_across(own, wanted)
    if not same or _columns(own.this) & _columns(*beside) or printed(own.this) == printed(wanted.this):
        return ()
    first, second = own.copy(), wanted.copy()
    first.set("this", wanted.this.copy())
    second.set("this", own.this.copy())
    return () if printed(second) == printed(own) else (first, second)


def compared_otherwise(own: exp.Expr, wanted: exp.Expr) -> bool:
    """Whether two comparisons have another sign and another thing that is compared, made of the same columns: each may be wrong by itself."""
    return (
        isinstance(own, _SIGNS)
        and isinstance(wanted, _SIGNS)
        and type(own) is not type(wanted)
        and printed(own.this) != printed(wanted.this)
        and bool(_columns(own.this))
        and _columns(own.this) == _columns(wanted.this)
    )


def _half_compared(own: exp.Expr, wanted: exp.Expr) -> tuple[exp.Expr, ...]:
    """Of a comparison of another thing, by another sign or with another value, the one with what is compared left as it is, or that alone mended."""
    if not isinstance(own, _SIGNS) or not isinstance(wanted, _SIGNS) or printed(own.this) == printed(wanted.this):
        return ()
    first, second = own.copy(), wanted.copy()
    first.set("this", wanted.this.copy())
    second.set("this", own.this.copy())
    return (second, first) if printed(second) != printed(own) else ()


def _is_moved_across(own: exp.Expr, wanted: exp.Expr) -> bool:
    """Whether time is added on both sides of the two comparisons, in one of which it may stand on the other side as well."""
    return own.this.find(exp.Interval) is not None and all(
        isinstance(each, exp.Binary) and each.expression.find(exp.Interval) is not None for each in (own, wanted)
    )


def _columns(*parts: exp.Expr) -> set[str]:
    return {column.sql().lower() for part in parts for column in part.find_all(exp.Column)}


def _listed(part: object) -> list[exp.Expr]:
    return [each for each in (part if isinstance(part, list) else [part]) if isinstance(each, exp.Expr)]


def _by_columns(ours: list[exp.Expr], theirs: list[exp.Expr]) -> list[tuple[list[exp.Expr], list[exp.Expr]]]:
    """The conditions of both sides about the same columns; where each side asks the same of one other column, they belong together.

    So do an OR of several columns and what the other side asks of some of them.
    """
    ors = _ors((*ours, *theirs))

    def name_of(part: exp.Expr) -> frozenset[str]:
        own = _about(part)
        return max((each for each in ors if own and own < each), key=len, default=own)

    names = dict.fromkeys(map(name_of, (*ours, *theirs)))
    groups = [([p for p in ours if name_of(p) == name], [p for p in theirs if name_of(p) == name]) for name in names]
    gone, new = [own for own, wanted in groups if not wanted], [wanted for own, wanted in groups if not own]
    if len(gone) == len(new) == 1 and _ask_alike(gone[0], new[0]):
        return [(own, wanted) for own, wanted in groups if own and wanted] + [(gone[0], new[0])]
    return groups


def _ask_alike(own: Sequence[exp.Expr], wanted: Sequence[exp.Expr]) -> bool:
    """Whether conditions ask the same, whatever the column: with a constant or a table in common, or as ranges of one each."""
    ours, theirs = ({_without_columns(part) for part in side} for side in (own, wanted))
    values, asked = ({each.sql() for part in side for each in part.find_all(exp.Literal)} for side in (own, wanted))
    ranges = all(isinstance(part, _RANGES) for part in (*own, *wanted))
    return ranges or bool(ours & theirs or values & asked) or _look_into_the_same(own, wanted)


def _look_into_the_same(own: Sequence[exp.Expr], wanted: Sequence[exp.Expr]) -> bool:
    """Whether conditions of both sides look into one table."""
    ours, theirs = ({each.name.lower() for part in side for each in part.find_all(exp.Table)} for side in (own, wanted))
    return bool(ours & theirs)


def _looks_otherwise(own: Sequence[exp.Expr], wanted: Sequence[exp.Expr]) -> bool:
    """Whether one asks something else of the rows of the table that both look into: with the other one beside it, it would go on asking that."""
    asked = (part for each in own for where in each.find_all(exp.Where) for part in conjuncts(where.this))
    return _look_into_the_same(own, wanted) and any(_about(part) != {"="} for part in asked)


def _without_columns(part: exp.Expr) -> str:
    copied = exp.Paren(this=part.copy())
    for column in list(copied.find_all(exp.Column)):
        column.replace(exp.Var(this="_"))
    return printed(copied)


def _about(part: exp.Expr) -> frozenset[str]:
    """The columns that a condition is about; what ties tables together is about that, whatever the key."""
    if isinstance(part, exp.EQ | exp.NullSafeEQ) and all(
        isinstance(each, exp.Column) for each in (part.left, part.right)
    ):
        return frozenset({"="})
    if has_aggregate(part):
        return frozenset({"()"})
    return frozenset(column.sql().lower() for column in part.find_all(exp.Column))


def _exchanging(name: str, own: Sequence[exp.Expr], wanted: Sequence[exp.Expr]) -> Take:
    gone = {printed(part) for part in own}

    def take(block: exp.Select) -> None:
        kept = [part for part in conditions_of(block, name) if printed(part) not in gone]
        parts = [_bracketed(part) for part in (*kept, *(each.copy() for each in wanted))]
        joined = exp.and_(*parts, copy=False) if parts else None
        if name in HOLDERS:
            block.set(name, HOLDERS[name][0](this=joined) if joined is not None else None)
        else:
            joins_by_name(block)[name].set("on", joined or exp.true())

    return take


def _bracketed(part: exp.Expr) -> exp.Expr:
    return exp.Paren(this=part) if isinstance(part, exp.Connector) else part


def put_together(steps: Iterable[Step]) -> list[Step]:
    """Make one step of a condition that goes in one place and comes in another, or of one with the column that it asks about."""
    left = list(steps)
    for step in tuple(left):
        other = next((each for each in left if each is not step and _is_moved(step, each)), None)
        if other is not None and step in left and step.then is None and other.then is None:
            left[left.index(step)] = replace(step, then=other)
            left.remove(other)
    return left


def _nameless(step: Step, conditions: frozenset[str]) -> set[str]:
    """Conditions without the names of what they are about: a step may call its column otherwise."""
    names = re.compile(rf"\b(?:{'|'.join(map(re.escape, step.about)) or '$^'})\b", re.IGNORECASE)
    return {names.sub("_", each) for each in conditions}


def _is_moved(step: Step, other: Step) -> bool:
    """Whether what goes in one place comes in the other: the same condition, or all that is said of a column."""
    if step.hands_on or other.hands_on:
        return bool(other.hands_on & step.about) and not step.gone
    if other.new & step.gone or (other.new and _nameless(other, other.new) == _nameless(step, step.gone)):
        return True
    alike = step.about == other.about or (step.period == other.period != "" and step.block == other.block)
    return bool(step.gone and other.new and not step.new and not other.gone and alike)


def joins_by_name(block: exp.Select) -> dict[str, exp.Join]:
    """The joins of a block, by what they are called in it."""
    return {join.this.alias_or_name.lower(): join for join in joins_of(block)}
