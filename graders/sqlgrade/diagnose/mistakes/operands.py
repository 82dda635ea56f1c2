"""What a calculation takes in or leaves out: rows of a CASE that others belong beside, an operand too many, a step's own value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.record import Before, Family, Mistake, Occurrence, Tier
from sqlgrade.diagnose.mistakes.rule import rule
from sqlgrade.diagnose.mistakes.scene import Scene, changed_output
from sqlgrade.diagnose.reading.blocks import output_named
from sqlgrade.diagnose.reading.contrast import Difference, Part, lists_differ, printed
from sqlgrade.diagnose.reading.trees import kernel, place_in

if TYPE_CHECKING:
    from collections.abc import Iterator


_CALCULATIONS = (exp.Binary, exp.Func)
VALUE_NARROWED = Mistake("value_narrowed", "E20", Family.CALCULATIONS)
OPERAND_ADDED = Mistake("operand_added", "E43", Family.CALCULATIONS)
OPERAND_TAKEN_OFF = Mistake("operand_taken_off", "E43", Family.CALCULATIONS)
OPERAND_NOT_ADDED = Mistake("operand_not_added", "E43", Family.CALCULATIONS)
OPERAND_NOT_TAKEN_OFF = Mistake("operand_not_taken_off", "E43", Family.CALCULATIONS)
VALUE_OF_STEP = Mistake(
    "value_of_step",
    "E43",
    Family.CALCULATIONS,
    Tier.GENERAL,
    before=(Before("calculation_other", "it says in which step the value is made"),),
)


@rule
def narrowed_value(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A value taken only where a CASE says so, which is asked for in every row."""
    if difference.part is not Part.SELECT or difference.changed is None:
        return
    own, wanted = kernel(*difference.changed)
    if not isinstance(own, exp.Case) or own.this is not None or len(own.args["ifs"]) != 1:
        return
    condition, value = own.args["ifs"][0].this, own.args["ifs"][0].args["true"]
    other = own.args.get("default")
    nothing = other is None or isinstance(other, exp.Null) or printed(other) == "0"
    if nothing and printed(value) == printed(wanted) and own.find_ancestor(exp.AggFunc) is not None:
        told = {"own": scene.quote(own), "value": scene.quote(value), "condition": scene.quote(condition)}
        yield VALUE_NARROWED.at("CASE", own, told)


@rule
def operand_extra(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """Something added to a part of a calculation, or taken off it, that stands there alone in the one asked for."""
    if difference.part is not Part.SELECT or difference.changed is None:
        return
    own, wanted = kernel(*difference.changed)
    whole = own.unnest()
    if not isinstance(whole, exp.Add | exp.Sub) or printed(whole.left.unnest()) != printed(wanted.unnest()):
        return
    if whole.right.find(exp.Column):
        told = {"own": scene.quote(whole), "left": scene.quote(whole.left), "right": scene.quote(whole.right)}
        key = OPERAND_ADDED if isinstance(whole, exp.Add) else OPERAND_TAKEN_OFF
        yield key.at(place_in(own, Part.SELECT), whole, told)


@rule
def operand_lacking(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A part of a calculation to which others are to be added, or from which one is to be taken off, and which stands alone."""
    if difference.part is not Part.SELECT or difference.changed is None:
        return
    own, wanted = kernel(*difference.changed)
    asked = wanted.unnest()
    if not isinstance(own.parent, _CALCULATIONS) or not isinstance(asked, exp.Add | exp.Sub):
        return
    if isinstance(own.parent, exp.Connector | exp.Case | exp.If):
        return
    lacking = _lacking(own, asked)
    if lacking and all(each.find(exp.Column) for each in lacking):
        part, whole = _sum_around(own)
        name = difference.changed[0].parent.alias_or_name if difference.changed[0].parent is not None else ""
        told = {"own": scene.quote(part), "whole": scene.quote(whole), "name": name or scene.quote(whole)}
        key = OPERAND_NOT_ADDED if isinstance(asked, exp.Add) else OPERAND_NOT_TAKEN_OFF
        yield key.at(place_in(own, Part.SELECT), whole, told)


def _lacking(own: exp.Expr, asked: exp.Binary) -> list[exp.Expr]:
    """What is to be added to a part, or taken off it; nothing where the part itself is not among what is asked for."""
    if isinstance(asked, exp.Sub):
        return [asked.right] if printed(asked.left.unnest()) == printed(own.unnest()) else []
    added = own.unnest()
    gone, lacking = lists_differ(
        list(added.flatten()) if isinstance(added, exp.Add) else [added], list(asked.flatten())
    )
    return [] if gone else lacking


def _sum_around(own: exp.Expr) -> tuple[exp.Expr, exp.Expr]:
    """The whole sum that a part is added up in, and the calculation it stands in; the part and its sum where that is all."""
    part, around = own, own.parent
    while isinstance(around, exp.Add) or (isinstance(around, exp.Paren) and isinstance(around.parent, exp.Add)):
        part, around = around, around.parent
    if isinstance(around, exp.Paren):
        around = around.parent
    return (part, around) if isinstance(around, _CALCULATIONS) else (own, part)


@rule
def value_of_step(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A column of a step that is shown as it is, where it would have to be worked out anew: the step is to be looked at."""
    pair = changed_output(difference)
    if pair is None:
        return
    own, wanted = kernel(*pair)
    own = own.parent if isinstance(own, exp.Identifier) and own.parent is not None else own
    source = scene.learner.source_of(own) if isinstance(own, exp.Column) else None
    if source is None or wanted.find(exp.Select) is None or not isinstance(source.node, exp.Table):
        return
    step = scene.step(source.node.name)
    made = output_named(step.this, own.name) if step is not None else None
    if step is not None and made is not None:
        yield VALUE_OF_STEP.at("WITH", made, {"name": own.name, "step": step.alias})
