"""What is divided by what: whole numbers only, another numerator or denominator, a divisor of 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.lacking import CONDITION_MISSING_FOR
from sqlgrade.diagnose.mistakes.record import Before, Family, Mistake, Occurrence, Tier
from sqlgrade.diagnose.mistakes.rule import rule
from sqlgrade.diagnose.mistakes.scene import Scene, changed_output
from sqlgrade.diagnose.mistakes.undoing import without_decimals
from sqlgrade.diagnose.reading.aggregated import bare_operand, choice_of, counted_if
from sqlgrade.diagnose.reading.contrast import Difference, Part, printed
from sqlgrade.diagnose.reading.trees import column_name, columns, kernel
from sqlgrade.query.surgery import add_condition, conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator


MEAN_OF_RATES = Mistake("mean_of_rates", "E32", Family.CALCULATIONS)
NUMERATOR_NARROWED = Mistake("numerator_narrowed", "E32", Family.CALCULATIONS)
DIVISION_WHOLE = Mistake("division_whole", "E34", Family.CALCULATIONS)
DIVISION_REAL = Mistake("division_real", "E34", Family.CALCULATIONS, undone=without_decimals)
DIVISION_BY_ZERO = Mistake("division_by_zero", "E34", Family.CALCULATIONS, stops=True)
NULLIF_ABOVE = Mistake("nullif_above", "E34", Family.CALCULATIONS)
DIVISION_TURNED = Mistake("division_turned", "E32", Family.CALCULATIONS)
DENOMINATOR = Mistake(
    "denominator",
    "E32",
    Family.CALCULATIONS,
    Tier.PART,
    before=(
        Before("aggregate_count", "what is divided by is another number, however it is worked out"),
        Before("case_narrows", "what is divided by is another number, however it is worked out"),
        Before("count_for_sum", "what is divided by is another number, however it is worked out"),
        Before("aggregate_min", "what is divided by is another number, however it is worked out"),
    ),
)
NUMERATOR = Mistake(
    "numerator",
    "E32",
    Family.CALCULATIONS,
    Tier.PART,
    before=(
        Before("aggregate_max", "what is divided is another number, however it is worked out"),
        Before("operand_taken_off", "what is divided is another number, however it is worked out"),
    ),
)
NUMBER_OTHER = Mistake("number_other", "E32", Family.CALCULATIONS, Tier.PART)
CALCULATION_UNFINISHED = Mistake(
    "calculation_unfinished",
    "E43",
    Family.CALCULATIONS,
    Tier.GENERAL,
    before=(Before("calculation_part", "it says what is missing of it"),),
)


@rule
def division(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """Whole numbers only, another numerator or denominator, both exchanged, a divisor of 0."""
    pair = changed_output(difference)
    if pair is None:
        return
    own, wanted = kernel(*pair)
    if _told_alone(own, wanted, difference, scene):
        return
    ours, theirs = _quotient(own), _quotient(wanted)
    mean = own if theirs is wanted and _is_of_rates(own, wanted) else _mean_of_rates(*pair)
    if mean is not None:
        yield MEAN_OF_RATES.at("SELECT", mean, {"own": scene.quote(mean)})
    elif ours is not None and theirs is None and _is_mean_of(wanted, ours.left):
        yield _below(ours.right, difference, scene)
    elif ours is None or theirs is None or type(ours) is not type(theirs):
        yield from _kind_of_division(*pair, difference, scene)
    else:
        yield from _other_sides(ours, theirs, difference, scene)


def _other_sides(ours: exp.Binary, theirs: exp.Binary, difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """What stands above or below the line and should not."""
    told = {"own": scene.quote(ours)}
    own, wanted = ((bare_operand(each.left), bare_operand(each.right)) for each in (ours, theirs))
    above, below = own[0] == wanted[0], own[1] == wanted[1]
    unguarded = _unguarded(ours, theirs, scene) if above else None
    if unguarded is not None:
        yield unguarded
    elif own == wanted[::-1]:
        yield DIVISION_TURNED.at("SELECT", ours, told)
    elif above and not below and not _in_a_sum(ours.right, theirs.right):
        if scene.matters(ours.right, theirs.right):
            yield _below(ours.right, difference, scene)
    elif below and (addend := _other_addend(ours.left, theirs.left)) is not None:
        yield _addend_told(addend, theirs.left.unnest(), told["own"], scene)
    elif below and not above and not _in_a_sum(ours.left, theirs.left) and scene.matters(ours.left, theirs.left):
        yield NUMERATOR.at("SELECT", ours.left, {"own": scene.quote(ours.left)})


def _unguarded(ours: exp.Binary, theirs: exp.Binary, scene: Scene) -> Occurrence | None:
    """A divisor that may be 0 where a blank is asked for then, or the NULLIF for it above the line."""
    if not isinstance(theirs.right.unnest(), exp.Nullif) or isinstance(ours.right.unnest(), exp.Nullif):
        return None
    if bare_operand(ours.right) == bare_operand(theirs.right) and isinstance(ours.left.unnest(), exp.Nullif):
        told = {"own": scene.quote(ours.left), "column": scene.quote(ours.right)}
        return NULLIF_ABOVE.at("SELECT", ours.left, told)
    if bare_operand(theirs.right.unnest().this) != bare_operand(ours.right) or _asked_before(ours):
        return None
    return DIVISION_BY_ZERO.at("SELECT", ours, {"own": scene.quote(ours.right)})


def _below(own: exp.Expr, difference: Difference, scene: Scene) -> Occurrence:
    """What stands below the line and should not; of a query in brackets the condition beside it that it lacks."""
    inner, where = own.find(exp.Select), difference.block.args.get("where")
    if inner is not None and where is not None and scene.proof is not None:
        only = scene.proof.one_wrong(scene.learner)
        for part in conjuncts(where.this) if only is not None else ():
            whole, asked = inner.copy(), part.copy()
            for column in columns(asked):
                column.set("table", None)
            add_condition(whole, "where", asked)
            if only is not None and columns(part) and scene.rights(inner, whole):
                told = {"own": scene.quote(own), "name": only.alias_or_name, "column": columns(part)[0].name}
                return CONDITION_MISSING_FOR.at("SELECT", own, told)
    return DENOMINATOR.at("SELECT", own, {"own": scene.quote(own)})


def _of_sums(quotient: exp.Expr) -> bool:
    """Whether what is divided, and by what, is worked out of all rows first."""
    return all(side.find(exp.AggFunc) is not None for side in (quotient.this, quotient.expression))


def _is_of_rates(own: exp.Expr, wanted: exp.Expr) -> bool:
    """Whether a mean is of rates by themselves where a quotient of totals is asked for."""
    if not isinstance(own, exp.Avg) or not _of_sums(wanted):
        return False
    return own.find(exp.Div) is not None or _weighs(wanted, own.this)


def _weighs(quotient: exp.Expr, value: exp.Expr) -> bool:
    """Whether a value is multiplied by something before it is added up above the line."""
    product = quotient.this.this if isinstance(quotient.this, exp.Sum) else None
    return isinstance(product, exp.Mul) and printed(value) in map(printed, (product.left, product.right))


def _mean_of_rates(own: exp.Expr, wanted: exp.Expr) -> exp.Expr | None:
    """The mean of a quotient within a calculation, where both its sides are added up first in the one that is asked for."""
    if any(each.find(exp.Div) for each in wanted.find_all(exp.Avg)):
        return None
    added = [column_name(each) for each in wanted.find_all(exp.Sum)]
    means = ((each, each.this.unnest()) for each in own.find_all(exp.Avg))
    rates = ((mean, rate) for mean, rate in means if isinstance(rate, exp.Div))
    return next(
        (mean for mean, rate in rates if {column_name(rate.left), column_name(rate.right)} <= {*added} - {""}), None
    )


def _in_a_sum(own: exp.Expr, wanted: exp.Expr) -> bool:
    """Whether only one of the numbers that are added up differs, so that it is that one which is to be named."""
    part = kernel(own.unnest(), wanted.unnest())[0]
    return part is not own.unnest() and isinstance(own.unnest(), exp.Add | exp.Sub)


def _addend_told(addend: exp.Expr, wanted: exp.Expr, whole: str, scene: Scene) -> Occurrence:
    """A constant added as it is where it is to be multiplied first, or another one than is asked for."""
    if any(printed(each) == printed(addend) for each in wanted.expression.walk()):
        output = addend.find_ancestor(exp.Alias)
        told = {"own": scene.quote(addend), "name": output.alias if output is not None else whole}
        return CALCULATION_UNFINISHED.at("SELECT", addend, told, code="E32")
    return NUMBER_OTHER.at("SELECT", addend, {"own": whole, "number": scene.quote(addend)})


def _other_addend(own: exp.Expr, wanted: exp.Expr) -> exp.Expr | None:
    """The constant that is added to a count, where only another one is to be added to it, in whatever way it is counted."""
    own, wanted = own.unnest(), wanted.unnest()
    if not isinstance(own, exp.Add) or not isinstance(wanted, exp.Add) or columns(own.right) or columns(wanted.right):
        return None
    counts = [each.left.find(exp.AggFunc) for each in (own, wanted)]
    asked = [counted_if(each) for each in counts if each is not None]
    alike = len(asked) == 2 and printed(asked[0]) == printed(asked[1]) != ""
    return own.right if alike and printed(own.right) != printed(wanted.right) else None


def _told_alone(own: exp.Expr, wanted: exp.Expr, difference: Difference, scene: Scene) -> bool:
    """Whether the same stands for the same in another column that divides nothing, where it is told as what it is."""
    pairs = (each.changed for each in scene.differences if each.part is Part.SELECT and each is not difference)
    others = (kernel(*pair) for pair in pairs if pair is not None and pair[0].find(exp.Div, exp.IntDiv) is None)
    return any((printed(own), printed(wanted)) == (printed(one), printed(other)) for one, other in others)


@rule
def narrowed_total(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A mean of some rows, where the total of all rows is to be divided by the number of those."""
    pair = difference.changed if difference.part is Part.SELECT else None
    if pair is None:
        return
    own, wanted = kernel(*pair)
    choice = choice_of(own) if isinstance(own, exp.Avg) else None
    if choice is None or choice[2] is not None or not isinstance(wanted, exp.Div):
        return
    total, counted = wanted.left.find(exp.Sum), wanted.right.find(exp.AggFunc)
    asked = counted_if(counted) if counted is not None else None
    whole = total is not None and printed(total.this) == printed(choice[1])
    if whole and asked is not None and printed(asked) == printed(choice[0]):
        told = {"own": scene.quote(own), "condition": scene.quote(choice[0])}
        yield NUMERATOR_NARROWED.at("SELECT", own, told)


