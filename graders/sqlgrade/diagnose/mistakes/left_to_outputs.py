"""Conditions that are not there, because an output column was meant to do their work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.record import Before, Family, Mistake, Occurrence
from sqlgrade.diagnose.mistakes.rule import rule
from sqlgrade.diagnose.mistakes.undoing import true_ones
from sqlgrade.diagnose.reading.aggregated import choice_of, clause_in, counted_if, keeps_empty_groups
from sqlgrade.diagnose.reading.around import asked_around_only, block_around
from sqlgrade.diagnose.reading.blocks import grouping_keys
from sqlgrade.diagnose.reading.contrast import Difference, Part, bare, printed
from sqlgrade.diagnose.reading.trees import column_name, is_filled, mentions, names_in, place_in
from sqlgrade.query.surgery import add_condition, conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.diagnose.mistakes.scene import Scene

OF_ROWS_READ = (Part.SELECT, Part.HAVING, Part.QUALIFY, Part.ORDER_BY)
"""Where something is worked out of the rows that a block has read."""

FILTER_IN_AGGREGATE = Mistake(
    "filter_in_aggregate",
    "E29",
    Family.LACKING,
    before=(Before("missing", "the condition is there, inside an output"),),
)
BLANKS_COUNTED = Mistake(
    "blanks_counted", "E30", Family.LACKING, before=(Before("missing", "the count alone takes them in"),)
)
TRUTH_COUNTED = Mistake(
    "truth_counted",
    "E30",
    Family.LACKING,
    before=(
        Before("missing", "it was meant to count some rows only"),
        Before("filter_missing", "it was meant to count some rows only"),
        Before("count_leaves_blanks", "a no is counted, and no blank"),
    ),
    undone=true_ones,
)
MEAN_OVER_ALL = Mistake(
    "mean_over_all", "E32", Family.LACKING, before=(Before("missing", "it was meant to take some rows only"),)
)
FILTER_MISSING = Mistake(
    "filter_missing",
    "E20",
    Family.LACKING,
    alike="missing",
    before=(
        Before("condition_missing", "one output alone needs the condition"),
        Before("condition_missing_of", "one output alone needs the condition"),
    ),
)
CONDITION_ONLY_AROUND = Mistake(
    "condition_only_around",
    "E20",
    Family.LACKING,
    alike="missing",
    before=(Before("missing", "it says where the condition stands"),),
)
BLANK_REPLACED = Mistake(
    "blank_replaced", "E33", Family.LACKING, before=(Before("missing", "the blanks were thought of, and filled"),)
)


@rule
def left_to_an_output(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A condition that isn't there, because an output column was meant to do its work."""
    if difference.part is not Part.WHERE or difference.own or not difference.wanted:
        return
    wanted, block = difference.wanted[0].unnest(), difference.block
    column = column_name(wanted)
    counted = _rows_counted(block, column) if is_filled(wanted) else None
    if counted is not None and _left_out_elsewhere(block, column):
        yield BLANKS_COUNTED.at("SELECT", counted, {"own": scene.quote(counted), "column": column})
    elif is_filled(wanted) and (filled := _filled_with(block, column)) is not None:
        told = {"own": scene.quote(filled), "value": scene.quote(filled.expressions[0])}
        yield BLANK_REPLACED.at("SELECT", filled, told)
    elif (filtered := _filtered_by(block, wanted)) is not None:
        if (whole := unfiltered(block, wanted, scene)) is not None:
            told = {"own": scene.quote(whole), "column": column}
            yield FILTER_MISSING.at(place_in(whole, clause_in(whole)), whole, told)
        elif keeps_empty_groups(filtered, block, difference.wanted):
            yield FILTER_IN_AGGREGATE.at("SELECT", filtered, {"own": scene.quote(filtered)})
    elif (mean := _mean_over_all(block, wanted)) is not None:
        told = {"own": scene.quote(mean), "condition": scene.quote(_counted_rows(block, wanted) or mean)}
        yield MEAN_OVER_ALL.at("SELECT", mean, told)
    elif (counted := _counted_by(block, wanted)) is not None:
        told = {"own": scene.quote(counted), "column": scene.quote(counted.this.unnest())}
        yield TRUTH_COUNTED.at("SELECT", counted, told)


def _filtered_by(block: exp.Expr, wanted: exp.Expr) -> exp.Expr | None:
    """An aggregate of the block that has the condition in its own FILTER, or in its CASE, which keeps the groups without such rows."""
    for found in block.find_all(exp.Filter):
        if any(printed(each.unnest()) == printed(wanted) for each in conjuncts(found.expression.this)):
            return found
    grouped = block.args.get("group") is not None
    for total in block.find_all(exp.AggFunc) if grouped else ():
        choice = choice_of(total)
        if choice is not None and any(printed(each.unnest()) == printed(wanted) for each in conjuncts(choice[0])):
            return total
    return None


def _counted_rows(block: exp.Expr, wanted: exp.Expr) -> exp.Expr | None:
    """The condition in a CASE of the block whose rows another output counts."""
    asked = (counted_if(each) for each in block.find_all(exp.AggFunc))
    return next((each for each in asked if each is not None and printed(each) == printed(wanted)), None)


def _mean_over_all(block: exp.Expr, wanted: exp.Expr) -> exp.Avg | None:
    """A mean that takes each row as something, beside a count of the rows that it should be taken of."""
    means = (each for each in block.find_all(exp.Avg) if isinstance(each.this, exp.Case))
    whole = (each for each in means if each.this.args.get("default") is not None and not _holds(each, wanted))
    return next(whole, None) if _counted_rows(block, wanted) is not None else None


