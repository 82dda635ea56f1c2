"""One condition that should read as another: value, bound, direction, column, pattern, list."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.bounds import moment
from sqlgrade.diagnose.mistakes.choosing import choose
from sqlgrade.diagnose.mistakes.clocks import other_clock
from sqlgrade.diagnose.mistakes.lacking import BLANKS_KEPT, MONTH_WITHOUT_YEAR
from sqlgrade.diagnose.mistakes.patterns import is_turned
from sqlgrade.diagnose.mistakes.record import Before, Family, Mistake, Occurrence, Tier
from sqlgrade.diagnose.mistakes.rule import CONDITION_RULES, condition_rule
from sqlgrade.diagnose.mistakes.scene import read_apart
from sqlgrade.diagnose.mistakes.sides import one_side
from sqlgrade.diagnose.reading.contrast import bare, lists_differ
from sqlgrade.diagnose.reading.trees import (
    asks_for_blank,
    column_name,
    columns,
    drops_rows,
    kernel,
    names_in,
    place_in,
    values_of,
)
from sqlgrade.query.columns import DATE, TIMESTAMP
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.diagnose.mistakes.scene import Scene
    from sqlgrade.diagnose.reading.contrast import Difference, Part

BLANKS_DROPPED = Mistake("blanks_dropped", "E20", Family.CONDITIONS, alike="too_much")
EMPTIES_DROPPED = Mistake("empties_dropped", "E20", Family.CONDITIONS, alike="too_much")
BLANKS_UNLIKE = Mistake("blanks_unlike", "E10", Family.CONDITIONS)
FILLED_FOR_COMPARED = Mistake("filled_for_compared", "E20", Family.CONDITIONS)
CONDITION_EXTRA = Mistake("condition_extra", "E20", Family.CONDITIONS, Tier.PART, alike="too_much")
CONDITION_OTHER = Mistake(
    "condition_other",
    "E22",
    Family.CONDITIONS,
    Tier.GENERAL,
    before=(Before("calculation_part", "it is a condition that is wrong, not a calculation"),),
)
EQUALS_BLANK = Mistake(
    "equals_blank", "E10", Family.CONDITIONS, before=(Before("value_unknown", "a blank is what is looked for"),)
)
BLANK_INVERTED = Mistake(
    "blank_inverted", "E10", Family.CONDITIONS, before=(Before("condition_inverted", "it speaks of blanks"),)
)
CONDITION_INVERTED = Mistake(
    "condition_inverted", "E46", Family.CONDITIONS, before=(Before("value_unknown", "the value is not what is wrong"),)
)
EXISTS_INVERTED = Mistake("exists_inverted", "E46", Family.CONDITIONS)
EXISTS_SOME_OTHER = Mistake("exists_some_other", "E46", Family.CONDITIONS)
DAYS_FOR_MOMENTS = Mistake("days_for_moments", "E36", Family.CONDITIONS)
MOMENTS_FOR_DAYS = Mistake("moments_for_days", "E36", Family.CONDITIONS)
DAYS_FOR_MONTHS = Mistake("days_for_months", "E42", Family.CONDITIONS)
CONDITION_COLUMN = Mistake(
    "condition_column",
    "E25",
    Family.CONDITIONS,
    Tier.PART,
    before=(
        Before("value_unknown", "the value is that of another column"),
        Before("value_unknown_code", "the value is that of another column"),
        Before("value_near", "the value is that of another column"),
        Before("denominator", "it is a condition below the line"),
    ),
)
OR_FOR_AND = Mistake("or_for_and", "E21", Family.CONDITIONS)
AND_FOR_EITHER = Mistake("and_for_either", "E21", Family.CONDITIONS)
AND_MISSING = Mistake("and_missing", "E20", Family.CONDITIONS, alike="missing")

_MEANT_AS_BLANK = ("", "NULL")
"""Texts that people write for a blank."""


def other_condition(own: exp.Expr, wanted: exp.Expr, part: Part, scene: Scene) -> Iterator[Occurrence]:
    """Name what is wrong with one condition."""
    own, wanted = one_side(own.unnest(), wanted.unnest())
    word = place_in(own, part)
    found = choose(CONDITION_RULES, lambda each: next(each.find(own, wanted, scene), None))
    if found is not None:
        yield found.on(word, found.node or own)


@condition_rule
def _tied_otherwise(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """One of several conditions that all have to hold, one besides, or AND for OR; a WHERE is compared part by part."""
    if {type(own), type(wanted)} == {exp.And, exp.Or}:
        parts = [list(each.flatten()) for each in (own, wanted) if isinstance(each, exp.And | exp.Or)]
        if not any(lists_differ(*parts)):
            told = {"condition": scene.quote(parts[0][0]), "other": scene.quote(parts[0][1])}
            yield (AND_FOR_EITHER if isinstance(own, exp.And) else OR_FOR_AND).at("", own, told)
        return
    ours, theirs = lists_differ(conjuncts(own), conjuncts(wanted))
    if theirs and not ours:
        yield AND_MISSING.at("", own, {"condition": scene.quote(own)})
    elif len(ours) == 1 and not theirs:
        told = {"condition": scene.quote(ours[0]), "column": column_name(ours[0])}
        yield CONDITION_EXTRA.at("", ours[0], told)


def other_column(own: exp.Expr, wanted: exp.Expr, part: Part, scene: Scene) -> Iterator[Occurrence]:
    """The right comparison on another column, and nothing else about it."""
    for each in _column(own, wanted, scene):
        yield each.on(place_in(own, part), own)


@condition_rule
def _by_another_clock(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """The same days or moments on a column that is moved otherwise; with others it may come to the same.

    A column that is compared as it is with an hour that was written out: then the hour is told, which is by another clock.
    """
    ours, theirs = ([each.name for each in values_of(node)] for node in (own, wanted))
    if ours == theirs and not (
        own.find(exp.Interval) is None and drops_rows(own) and any(map(_has_hour, values_of(own)))
    ):
        yield from other_clock(own, wanted, scene)


def _has_hour(value: exp.Literal) -> bool:
    """Whether a constant is a moment that is not a midnight."""
    at = moment(value)
    return at is not None and at.time() != dt.time(0)


@condition_rule
def _blank(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """Asked for a blank as if it were a value, for the opposite, or with a value in its place."""
    yield from _unlike(own, wanted, scene)
    asked, kept = null_test(own), null_test(wanted)
    if kept is None:
        if asked is not None and isinstance(own, exp.Not):
            yield from _filled(own, asked, wanted, scene)
        return
    told = {"condition": scene.quote(own), "column": kept.name}
    if asked is None:
        if _equals_blank(own.this.unnest() if isinstance(own, exp.Not) else own):
            yield EQUALS_BLANK.at("", own, told)
    elif asked.name != kept.name or isinstance(own, exp.Not) == isinstance(wanted, exp.Not):
        yield CONDITION_COLUMN.at("", own, {"own": asked.name, **told})
    else:
        yield BLANK_INVERTED.at("", own, told)


def dropping(own: exp.Expr) -> Mistake:
    """What a condition drops that leaves rows with a blank out: `<> ''` the empty texts as well."""
    texts = [each.name for each in own.find_all(exp.Literal) if each.is_string]
    return EMPTIES_DROPPED if isinstance(own, exp.NEQ) and texts == [""] else BLANKS_DROPPED


def _unlike(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """`<>`, which drops blanks, for IS DISTINCT FROM, or the other way round."""
    if isinstance(own, exp.NEQ) and isinstance(wanted, exp.NullSafeNEQ) and own.this == wanted.this:
        told = {"condition": scene.quote(own), "column": column_name(own)}
        yield (BLANKS_DROPPED if drops_rows(own) else BLANKS_UNLIKE).at("", own, told)
    if isinstance(own, exp.NullSafeNEQ) and isinstance(own.this, exp.Column) and own.this in list(columns(wanted)):
        without = exp.NEQ(this=own.this.copy(), expression=own.expression.copy())
        if scene.mends(own, without):
            yield BLANKS_KEPT.at("", own, {"column": own.this.name})


def _filled(own: exp.Not, asked: exp.Column, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """IS NOT NULL where something else is asked for."""
    told = {"condition": scene.quote(own), "column": asked.name}
    both = exp.and_(wanted.copy(), own.copy())
    if drops_rows(own) and asked.name not in _asked_of_values(wanted) and scene.tells_apart(own, wanted, both):
        yield BLANKS_DROPPED.at("", own, told, code="E20")
    elif isinstance(wanted, exp.EQ | exp.GT | exp.GTE | exp.LT | exp.LTE):
        yield FILLED_FOR_COMPARED.at("", own, told)


def _equals_blank(node: exp.Expr) -> bool:
    """Whether something is held against a blank as if it were a value."""
    return isinstance(node, exp.EQ | exp.NEQ) and any(map(_means_blank, (node.left, node.right)))


def _means_blank(side: exp.Expr) -> bool:
    text = isinstance(side, exp.Literal) and side.is_string and side.name.strip().upper() in _MEANT_AS_BLANK
    return text or isinstance(side.unnest(), exp.Null)


def _asked_of_values(wanted: exp.Expr) -> set[str]:
    """The columns whose blanks a condition drops, too, as it asks for a value."""
    return {column.name for column in columns(wanted)} if wanted.find(exp.Null, exp.Coalesce) is None else set()


def null_test(node: exp.Expr) -> exp.Column | None:
    """The column that a condition asks whether it is blank, or is not."""
    inner = node.this.unnest() if isinstance(node, exp.Not) else node
    tests = asks_for_blank(inner)
    return inner.this if tests and isinstance(inner.this, exp.Column) else None


@condition_rule
def negated(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """The same condition, turned round."""
    inner, other = _positive(own), _positive(wanted)
    turned = _is_negative(own) != _is_negative(wanted)
    if turned and _alike(inner, other, scene):
        if not isinstance(inner, exp.Exists):
            yield CONDITION_INVERTED.at("", own, {"condition": scene.quote(own)})
        elif not (within := _differences_in(inner, scene)):
            yield EXISTS_INVERTED.at("", own, {"condition": scene.quote(own)})
        elif not _is_negative(own) and (turned_inside := _negated_within(within)) is not None:
            told = {"condition": scene.quote(turned_inside)}
            yield EXISTS_SOME_OTHER.at("", turned_inside, told)


def _differences_in(inner: exp.Expr, scene: Scene) -> list[Difference]:
    """What else differs in a query in brackets, so that more than NOT is wrong."""
    blocks = {id(each) for each in inner.find_all(exp.Select)}
    return [each for each in scene.differences if id(each.block) in blocks]


def _negated_within(within: list[Difference]) -> exp.Expr | None:
    """The one condition of a query in brackets that says no to what is asked for there."""
    pair = within[0].changed if len(within) == 1 else None
    if pair is None or _positive(pair[0].unnest()) != _positive(pair[1].unnest()):
        return None
    return pair[0] if _is_negative(pair[0].unnest()) and not _is_negative(pair[1].unnest()) else None


def _is_negative(node: exp.Expr) -> bool:
    if is_turned(node):
        return True
    if isinstance(node, exp.EQ | exp.NEQ) and any(isinstance(side, exp.Boolean) for side in (node.left, node.right)):
        false = any(isinstance(side, exp.Boolean) and not side.this for side in (node.left, node.right))
        return false != isinstance(node, exp.NEQ)
    return isinstance(node, exp.Not | exp.NEQ)


def _positive(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Like | exp.ILike):
        return type(node)(this=node.this.copy(), expression=node.expression.copy())
    if isinstance(node, exp.Not):
        return _positive(node.this.unnest())
    if isinstance(node, exp.EQ | exp.NEQ) and any(isinstance(side, exp.Boolean) for side in (node.left, node.right)):
        return node.right if isinstance(node.left, exp.Boolean) else node.left
    return exp.EQ(this=node.left.copy(), expression=node.right.copy()) if isinstance(node, exp.NEQ) else node


def _alike(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> bool:
    if type(own) is not type(wanted):
        return False
    if isinstance(own, exp.Exists):
        ours, theirs = ({table.name.lower() for table in node.find_all(exp.Table)} for node in (own, wanted))
        return ours == theirs
    if [each.name for each in values_of(own)] != [each.name for each in values_of(wanted)]:
        return False
    return [c.name.lower() for c in columns(own)] == [c.name.lower() for c in columns(wanted)]


@condition_rule
def _month_alone(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """A month without its year, with no other condition on its column beside it."""
    if not isinstance(own, exp.EQ | exp.In) or not _of_month(own) or _of_month(wanted):
        return
    holder, names = own.find_ancestor(exp.Where, exp.Having, exp.Qualify), names_in(own)
    parts = [each.unnest() for each in conjuncts(holder.this)] if holder is not None else []
    beside = [each for each in parts if each is not own and not (isinstance(each, exp.EQ) and ties_tables(each))]
    if not any(each.name.lower() in names for part in beside for each in columns(part)):
        yield MONTH_WITHOUT_YEAR.at("", own, {"condition": scene.quote(own)})


def _of_month(node: exp.Expr) -> bool:
    """Whether a condition asks for the number of a month."""
    taken = node.find_all(exp.Month, exp.Extract)
    return any(isinstance(each, exp.Month) or each.name.upper() == "MONTH" for each in taken)


@condition_rule
def _column(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """The right comparison, on another column."""
    odd = _odd_column(own, wanted, scene) if ties_tables(own) == ties_tables(wanted) else None
    if odd is not None:
        yield CONDITION_COLUMN.at("", own, {"own": scene.quote(odd), "condition": scene.quote(own)})


def _odd_column(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> exp.Column | None:
    """The one column that stands in another's place."""
    inner, other = kernel(own, wanted)
    if isinstance(inner, exp.Identifier) and isinstance(inner.parent, exp.Column):
        inner = inner.parent
        other = other.parent if isinstance(other.parent, exp.Column) else other
    if isinstance(inner, exp.Column) and isinstance(other, exp.Column):
        return inner
    if (namesake := _namesake(own, wanted, scene)) is not None:
        return namesake
    ours, theirs = names_in(own), names_in(wanted)
    odd = [each for each in columns(own) if each.name.lower() in ours - theirs]
    if odd and len(ours) == len(theirs) == 1 and _compare_alike(own, wanted, scene):
        return odd[0]
    among = type(own) is type(wanted) and ours & theirs
    return odd[0] if among and len(odd) == len(theirs - ours) == 1 else None