def _is_mean_of(wanted: exp.Expr, above: exp.Expr) -> bool:
    """Whether a mean is asked for of what stands above the line, added up, or a share of the rows that are counted there."""
    mean, total = wanted.find(exp.Avg), above.find(exp.Sum, exp.Count)
    if mean is None or total is None:
        return False
    counted, asked = counted_if(total), counted_if(exp.Sum(this=mean.this.copy()))
    return printed(mean.this) == printed(total.this) or (counted is not None and printed(counted) == printed(asked))


def _kind_of_division(own: exp.Expr, wanted: exp.Expr, difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    if (own.find(exp.Coalesce) is None) != (wanted.find(exp.Coalesce) is None) or wanted.find(exp.Floor, exp.Mod):
        return  # a blank that was filled, or decimals that are cut off in another way: not what is wrong with the division
    kinds = [(node.find(exp.IntDiv), node.find(exp.Div)) for node in (own, wanted)]
    ours, theirs = (whole or real for whole, real in kinds)
    if ours is not None and theirs is not None and not _same_operands(ours, theirs):
        return
    whole = kinds[0][0]
    if whole is not None and kinds[1][0] is None:
        yield DIVISION_WHOLE.at("SELECT", whole, {"own": scene.quote(whole)})
    elif kinds[0][0] is None and kinds[1][0] is not None and kinds[0][1] is not None and not _cut_off(kinds[0][1]):
        yield DIVISION_REAL.at("SELECT", kinds[0][1], {"own": scene.quote(kinds[0][1])})


def _cut_off(quotient: exp.Expr) -> bool:
    """Whether the decimals of a division are taken off around it."""
    return isinstance(
        quotient.find_ancestor(exp.Floor, exp.Trunc, exp.Ceil, exp.Select), exp.Floor | exp.Trunc | exp.Ceil
    )


def _same_operands(own: exp.Binary, wanted: exp.Binary) -> bool:
    """Whether two divisions, whatever becomes of their decimals, are of the same numbers."""
    return (bare_operand(own.left), bare_operand(own.right)) == (bare_operand(wanted.left), bare_operand(wanted.right))


def _asked_before(quotient: exp.Binary) -> bool:
    """Whether a CASE around a division asks for its divisor, so that there is an answer for 0."""
    case, divisor = quotient.find_ancestor(exp.Case, exp.Select), printed(quotient.right)
    if not isinstance(case, exp.Case):
        return False
    return any(printed(node) == divisor for branch in case.args["ifs"] for node in branch.this.walk())


def _quotient(node: exp.Expr) -> exp.Binary | None:
    found = node if isinstance(node, exp.Div | exp.IntDiv) else node.find(exp.Div, exp.IntDiv)
    if found is None:
        found = node.find_ancestor(exp.Div, exp.IntDiv)
    return found if isinstance(found, exp.Binary) else None
