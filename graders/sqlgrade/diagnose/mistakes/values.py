"""Conditions with another value: one that the column does not have, one of a list, all but one, a bound for a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.facts.known_values import how_it_misses
from sqlgrade.diagnose.mistakes.comparing import EQUALS_BLANK, null_test
from sqlgrade.diagnose.mistakes.patterns import is_list
from sqlgrade.diagnose.mistakes.record import Before, Family, Mistake, Occurrence, Tier
from sqlgrade.diagnose.mistakes.rule import condition_rule
from sqlgrade.diagnose.reading.trees import columns, kernel, names_in, values_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.diagnose.mistakes.scene import Scene


VALUE_CASE = Mistake("value_case", "E22", Family.CONDITIONS)
VALUE_WIDTH = Mistake("value_width", "E22", Family.CONDITIONS)
VALUE_LIST = Mistake("value_list", "E22", Family.CONDITIONS)
VALUE_NEAR = Mistake("value_near", "E22", Family.CONDITIONS)
VALUE_UNKNOWN = Mistake("value_unknown", "E22", Family.CONDITIONS)
VALUE_UNKNOWN_CODE = Mistake("value_unknown_code", "E22", Family.CONDITIONS)
VALUE_OTHER = Mistake(
    "value_other", "E22", Family.CONDITIONS, Tier.PART, before=(Before("number_other", "it is a condition's value"),)
)
ALL_BUT_ONE = Mistake("all_but_one", "E22", Family.CONDITIONS)
ALL_BUT_FEW = Mistake("all_but_few", "E22", Family.CONDITIONS)
LIST_EXTRA = Mistake("list_extra", "E22", Family.CONDITIONS, Tier.PART)
LIST_LACKS = Mistake("list_lacks", "E22", Family.CONDITIONS, Tier.PART)
BOUND_FOR_EQUALS = Mistake("bound_for_equals", "E22", Family.CONDITIONS)
EQUALS_FOR_BOUND = Mistake("equals_for_bound", "E22", Family.CONDITIONS)
_HOW_IT_MISSES = {
    "list": VALUE_LIST,
    "case": VALUE_CASE,
    "width": VALUE_WIDTH,
    "near": VALUE_NEAR,
    "unknown": VALUE_UNKNOWN,
    "unknown_code": VALUE_UNKNOWN_CODE,
}


def missing_values(own: exp.Expr, scene: Scene, meant: frozenset[str] = frozenset()) -> Iterator[Occurrence]:
    """Texts compared with a column that holds no such value, whatever else is wrong; `meant` are values asked for."""
    for found in own.find_all(exp.EQ, exp.NEQ, exp.In):
        sides = (found.this,) if isinstance(found, exp.In) else (found.this, found.expression)
        for column in [side for side in sides if isinstance(side, exp.Column)][:1]:
            for text in [each.name for each in found.find_all(exp.Literal) if each.is_string]:
                yield from _not_there(text, column, found, meant, scene)


def _not_there(
    text: str, column: exp.Column, found: exp.Expr, meant: frozenset[str], scene: Scene
) -> Iterator[Occurrence]:
    """A text that a column does not hold, as far as its values are known; rows that were made up say little about others."""
    origin = scene.origin(column)
    known = scene.values.of_column(origin)
    if not known or text in known or (not text and isinstance(found, exp.NEQ)):
        return
    how, near = how_it_misses(text, known)
    if how in {"unknown", "near"} and near not in meant and not scene.values.complete(origin):
        return
    told = {"value": text or "''", "near": near, "column": column.name}
    if how == "unknown" and (table := scene.values.table_of(origin)):
        how, told["table"] = "unknown_code", table
    key = _HOW_IT_MISSES[how] if text else EQUALS_BLANK
    yield key.at("", found, {**told, "condition": scene.quote(found)}, code="E22")


@condition_rule
def _all_but_one(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """`<> 'a'` where one value is asked for, or a few: it lets in whatever others there are."""
    if not isinstance(own, exp.NEQ) or not isinstance(wanted, exp.EQ | exp.In):
        return
    ours, theirs = ([each for each in values_of(node) if each.is_string] for node in (own, wanted))
    same = [column.name.lower() for column in columns(own)] == [column.name.lower() for column in columns(wanted)]
    if same and len(ours) == 1 and theirs and ours[0].name not in {each.name for each in theirs}:
        told = {"condition": scene.quote(own), "value": ours[0].name, "column": columns(own)[0].name}
        yield (ALL_BUT_ONE if len(theirs) == 1 else ALL_BUT_FEW).at("", own, told)


@condition_rule
def _misspelt(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    theirs = frozenset(each.name for each in values_of(wanted))
    kept = null_test(wanted)
    for found in missing_values(own, scene, theirs):
        if kept is not None and kept.name == found.params["column"]:
            told = {"condition": scene.quote(own), "column": kept.name}
            yield EQUALS_BLANK.at("", own, told)  # a word for the blank, such as '不明'
        elif found.params["value"] not in theirs:
            near = str(found.params["near"])
            wrong = near and near not in theirs and len(theirs) == 1
            yield VALUE_UNKNOWN.at("", found.node, found.params) if wrong else found


def _listed_values(node: exp.Expr) -> list[str]:
    """The values of a list one by one, without the numbers that its column is reckoned with."""
    if isinstance(node, exp.Or):
        return [name for part in node.flatten() for name in _listed_values(part.unnest())]
    sides = node.expressions if isinstance(node, exp.In) else [node.this, node.expression]
    return [each.name for each in sides if isinstance(each, exp.Literal)]


@condition_rule
def _listed(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """A list of values with one too few or too many."""
    if isinstance(own, exp.Not) and isinstance(wanted, exp.Not):
        yield from _listed(own.this.unnest(), wanted.this.unnest(), scene)
        return
    one_of = all(isinstance(each, exp.In | exp.EQ | exp.Or) for each in (own, wanted))
    if not one_of or not (is_list(own) or is_list(wanted)):
        return
    if names_in(own) != names_in(wanted) or len(names_in(own)) != 1:
        return
    ours, theirs = _listed_values(own), _listed_values(wanted)
    extra = [value for value in dict.fromkeys(ours) if value not in theirs]
    told = {"condition": scene.quote(own), "column": columns(own)[0].name, "values": ", ".join(f"'{v}'" for v in extra)}
    if bool(extra) != bool(set(theirs) - set(ours)):
        yield (LIST_EXTRA if extra else LIST_LACKS).at("", own, told)


@condition_rule
def _all_but(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """A list of values where all but some are asked for, of a column whose values are known: one of them is not in the list."""
    asked = wanted.this.unnest() if isinstance(wanted, exp.Not) else wanted
    excluded = isinstance(wanted, exp.NEQ) or (isinstance(wanted, exp.Not) and is_list(asked))
    if not excluded or not is_list(own) or names_in(own) != names_in(wanted) or len(columns(own)) < 1:
        return
    listed = _listed_values(own)
    all_others = scene.values.complete(scene.origin(columns(own)[0])) - {*_listed_values(asked)}
    if all_others > {*listed}:
        yield LIST_LACKS.at("", own, {"condition": scene.quote(own), "column": columns(own)[0].name})


@condition_rule
def _exactly(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """`= 3` where three or more are asked for."""
    if not isinstance(own, exp.EQ) or not isinstance(wanted, exp.GT | exp.GTE | exp.LT | exp.LTE):
        return
    value = own.expression.unnest()
    if own.this == wanted.this and value == wanted.expression.unnest() and not columns(value):
        yield EQUALS_FOR_BOUND.at("", own, {"condition": scene.quote(own), "value": scene.quote(value)})


@condition_rule
def _from_one_value(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """`>= 3` where exactly three are asked for."""
    if isinstance(own, exp.GTE | exp.LTE) and isinstance(wanted, exp.EQ):
        value = own.expression.unnest()
        if own.this == wanted.this and value == wanted.expression.unnest() and not columns(value):
            told = {"condition": scene.quote(own), "value": scene.quote(value)}
            yield BOUND_FOR_EQUALS.at("", own, told)


@condition_rule
def _value(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """Another value of the same column."""
    inner, other = kernel(own, wanted)
    named = names_in(own) & names_in(wanted)
    one = isinstance(inner, exp.Literal | exp.Boolean | exp.Neg | exp.Cast)
    if one and named and not columns(other):
        told = {"condition": scene.quote(own), "value": scene.quote(inner), "column": columns(own)[0].name}
        if isinstance(inner.parent, exp.Interval):
            told["value"] = inner.name
        if isinstance(inner, exp.Literal) and inner.is_string and _same_but_case(inner, other):
            yield VALUE_CASE.at("", own, {**told, "value": inner.name})
        yield VALUE_OTHER.at("", own, told)


def _same_but_case(own: exp.Literal, wanted: exp.Expr) -> bool:
    return isinstance(wanted, exp.Literal) and own.name != wanted.name and own.name.lower() == wanted.name.lower()
