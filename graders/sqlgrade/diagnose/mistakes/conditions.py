"""Conditions of WHERE, HAVING, QUALIFY, ON, FILTER and CASE: too many, or another one than is asked for."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.brackets import among_others, brackets_help, on_all_sides, on_some_sides, spread_helps
from sqlgrade.diagnose.mistakes.comparing import (
    AND_FOR_EITHER,
    BLANKS_DROPPED,
    CONDITION_EXTRA,
    CONDITION_OTHER,
    OR_FOR_AND,
    dropping,
    negated,
    other_column,
    other_condition,
    ties_tables,
)
from sqlgrade.diagnose.mistakes.joining import tied_by_others, ties_otherwise
from sqlgrade.diagnose.mistakes.lacking import CONDITIONS, OR_ONE_SIDE
from sqlgrade.diagnose.mistakes.left_to_outputs import FILTER_MISSING
from sqlgrade.diagnose.mistakes.record import Before, Family, Mistake, Occurrence, Tier
from sqlgrade.diagnose.mistakes.rule import rule
from sqlgrade.diagnose.mistakes.sides import as_equalities, one_side
from sqlgrade.diagnose.mistakes.values import missing_values
from sqlgrade.diagnose.reading.contrast import Difference, Part, bare, printed
from sqlgrade.diagnose.reading.trees import (
    asked_texts,
    column_name,
    columns,
    drops_rows,
    is_filled,
    kernel,
    left_joins,
    mentions,
    names_in,
    place_in,
)
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.diagnose.mistakes.scene import Scene

BEFORE_GROUPING = Mistake("before_grouping", "E05", Family.CONDITIONS)
BEFORE_TAKING = Mistake("before_taking", "E05", Family.CONDITIONS, covers=(Part.WHERE,))
CONDITION_EXTRA_HERE = Mistake("condition_extra_here", "E20", Family.CONDITIONS, alike="too_much")
FILTER_FOR_ALL = Mistake("filter_for_all", "E20", Family.CONDITIONS, Tier.PART, alike="too_much")
FILTER_FOR_ONE = Mistake("filter_for_one", "E20", Family.CONDITIONS, alike="too_much", covers=(Part.SELECT,))
BEGINS_AT_SOME = Mistake("begins_at_some", "E27", Family.CONDITIONS)
OR_UNBRACKETED = Mistake(
    "or_unbracketed",
    "E21",
    Family.CONDITIONS,
    before=(Before("value_unknown", "the value may stand, and the brackets are wrong"),),
)
OR_BRACKETED_ELSEWHERE = Mistake("or_bracketed_elsewhere", "E21", Family.CONDITIONS)
OR_EXTRA = Mistake("or_extra", "E21", Family.CONDITIONS)
OR_MISSING = Mistake("or_missing", "E21", Family.CONDITIONS)
AND_FOR_OR = Mistake("and_for_or", "E21", Family.CONDITIONS)
NOT_BOTH = Mistake("not_both", "E21", Family.CONDITIONS)
NOT_EITHER = Mistake("not_either", "E21", Family.CONDITIONS)


@rule
def under_not(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """AND and OR mixed up inside a NOT, where each does what the other does outside."""
    if difference.part not in CONDITIONS or not difference.own:
        return
    joined = _joined_under_not(difference.own[0].unnest(), [part.unnest() for part in difference.wanted])
    if joined is not None:
        told = {"condition": scene.quote(joined.left), "other": scene.quote(joined.right)}
        key = NOT_BOTH if isinstance(joined, exp.And) else NOT_EITHER
        yield key.at(difference.part, joined, told)


@rule
def and_or(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """AND and OR mixed up, or an OR that no brackets hold together."""
    if difference.part not in CONDITIONS or not difference.own or not difference.wanted:
        return
    own = difference.own[0].unnest()
    wanted = [part.unnest() for part in difference.wanted]
    if isinstance(own, exp.Or) and len(difference.own) == 1:
        found = _of_an_or(own, wanted, difference, scene)
        yield from (found,) if found is not None else ()
    if difference.changed is not None:
        yield from _one_side_missing(own, wanted[0], difference, scene)
    both = {printed(part): part for part in difference.own}
    for part in wanted:
        sides = list(part.flatten()) if isinstance(part, exp.Or) else as_equalities(part)
        asked = [both[printed(side)] for side in sides if printed(side) in both]
        if len(asked) > 1:
            yield _all_asked(asked, difference, scene)


def _of_an_or(own: exp.Or, wanted: list[exp.Expr], difference: Difference, scene: Scene) -> Occurrence | None:
    """What is wrong with an OR: one condition of it turned, one that is meant for all sides, its brackets, or the OR itself."""
    sides, kept = list(own.flatten()), {printed(part) for part in wanted}
    if (turned := _turned_inside(sides, wanted, scene)) is not None:
        return turned.on(difference.part)
    if len(wanted) > 1 and (found := _bracketed_otherwise(own, sides, wanted, difference, scene)) is not None:
        return found
    halved = on_some_sides(sides, kept if len(wanted) > 1 else on_all_sides(wanted[0]))
    if halved is not None and spread_helps(halved, scene):
        return OR_ONE_SIDE.at(difference.part, halved, {"condition": scene.quote(halved)})
    if len(wanted) > 1:
        told = {"condition": scene.quote(own)}
        return OR_FOR_AND.at(difference.part, own, told) if {printed(side) for side in sides} <= kept else None
    extra = [side for side in sides if printed(side.unnest()) not in kept]
    return _one_side_extra(extra[0].unnest(), sides, wanted[0], difference, scene) if len(extra) == 1 else None


def _bracketed_otherwise(
    own: exp.Or, sides: list[exp.Expr], wanted: list[exp.Expr], difference: Difference, scene: Scene
) -> Occurrence | None:
    """An OR beside conditions that are meant for all of it, one of its sides being a condition alone."""
    alone = [side for side in sides if not isinstance(side.unnest(), exp.And)]
    if not alone:
        return None
    kept = {printed(part) for part in wanted}
    halved = among_others(difference.own[0], sides, kept)
    if halved is not None and spread_helps(halved, scene):
        return OR_ONE_SIDE.at(difference.part, halved, {"condition": scene.quote(halved)})
    others = {printed(part) for side in sides if side not in alone for part in conjuncts(side)}
    if not (others & kept or _meant_together(sides, wanted)) or not brackets_help(own, sides, scene):
        return None
    bracketed = any(isinstance(side, exp.Paren) for side in own.flatten(unnest=False))
    key = OR_BRACKETED_ELSEWHERE if bracketed else OR_UNBRACKETED
    return key.at(difference.part, own, {"condition": scene.quote(alone[0])})


def _joined_under_not(own: exp.Expr, wanted: list[exp.Expr]) -> exp.Connector | None:
    """The AND or OR inside a NOT, where the same conditions are to be tied by the other."""
    inner = own.this.unnest() if isinstance(own, exp.Not) else None
    if not isinstance(inner, exp.And | exp.Or):
        return None
    sides = {printed(inner.left.unnest()), printed(inner.right.unnest())}
    other = exp.Or if isinstance(inner, exp.And) else exp.And
    meant = [each.this.unnest() for each in wanted if isinstance(each, exp.Not)]
    tied = [each for each in meant if isinstance(each, other)]
    apart = {printed(each) for each in meant}  # NOT a AND NOT b says NOT (a OR b)
    alike = any({printed(each.left.unnest()), printed(each.right.unnest())} == sides for each in tied)
    return inner if alike or (other is exp.Or and apart == sides) else None


def _all_asked(found: list[exp.Expr], difference: Difference, scene: Scene) -> Occurrence:
    """Conditions of which one is enough, tied with AND: two values of one column rule each other out, others need not."""
    one_column = len({column_name(side) for side in found}) == 1
    if one_column and all(isinstance(side.unnest(), exp.EQ | exp.Is) for side in found):
        return AND_FOR_OR.at(difference.part, found[1], {"column": column_name(found[1])})
    told = {"condition": scene.quote(found[0]), "other": scene.quote(found[1])}
    return AND_FOR_EITHER.at(difference.part, found[1], told)


def _one_side_extra(
    extra: exp.Expr, sides: list[exp.Expr], wanted: exp.Expr, difference: Difference, scene: Scene
) -> Occurrence | None:
    """An OR that lets in more than is asked for; a value too many is told as a list."""
    if len(sides) == 2 and not _are_values(sides) and not isinstance(wanted, exp.Or):
        told = {"condition": scene.quote(extra), "column": column_name(extra)}
        return OR_EXTRA.at(difference.part, extra, told)
    return None


def _one_side_missing(own: exp.Expr, wanted: exp.Expr, difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """One condition alone where another one is enough as well: most often that there is a blank."""
    sides = [side.unnest() for side in wanted.flatten()] if isinstance(wanted, exp.Or) else []
    lacking = [side for side in sides if printed(side) != printed(own)]
    if len(sides) == 2 and len(lacking) == 1 and not _are_values(sides):
        blank = isinstance(lacking[0], exp.Is) and column_name(lacking[0]) == column_name(own) and drops_rows(own)
        told = {"condition": scene.quote(own), "column": column_name(own)}
        yield (BLANKS_DROPPED if blank else OR_MISSING).at(difference.part, own, told, code="E21")


def _are_values(sides: list[exp.Expr]) -> bool:
    """Whether conditions tied with OR are a list of values of one column."""
    equal = all(isinstance(side.unnest(), exp.EQ) for side in sides)
    return equal and len({column_name(side) for side in sides}) == 1


def _meant_together(sides: list[exp.Expr], wanted: list[exp.Expr]) -> bool:
    """Whether one condition asks for the values on both sides of an OR, and the rest of a side stands beside it."""
    parts = [(printed(part), names_in(part)) for side in sides for part in conjuncts(side)]
    for listed in wanted:
        values = {printed(each) for each in (listed.flatten() if isinstance(listed, exp.Or) else as_equalities(listed))}
        rest = set().union(*(names for text, names in parts if text not in values))
        beside = set().union(*(names_in(part) for part in wanted if part is not listed))
        if len(values) > 1 and sum(text in values for text, _ in parts) > 1 and rest and rest <= beside:
            return True
    return False


def _turned_inside(sides: list[exp.Expr], wanted: list[exp.Expr], scene: Scene) -> Occurrence | None:
    """The one condition of an OR that is the wrong way round, where turning it alone mends the answer."""
    for part in (part.unnest() for side in sides for part in conjuncts(side)):
        for asked in wanted:
            turned = next(negated(part, asked, scene), None)
            if turned is not None and scene.mends(part, asked):
                return turned
    return None


@rule
def changed(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A condition that should read as another one."""
    ours, theirs = difference.own, difference.wanted
    if difference.part not in CONDITIONS or ties_otherwise(difference):
        return
    if difference.changed is not None:
        yield from other_condition(*difference.changed, difference.part, scene)
    elif len(ours) == 1 and len(theirs) > 1:
        joined = exp.and_(*(each.copy() for each in theirs))
        yield from other_condition(ours[0], joined, difference.part, scene)
    elif len(ours) == len(theirs) or len(ours) == 2:
        yield from _each_for_another(difference, scene)


