"""What is added up, averaged or picked: another aggregate, another column, values merged, a text by the alphabet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.comparing import BLANK_INVERTED
from sqlgrade.diagnose.mistakes.counting import ROWS_FOR_PEOPLE, aggregates_of, come_twice
from sqlgrade.diagnose.mistakes.left_to_outputs import FILTER_MISSING, OF_ROWS_READ
from sqlgrade.diagnose.mistakes.record import Before, Family, Mistake, Occurrence, Tier
from sqlgrade.diagnose.mistakes.rule import rule
from sqlgrade.diagnose.mistakes.scene import changed_output
from sqlgrade.diagnose.mistakes.undoing import every_value, otherwise
from sqlgrade.diagnose.reading.aggregated import (
    asks_alike,
    counted_column,
    counted_if,
    fraction,
    is_one,
    is_other_kind,
    takes_all,
)
from sqlgrade.diagnose.reading.contrast import Difference, Part, printed
from sqlgrade.diagnose.reading.trees import asks_for_blank, column_name, kernel, names_in, number_of, place_in
from sqlgrade.query.columns import TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.diagnose.mistakes.scene import Scene

AMOUNTS_MERGED = Mistake("amounts_merged", "E13", Family.COUNTS, undone=every_value)
AGGREGATE_SUM = Mistake("aggregate_sum", "E45", Family.COUNTS, Tier.PART, from_join=True)
SUM_FOR_COUNT = Mistake("sum_for_count", "E45", Family.COUNTS)
COUNT_FOR_SUM = Mistake("count_for_sum", "E45", Family.COUNTS)
AGGREGATE_AVG = Mistake("aggregate_avg", "E45", Family.COUNTS, Tier.PART)
MEAN_FOR_MEDIAN = Mistake("mean_for_median", "E45", Family.COUNTS)
AGGREGATE_MAX = Mistake("aggregate_max", "E45", Family.COUNTS, Tier.PART)
AGGREGATE_MIN = Mistake("aggregate_min", "E45", Family.COUNTS, Tier.PART)
VALUE_OF_OTHER_ROW = Mistake(
    "value_of_other_row",
    "E25",
    Family.COUNTS,
    before=(Before("qualify_missing", "it says what was picked instead"),),
    covers=(Part.GROUP_BY,),
)
LAST_OF_ALPHABET = Mistake(
    "last_of_alphabet",
    "E25",
    Family.COUNTS,
    before=(Before("window_missing", "it says what was taken instead"),),
    covers=(Part.GROUP_BY, Part.QUALIFY),
)
FIRST_OF_ALPHABET = Mistake(
    "first_of_alphabet",
    "E25",
    Family.COUNTS,
    before=(Before("window_missing", "it says what was taken instead"),),
    covers=(Part.GROUP_BY, Part.QUALIFY),
)
AGGREGATE_COUNT = Mistake("aggregate_count", "E45", Family.COUNTS, Tier.PART, from_join=True)
MEDIAN_FOR_MEAN = Mistake("median_for_mean", "E45", Family.COUNTS)
MIDDLE_IS_SMALLER = Mistake("middle_is_smaller", "E45", Family.COUNTS)
QUANTILE_OF_VALUES = Mistake("quantile_of_values", "E45", Family.COUNTS)
AGGREGATE_OF_OTHER = Mistake(
    "aggregate_of_other",
    "E25",
    Family.COUNTS,
    Tier.GENERAL,
    before=(
        Before("calculation_part", "it names the aggregate"),
        Before("column_in_calculation", "it names the aggregate"),
    ),
)
SUM_WITHOUT_ELSE = Mistake(
    "sum_without_else",
    "E33",
    Family.COUNTS,
    before=(Before("zero_missing", "it says where the blank comes from"),),
    undone=otherwise(exp.Literal.number(0)),
)
_SHOWING = (exp.Paren, exp.Round, exp.Cast, exp.Coalesce, exp.Filter)
OTHER_AGGREGATE: dict[type[exp.Expr], Mistake] = {
    exp.Sum: AGGREGATE_SUM,
    exp.Avg: AGGREGATE_AVG,
    exp.Max: AGGREGATE_MAX,
    exp.Min: AGGREGATE_MIN,
    exp.Count: AGGREGATE_COUNT,
}


@rule
def merged_values(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """SUM(DISTINCT …) and the like."""
    pair = aggregates_of(difference)
    if pair is None or isinstance(pair[0], exp.Count):
        return
    ours, theirs = (isinstance(each.this, exp.Distinct) for each in pair)
    if ours and not theirs:
        yield AMOUNTS_MERGED.at(difference.part, pair[0], {"own": scene.quote(pair[0])})


@rule
def alphabet(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """MIN or MAX of a text where the text of a certain row is asked for: it goes by the alphabet."""
    if difference.part is not Part.SELECT or difference.changed is None:
        return
    own, wanted = kernel(*difference.changed)
    if not isinstance(own, exp.Min | exp.Max) or isinstance(wanted, exp.AggFunc):
        return
    column = own.this.unnest()
    if isinstance(column, exp.Column) and scene.learner.family(column) == TEXT:
        told = {"own": scene.quote(own), "column": column.name}
        key = FIRST_OF_ALPHABET if isinstance(own, exp.Min) else LAST_OF_ALPHABET
        yield key.at("SELECT", own, told)


@rule
def value_in_order(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """`percentile_disc(f) WITHIN GROUP (ORDER BY x)` where a value between two may be asked for."""
    pair = changed_output(difference)
    own, wanted = kernel(*pair) if pair is not None else (exp.null(), exp.null())
    part = own.this.this if isinstance(own, exp.WithinGroup) and isinstance(own.this, exp.PercentileDisc) else None
    if part is not None and isinstance(wanted, exp.Median | exp.PercentileCont) and part.name == fraction(wanted):
        key = MIDDLE_IS_SMALLER if part.name == "0.5" else QUANTILE_OF_VALUES
        yield key.at(difference.part, own, {"own": scene.quote(own), "column": column_name(own.expression)})


@rule
def aggregates(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """Another aggregate, or the right one of another column."""
    pair = aggregates_of(difference)
    if pair is None:
        return
    own, wanted = pair
    told = {"own": scene.quote(own), "column": column_name(own)}
    if _adds_without_else(own) and _counts(wanted):
        if not isinstance(own.parent, exp.Coalesce) and asks_alike(own, wanted):
            yield SUM_WITHOUT_ELSE.at(difference.part, own, told)
    elif isinstance(own, exp.Min | exp.Max) and isinstance(wanted, exp.ArgMin | exp.ArgMax):
        yield VALUE_OF_OTHER_ROW.at(difference.part, own, told)
    elif isinstance(own, exp.PercentileDisc | exp.Quantile) and isinstance(wanted, exp.Median | exp.PercentileCont):
        if fraction(wanted) == fraction(own):
            key = MIDDLE_IS_SMALLER if fraction(own) == "0.5" else QUANTILE_OF_VALUES
            yield key.at(difference.part, own, told)
    elif type(own) is not type(wanted):
        yield from _other_kind(own, wanted, told, difference, scene)
    elif (asked := _limited_to(own, wanted)) is not None:
        yield FILTER_MISSING.at(difference.part, own, {**told, "column": column_name(asked)})
    elif _is_of_another(own, wanted):
        yield AGGREGATE_OF_OTHER.at(difference.part, own, told)


def _adds_without_else(own: exp.AggFunc) -> bool:
    case = own.this if isinstance(own, exp.Sum) else None
    return isinstance(case, exp.Case) and case.args.get("default") is None


def _is_of_another(own: exp.AggFunc, wanted: exp.AggFunc) -> bool:
    """Whether an aggregate is taken of another column, or of other ones in a calculation."""
    if isinstance(own.this, exp.Column) and isinstance(wanted.this, exp.Column) and own.this.name != wanted.this.name:
        return True
    return names_in(own) != names_in(wanted) and not own.find(exp.Case, exp.If)


def _around(aggregate: exp.Expr, whole: exp.Expr) -> str:
    """What an aggregate stands in, whatever is rounded or filled."""
    while isinstance(whole, _SHOWING):
        whole = whole.this
    shown = aggregate
    while shown is not whole and isinstance(shown.parent, _SHOWING):
        shown = shown.parent
    return printed(whole).replace(printed(shown), "…")


def _limited_to(own: exp.AggFunc, wanted: exp.AggFunc) -> exp.Expr | None:
    """The condition under which alone a value is asked for that is taken of every row."""
    case = wanted.this
    if not isinstance(case, exp.Case) or len(case.args["ifs"]) != 1 or case.this is not None or own.find(exp.Case):
        return None
    branch = case.args["ifs"][0]
    condition: exp.Expr = branch.this
    same = printed(branch.args["true"]) == printed(own.this) and column_name(condition)
    return condition if same and takes_all(own, condition) else None


def _other_kind(
    own: exp.AggFunc, wanted: exp.AggFunc, told: dict[str, str], difference: Difference, scene: Scene
) -> Iterator[Occurrence]:
    """Another aggregate than is asked for in one calculation, by both their names where people take the one for the other."""
    arounds = {_around(*each) for each in zip((own, wanted), difference.changed or (), strict=False)}
    if len(arounds) > 1:
        return  # in another calculation each may be right
    key = _taken_for(own, wanted)
    if key is None and type(own) in OTHER_AGGREGATE and is_other_kind(own, wanted):
        key = OTHER_AGGREGATE[type(own)]
    if key is ROWS_FOR_PEOPLE:
        told |= {"key": counted_column(wanted)}
    if key is not None and (key is not ROWS_FOR_PEOPLE or come_twice(own, wanted, scene)):
        yield key.at(difference.part, own, told)


def _taken_for(own: exp.AggFunc, wanted: exp.AggFunc) -> Mistake | None:
    """The name for two aggregates of which people take one for the other."""
    if isinstance(own, exp.Avg) and fraction(wanted) == "0.5":
        return MEAN_FOR_MEDIAN
    if isinstance(own, exp.Median) and isinstance(wanted, exp.Avg):
        return MEDIAN_FOR_MEAN
    if _sums_a_column(own) and isinstance(wanted, exp.Count):
        return SUM_FOR_COUNT
    if isinstance(wanted.this, exp.Distinct) and (is_one(own.this) or _adds_ones(own)):
        return ROWS_FOR_PEOPLE
    return COUNT_FOR_SUM if isinstance(own, exp.Count) and _sums_a_column(wanted) else None


def _sums_a_column(aggregate: exp.AggFunc) -> bool:
    return isinstance(aggregate, exp.Sum) and isinstance(aggregate.this, exp.Column)


def _adds_ones(own: exp.AggFunc) -> bool:
    case = own.this if isinstance(own, exp.Sum) else None
    return isinstance(case, exp.Case) and all(number_of(each.args["true"]) == 1 for each in case.args["ifs"])


def _counts(wanted: exp.Expr) -> bool:
    """Whether a number is asked for that is 0 where nothing fits: a count, or ones and zeros added up."""
    case = wanted.this if isinstance(wanted, exp.Sum) else None
    return isinstance(wanted, exp.Count) or (isinstance(case, exp.Case) and case.args.get("default") is not None)


@rule
def blanks_for_values(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """The rows counted in which a column is blank, where those in which it has a value are asked for."""
    if difference.changed is None or difference.part not in OF_ROWS_READ:
        return
    own, wanted = kernel(*difference.changed)
    if isinstance(own.parent, exp.Count) and isinstance(wanted.parent, exp.Count):
        own, wanted = own.parent, wanted.parent
    asked = own.expression.this if isinstance(own, exp.Filter) else counted_if(own)
    counted = wanted.this if isinstance(wanted, exp.Count) else None
    if asked is None or not asks_for_blank(asked.unnest()) or not isinstance(counted, exp.Column):
        return
    if column_name(asked) == counted.name:
        told = {"condition": scene.quote(asked), "column": column_name(asked)}
        yield BLANK_INVERTED.at(place_in(asked, difference.part), asked, told)
