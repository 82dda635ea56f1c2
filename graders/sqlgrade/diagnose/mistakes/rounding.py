"""How an output column is rounded: to which digits, where in the calculation, up, down or to the nearest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.record import Before, Family, Mistake, Occurrence
from sqlgrade.diagnose.mistakes.rule import condition_rule, rule
from sqlgrade.diagnose.mistakes.scene import Scene, changed_output
from sqlgrade.diagnose.reading.contrast import Difference, printed
from sqlgrade.diagnose.reading.trees import kernel

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUND_DIGITS = Mistake("round_digits", "E48", Family.CALCULATIONS)
ROUND_MISSING = Mistake("round_missing", "E48", Family.CALCULATIONS)
FLOOR_FOR_ROUND = Mistake("floor_for_round", "E48", Family.CALCULATIONS)
ROUND_FOR_FLOOR = Mistake(
    "round_for_floor", "E48", Family.CALCULATIONS, before=(Before("division_real", "the decimals were thought of"),)
)
CAST_ROUNDS = Mistake("cast_rounds", "E48", Family.CALCULATIONS)
ROUND_NEEDLESS = Mistake("round_needless", "E48", Family.CALCULATIONS)
ROUND_COMPARED = Mistake("round_compared", "E48", Family.CONDITIONS)
ROUND_EARLY = Mistake("round_early", "E48", Family.CALCULATIONS)


@condition_rule
def rounded_before(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """A value that is rounded before it is compared."""
    value = own.this.unnest() if isinstance(own, exp.Predicate) and isinstance(own.this, exp.Expr) else None
    if (
        isinstance(value, exp.Round)
        and type(own) is type(wanted)
        and printed(value.this) == printed(wanted.this.unnest())
    ):
        yield ROUND_COMPARED.at("", value, {"own": scene.quote(value)})


@rule
def rounding(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """Rounded to other digits, not at all, needlessly or too early."""
    pair = changed_output(difference)
    if pair is None:
        return
    ours, theirs = ([*node.find_all(exp.Round, bfs=False)] for node in pair)
    if (cut := _cut_for_rounded(pair[0], pair[1])) is not None:
        yield FLOOR_FOR_ROUND.at("SELECT", cut, {"own": scene.quote(cut)})
    elif _cut_for_rounded(pair[1], pair[0]) is not None:
        yield ROUND_FOR_FLOOR.at("SELECT", ours[0], {"own": scene.quote(ours[0])})
    elif cast_rounds := _rounding_cast(*kernel(*pair)):
        yield CAST_ROUNDS.at("SELECT", cast_rounds, {"own": scene.quote(cast_rounds)})
    elif ours and theirs and printed(ours[0].this) == printed(theirs[0].this):
        if (digits := _digits(ours[0])) != _digits(theirs[0]):
            yield ROUND_DIGITS.at("SELECT", ours[0], {"own": scene.quote(ours[0]), "digits": digits})
    elif ours and not theirs:
        yield from _rounded_besides(ours[0], pair, difference, scene)
    elif not ours:
        yield from _unrounded(*kernel(*pair), scene)
    elif (early := _rounded_early(ours, theirs, pair)) is not None:
        yield ROUND_EARLY.at("SELECT", early, {"own": scene.quote(early)})


def _cut_for_rounded(cut: exp.Expr, rounded: exp.Expr) -> exp.Expr | None:
    """Where one expression cuts the decimals off that the other one rounds."""
    if cut.find(exp.Round) is not None or rounded.find(exp.Round) is None or rounded.find(exp.Floor, exp.IntDiv):
        return None
    return next(cut.find_all(exp.Floor, exp.IntDiv, bfs=False), None)


def _rounded_besides(
    own: exp.Expr, pair: tuple[exp.Expr, exp.Expr], difference: Difference, scene: Scene
) -> Iterator[Occurrence]:
    """A ROUND that is not asked for, in a calculation that is right but for it."""
    if unrounded(pair[0]) == printed(pair[1]):
        early = pair[0] is not own or _is_reckoned_with(pair[0], difference.block, scene)
        yield (ROUND_EARLY if early else ROUND_NEEDLESS).at("SELECT", own, {"own": scene.quote(own)})


def _unrounded(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    if isinstance(wanted, exp.Round) and printed(wanted.this) == printed(own):
        yield ROUND_MISSING.at("SELECT", own, {"own": scene.quote(own)})


def _rounded_early(ours: list[exp.Round], theirs: list[exp.Round], pair: tuple[exp.Expr, exp.Expr]) -> exp.Round | None:
    """A ROUND within a calculation that is rounded at its end in the one that is asked for."""
    if len(ours) == len(theirs) == 1 and unrounded(pair[0]) == unrounded(pair[1]) and ours[0] is not pair[0]:
        return ours[0]
    return _rounded_within(*kernel(*pair)) if len(ours) > len(theirs) else None


def unrounded(node: exp.Expr) -> str:
    """An expression as text, with what is rounded in place of each ROUND."""
    bare = node.copy().transform(lambda each: each.this if isinstance(each, exp.Round) else each)
    return printed(bare)


def _is_reckoned_with(output: exp.Expr, block: exp.Expr, scene: Scene) -> bool:
    """Whether an output of a step is more than handed on: something is worked out with it."""
    name = output.parent.alias.lower() if isinstance(output.parent, exp.Alias) else ""
    for column in scene.learner.find(exp.Column) if name else ():
        source = scene.learner.source_of(column) if column.name.lower() == name else None
        if source is not None and scene.learner.block_of(source) is block and isinstance(column.parent, exp.Condition):
            return True
    return False


def _rounded_within(own: exp.Expr, wanted: exp.Expr) -> exp.Round | None:
    """The first ROUND of a calculation that is as asked for but for its being rounded in the middle."""
    early = own.find(exp.Round, bfs=False)
    return early if wanted.find(exp.Round) is None and unrounded(own) == printed(wanted) else None


def _rounding_cast(own: exp.Expr, wanted: exp.Expr) -> exp.Cast | None:
    """A CAST to a whole number, which rounds, where the decimals are to be cut off first."""
    cut = wanted.find(exp.Floor, exp.IntDiv, bfs=False)
    around = (node for node in (own, own.parent, own.find(exp.Cast, bfs=False)) if isinstance(node, exp.Cast))
    cast = next((node for node in around if node.to.is_type(*exp.DataType.INTEGER_TYPES)), None)
    if cut is None or cast is None or own.find(exp.Floor, exp.IntDiv, exp.Round) is not None:
        return None
    return cast if cast.this.find(exp.Div) is not None else None


def _digits(node: exp.Round) -> int:
    found = node.args.get("decimals")
    return int(found.name) if isinstance(found, exp.Literal) else 0