def _each_for_another(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """Several conditions for several, each for the one about its column; where none is, each for the one at its place."""
    part, ours, theirs = difference.part, difference.own, difference.wanted
    about = [next((each for each in theirs if names_in(own) & names_in(each)), None) for own in ours]
    for own, wanted in zip(ours, about, strict=True):
        yield from other_condition(own, wanted, part, scene) if wanted is not None else ()
    ties = part is Part.ON and any(ties_tables(each.unnest()) for each in (*ours, *theirs))
    if not any(about) and len(ours) == len(theirs) and not ties:
        for own, wanted in zip(ours, theirs, strict=True):
            yield from other_column(own.unnest(), wanted.unnest(), part, scene)


@rule
def unknown_value(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A value that does not occur in its column at all."""
    for own in difference.own if difference.part in CONDITIONS else ():
        for found in missing_values(own, scene):
            if difference.wanted or not isinstance(found.node, exp.NEQ):  # else the value is not what is wrong with it
                yield found.on(difference.part)


@rule
def unknown_in_case(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A value that does not occur in its column, in a CASE or FILTER of an output column."""
    if difference.part is not Part.SELECT or difference.changed is None:
        return
    own, wanted = difference.changed
    meant = asked_texts(wanted)
    for found in missing_values(own, scene, meant):
        if found.params["value"] not in meant and found.node is not None:
            yield found.on(place_in(found.node, Part.SELECT))


@rule
def before_grouping(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A condition on single rows, in WHERE, that is meant for what is worked out of a group."""
    if difference.part is not Part.WHERE:
        return
    groups = scene.beside(difference, Part.HAVING)
    asked = {column_name(part) for each in groups if not each.own for part in each.wanted if part.find(exp.AggFunc)}
    for own in difference.own:
        if column_name(own) in asked - {""}:
            told = {"condition": scene.quote(own), "column": column_name(own)}
            yield BEFORE_GROUPING.at("WHERE", own, told)


@rule
def before_taking(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A condition on single rows of a step, that is meant for the first, last or total that the step makes of them."""
    if difference.part is not Part.WHERE or difference.wanted:
        return
    later = [each for each in scene.differences if each.part in CONDITIONS and each.block is not difference.block]
    asked = set().union(*(names_in(part) for each in later if not each.own for part in each.wanted))
    made = [each.unalias() for each in difference.block.expressions if each.alias.lower() in asked]
    for own, total in itertools.product(difference.own, made):
        if total.find(exp.AggFunc) is not None and columns(own) and names_in(own) <= names_in(total):
            told = {"condition": scene.quote(own), "own": scene.quote(total)}
            yield BEFORE_TAKING.at("WHERE", own, told)


@rule
def extra(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A condition that the task does not name."""
    if difference.part not in CONDITIONS or difference.wanted or not difference.own:
        return
    own = difference.own[0].unnest()
    if tied_by_others(own, difference, scene):
        return
    told = {"condition": scene.quote(own), "column": column_name(own)}
    if moved := _belongs_in(own, difference, scene):
        yield FILTER_FOR_ONE.at("WHERE", own, {**told, "own": moved})
    else:
        yield _what_is_extra(own, difference, scene).at(difference.part, own, told)


def _what_is_extra(own: exp.Expr, difference: Difference, scene: Scene) -> Mistake:
    blanks = drops_rows(own) and (is_filled(own) or _drops_blanks_alone(own, scene))
    key = dropping(own) if blanks else CONDITION_EXTRA
    if difference.part is Part.WHERE and _begins_at_some(own, difference.block):
        return BEGINS_AT_SOME
    if difference.part is Part.WHERE and any(_asks(item, own) for item in difference.block.expressions):
        return FILTER_FOR_ALL
    return CONDITION_EXTRA_HERE if key is CONDITION_EXTRA and _said_elsewhere(own, scene) else key


def _drops_blanks_alone(own: exp.Expr, scene: Scene) -> bool:
    """Whether a column is held against a value that it never has, so that nothing but its blanks goes."""
    if (
        not isinstance(own, exp.NEQ)
        or not isinstance(own.this, exp.Column)
        or not isinstance(own.expression, exp.Literal)
    ):
        return False
    known, value = scene.values.of_column(scene.origin(own.this)), own.expression
    strange = value.is_string and (not value.name or (bool(known) and value.name not in known))
    return strange and not scene.learner.never_null(own.this)


def _said_elsewhere(own: exp.Expr, scene: Scene) -> bool:
    """Whether another step, or another part of this one, asks the same, so that the task does name it."""
    gone = {id(part.unnest()) for each in scene.differences for part in each.own}
    of = [scene.origin(column) for column in columns(own)]
    same = (each for each in scene.learner.find(type(own)) if bare(each) == bare(own))
    return any(id(each) not in gone and of == [scene.origin(column) for column in columns(each)] for each in same)


def _begins_at_some(own: exp.Expr, block: exp.Expr) -> bool:
    """Whether a condition keeps some rows of the first table of FROM, to which others of the same table are joined by LEFT JOIN."""
    first = block.args.get("from_")
    joins = [join.this for join in left_joins(block)]
    if first is None or not isinstance(first.this, exp.Table) or not joins:
        return False
    alone = all(column.table.lower() == first.this.alias_or_name.lower() for column in columns(own))
    return alone and all(isinstance(each, exp.Table) and each.name.lower() == first.this.name.lower() for each in joins)


def _belongs_in(own: exp.Expr, difference: Difference, scene: Scene) -> str:
    """The output columns, as the learner calls them, into which a condition of WHERE is to go; empty if none asks for it."""
    if difference.part is not Part.WHERE:
        return ""
    outputs = (each.changed for each in scene.beside(difference, Part.SELECT) if each.changed is not None)
    to = [mine for mine, wanted in outputs if _asks(wanted, own) and not _asks(mine, own)]
    return ", ".join(dict.fromkeys(each.alias or scene.called(each.unalias()) for each in to))


def _asks(output: exp.Expr, condition: exp.Expr) -> bool:
    """Whether an output asks for a condition in a CASE or FILTER."""
    for holder in output.find_all(exp.If, exp.Filter):
        asked = holder.expression.this if isinstance(holder, exp.Filter) else holder.this
        if any(bare(each.unnest()) == bare(condition) for each in conjuncts(asked)):
            return True
    return False


@rule
def filters(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A FILTER or CASE inside of an output column: missing, too much, or with another condition."""
    if difference.part is not Part.SELECT or difference.changed is None:
        return
    own, wanted = kernel(*difference.changed)
    if isinstance(wanted, exp.Filter) and isinstance(own, exp.AggFunc) and not isinstance(own, exp.Filter):
        told = {"own": scene.quote(own), "column": column_name(wanted.expression)}
        if not mentions(own, told["column"]):
            yield FILTER_MISSING.at("SELECT", own, told)
        return
    word = place_in(own, Part.SELECT)
    if isinstance(own, exp.Column) and isinstance(own.parent, exp.If | exp.Where) and own.arg_key == "this":
        yield from other_condition(own, wanted, difference.part, scene)  # a truth is a condition by itself
    if word != "SELECT" and (_is_condition(own) or isinstance(own, exp.Literal | exp.Identifier)):
        yield from _other_filter(own, wanted, difference.changed[0], word, scene)


def _other_filter(own: exp.Expr, wanted: exp.Expr, whole: exp.Expr, word: str, scene: Scene) -> Iterator[Occurrence]:
    """Another condition in a FILTER or CASE than the one asked for."""
    while not _is_condition(own) and own.parent is not None and own is not whole:
        own, wanted = own.parent, wanted.parent or wanted
    if _is_condition(own) and own.find_ancestor(exp.If, exp.Filter) is not None:
        yield from other_condition(own, wanted, Part.SELECT, scene)
        yield from (found.on(word) for found in missing_values(own, scene))
        yield CONDITION_OTHER.at(word, own, {"condition": scene.quote(own)})


@rule
def other(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """Another condition than the one asked for, if nothing more can be said."""
    of_key = difference.part is Part.ON and (difference.changed is None or isinstance(difference.own[0], exp.EQ))
    if difference.part in CONDITIONS and difference.own and difference.wanted and not of_key:
        own, wanted = difference.own[0].unnest(), difference.wanted[0].unnest()
        if difference.changed is not None:
            own, _ = one_side(own, exp.or_(*as_equalities(wanted)) if as_equalities(wanted) else wanted)
        yield CONDITION_OTHER.at(difference.part, own, {"condition": scene.quote(own)})


def _is_condition(node: exp.Expr) -> bool:
    return isinstance(node, exp.Predicate | exp.Connector | exp.Not)