def _holds(node: exp.Expr, wanted: exp.Expr) -> bool:
    """Whether a condition stands in a part of a query as a whole."""
    return any(printed(each) == printed(wanted) for each in node.walk())


def _left_out_elsewhere(block: exp.Expr, column: str) -> bool:
    """Whether all other aggregates of a block leave out the blanks of the column by themselves, so that COUNT(*) alone is off."""
    others = [each for each in block.find_all(exp.AggFunc) if not isinstance(each.this, exp.Star)]
    return all(mentions(each, column) and each.find(exp.Case, exp.If, exp.Coalesce) is None for each in others)


def _rows_counted(block: exp.Expr, column: str) -> exp.Count | None:
    """The COUNT(*) of a block that works with a column besides, and does not group by it."""
    keys = grouping_keys(block) if isinstance(block, exp.Select) else ()
    grouped = (each for key in keys for each in key.find_all(exp.Column))
    if any(each.name.lower() == column.lower() for each in grouped):
        return None
    used = any(each.name.lower() == column.lower() for each in block.find_all(exp.Column))
    return next((each for each in block.find_all(exp.Count) if used and isinstance(each.this, exp.Star)), None)


def _counted_by(block: exp.Expr, wanted: exp.Expr) -> exp.Count | None:
    """A COUNT of the block that has the condition in its brackets, as if it counted only the rows where it holds."""
    return next((each for each in block.find_all(exp.Count) if printed(each.this.unnest()) == printed(wanted)), None)


def _filled_with(block: exp.Expr, column: str) -> exp.Coalesce | None:
    """Where the learner puts a value for the blanks of a column."""
    found = block.find_all(exp.Coalesce)
    return next((each for each in found if each.expressions and column_name(each.this) == column), None)


def unfiltered(block: exp.Expr, wanted: exp.Expr, scene: Scene) -> exp.AggFunc | None:
    """An aggregate of a block that takes the rows without a condition, too, and comes out otherwise without them; outputs first."""
    asked = names_in(wanted)
    found = [each for each in block.find_all(exp.AggFunc) if each.find_ancestor(exp.Select) is block]
    for each in sorted(found, key=lambda total: clause_in(total) is not Part.SELECT):
        kept = exp.Filter(this=each.copy(), expression=exp.Where(this=wanted.copy()))
        looked_at = names_in(each)
        if not isinstance(each.parent, exp.Filter) and not asked & looked_at and scene.matters(each, kept):
            return each
    return None


@rule
def truth_counted(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """COUNT of a yes/no column or of a condition, which counts the noes as well."""
    if difference.changed is None or difference.part not in OF_ROWS_READ:
        return
    for count in difference.changed[0].find_all(exp.Count):
        asked = _yes_or_no(count, scene)
        about = names_in(count)
        if not about & names_in(difference.changed[1]):
            continue
        if asked and not any(printed(count) == printed(each) for each in difference.changed[1].find_all(exp.Count)):
            told = {"own": scene.quote(count), "column": asked}
            yield TRUTH_COUNTED.at(difference.part, count, told)


def _yes_or_no(count: exp.Count, scene: Scene) -> str:
    """What a COUNT counts that is true or false: a column by its name, a condition in the learner's words."""
    value = count.this.unnest() if isinstance(count.this, exp.Expr) else None
    if isinstance(value, exp.Or) and isinstance(value.right.unnest(), exp.Null):
        return ""  # what is not true is blank then
    if isinstance(value, exp.Column):
        return value.name if scene.learner.family(value) == "boolean" else ""
    return scene.quote(value) if isinstance(value, exp.Predicate | exp.Connector | exp.Not) else ""


def asked_by_outputs(difference: Difference, scene: Scene) -> bool:
    """Whether each output of a block that has no groups asks for what WHERE lacks, in a CASE or FILTER: in WHERE, it would right nothing."""
    block, condition = difference.block, difference.wanted[0]
    if numbered_first(difference, scene) is not None:
        return True
    if difference.part is not Part.WHERE or not isinstance(block, exp.Select) or block.args.get("group"):
        return False
    found = list(block.find_all(exp.AggFunc))
    asked = [counted_if(each.parent if isinstance(each.parent, exp.Filter) else each) for each in found]
    if not found or not all(each is not None and names_in(condition) <= names_in(each) for each in asked):
        return False
    narrowed = block.copy()
    add_condition(narrowed, "where", condition.copy())
    return scene.proof is not None and not scene.rights(block, narrowed)


def numbered_first(difference: Difference, scene: Scene) -> exp.Expr | None:
    """What numbers the rows in an earlier step, where a condition asks for a number that no step of the answer has."""
    missing = names_in(difference.wanted[0]) if difference.wanted and not difference.own else set[str]()
    handed = (item for each in scene.differences if each.part is Part.SELECT and not each.own for item in each.wanted)
    named = (item for item in handed if isinstance(item.parent, exp.Alias) and item.parent.alias.lower() in missing)
    return next((item for item in named if isinstance(item, exp.Window) and difference.part is Part.WHERE), None)


@rule
def asked_in_the_query_around(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A condition that isn't there in a query in brackets, and stands in the WHERE of the query around it."""
    block = difference.block
    around = block_around(block) if isinstance(block, exp.Select) and difference.part is Part.WHERE else None
    if around is None or difference.own or not isinstance(block, exp.Select):
        return
    asked = {bare(each): each for each in asked_around_only(block, around)}
    part = next((asked[text] for text in map(bare, difference.wanted) if text in asked), None)
    if part is not None:
        stands = (each for each in conjuncts(around.args["where"].this) if bare(each) == bare(part))
        yield CONDITION_ONLY_AROUND.at(
            "SELECT", block, {"condition": scene.quote(next(stands)), "own": scene.quote(block)}
        )
