"""An output column that comes out a constant number of times too large or too small: another unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.computing import output_name
from sqlgrade.diagnose.mistakes.record import Before, Family, Mistake, Occurrence, Tier
from sqlgrade.diagnose.mistakes.rule import rule
from sqlgrade.diagnose.mistakes.scene import changed_output
from sqlgrade.diagnose.reading.aggregated import bare_operand
from sqlgrade.diagnose.reading.trees import kernel, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.diagnose.mistakes.scene import Scene
    from sqlgrade.diagnose.reading.contrast import Difference

_BEFORE = (
    Before("numerator", "it is a unit, not another number"),
    Before("number_other", "it is a unit, not another number"),
    Before("denominator", "it is a unit, not what is divided by"),
)
TIMES_TOO_LARGE = Mistake("times_too_large", "E42", Family.CALCULATIONS, Tier.PART, before=_BEFORE)
TIMES_TOO_SMALL = Mistake("times_too_small", "E42", Family.CALCULATIONS, Tier.PART, before=_BEFORE)

_WORKED_OUT = ((exp.Sub,), (exp.Window,), (exp.Div, exp.Avg))


@rule
def units(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A constant factor too much, or one that is missing, whether or not the rest is written in the same words."""
    pair = changed_output(difference)
    if pair is None:
        return
    (ours, mine), (theirs, other) = map(_peeled, pair)
    larger = ours > theirs
    factor = round(ours / theirs if larger else theirs / ours, 6)
    whole = factor.is_integer()
    if ours == theirs or (mine != other and not (whole and _is_all(pair, factor, scene, larger=larger))):
        return
    if not whole and all(number_of(each) is not None for each in kernel(*pair)):
        return  # another number, not another unit
    told = {
        "own": scene.quote(pair[0]),
        "name": output_name(difference, scene),
        "factor": int(factor) if whole else factor,
    }
    yield (TIMES_TOO_LARGE if larger else TIMES_TOO_SMALL).at("SELECT", pair[0], told)


def _is_all(pair: tuple[exp.Expr, exp.Expr], factor: float, scene: Scene, *, larger: bool) -> bool:
    """Whether the factor is all that keeps an output from what is asked for: nothing tells the two apart without it."""
    own, wanted = pair
    if any((own.find(*kinds) is None) is not (wanted.find(*kinds) is None) for kinds in _WORKED_OUT):
        return False  # what is worked out otherwise comes to a factor by chance
    scaled = own.copy()
    inner = scaled.this if isinstance(scaled, exp.Round) else scaled
    by = exp.Literal.number(int(factor))
    moved = (exp.Div if larger else exp.Mul)(this=exp.Paren(this=inner.copy()), expression=by)
    if inner is scaled:
        scaled = moved
    else:
        inner.replace(moved)
    return scene.proof is not None and not scene.tells_apart(own, scaled, wanted)


def _peeled(node: exp.Expr) -> tuple[float, str]:
    """The constant factor around an expression, and the rest of it."""
    node = node.unnest()
    if isinstance(node, exp.Round):
        return _peeled(node.this)
    if isinstance(node, exp.Mul | exp.Div):
        for side, rest in ((node.right, node.left), (node.left, node.right)):
            number = number_of(side.unnest())
            if number and (side is node.right or isinstance(node, exp.Mul)):
                factor, core = _peeled(rest)
                return factor * (number if isinstance(node, exp.Mul) else 1 / number), core
        if isinstance(node, exp.Div):  # 100 * a / b is a hundred times a / b
            factor, core = _peeled(node.left)
            return factor, f"{core} / {bare_operand(node.right)}"
    if each := _counted_as(node):  # 100 for each is a hundred times a count
        one = node.copy()
        one.this.args["ifs"][0].set("true", exp.Literal.number(1))
        return each, bare_operand(one)
    return 1.0, bare_operand(node)


def _counted_as(node: exp.Expr) -> float | None:
    """What a sum counts each row of a condition as, or a mean; None where it does otherwise."""
    case = node.this if isinstance(node, exp.Sum | exp.Avg) else None
    if not isinstance(case, exp.Case) or case.this is not None or len(case.args["ifs"]) != 1:
        return None
    rest = case.args.get("default")
    return number_of(case.args["ifs"][0].args["true"]) if rest is None or number_of(rest) == 0 else None