def _namesake(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> exp.Column | None:
    """The one column of a condition, if all that differs is that it is of another table of the block."""
    mine, theirs = columns(own), columns(wanted)
    if len(mine) != 1 or len(theirs) != 1 or bare(own) != bare(wanted):
        return None
    return mine[0] if read_apart(mine[0], theirs[0], scene) else None


def ties_tables(node: exp.Expr) -> bool:
    """Whether one column is compared with another one, rather than with a constant."""
    return isinstance(node, exp.Binary) and bool(columns(node.left)) and bool(columns(node.right))


def _compare_alike(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> bool:
    """Whether two conditions ask the same of their columns, or hold values of one kind against them."""
    kinds = {scene.learner.family(columns(each)[0]).replace(DATE, TIMESTAMP) for each in (own, wanted)}
    same = values_of(own) and [each.name for each in values_of(own)] == [each.name for each in values_of(wanted)]
    return isinstance(own, exp.Predicate) and (bool(same) or len(kinds) == 1)


@condition_rule
def _days_for_moments(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """Columns cut to their days before they are compared with each other, or not cut, unlike what is asked for."""
    ours, theirs = (names_in(node) for node in (own, wanted))
    if len(ours) < 2 or ours != theirs or (values_of(own) and any(each.is_string for each in values_of(own))):
        return
    if own.find(exp.Interval) is not None and wanted.find(exp.Interval) is not None and _in_months(wanted):
        if not _in_months(own):
            yield DAYS_FOR_MONTHS.at("", own, {"condition": scene.quote(own)})
        return
    cut = [any(each.is_type("date") for each in node.find_all(exp.Cast)) for node in (own, wanted)]
    if cut[0] != cut[1]:
        key = DAYS_FOR_MOMENTS if cut[0] else MOMENTS_FOR_DAYS
        yield key.at("", own, {"condition": scene.quote(own)})


def _in_months(condition: exp.Expr) -> bool:
    """Whether a condition reckons with months of the calendar."""
    units = (each.args.get("unit") for each in condition.find_all(exp.Interval, exp.TimestampTrunc, exp.DateTrunc))
    return any(unit is not None and unit.name.upper().startswith("MONTH") for unit in units)
