"""How an output column is computed: blanks, rounding, units, direction, another column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.cases import CASE_WITHOUT_ELSE, lacks_else
from sqlgrade.diagnose.mistakes.choosing import choose
from sqlgrade.diagnose.mistakes.clocks import boundaries, other_clock, other_unit, other_week, text_for_date
from sqlgrade.diagnose.mistakes.dividing import CALCULATION_UNFINISHED, NUMBER_OTHER
from sqlgrade.diagnose.mistakes.joining import uncounted_end
from sqlgrade.diagnose.mistakes.left_to_outputs import BLANK_REPLACED
from sqlgrade.diagnose.mistakes.record import Before, Family, Mistake, Occurrence, Tier
from sqlgrade.diagnose.mistakes.rule import Rule, rule
from sqlgrade.diagnose.mistakes.scene import Scene, called, changed_output, read_twice
from sqlgrade.diagnose.reading.contrast import Difference, Part, printed
from sqlgrade.diagnose.reading.trees import column_name, kernel, names_in, number_of, place_in, step_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ZERO_MISSING = Mistake("zero_missing", "E33", Family.CALCULATIONS)
MEAN_LEAVES_BLANKS = Mistake(
    "mean_leaves_blanks",
    "E32",
    Family.CALCULATIONS,
    before=(Before("zero_missing", "a mean that leaves rows out is another number, not a blank"),),
)
MEAN_TAKES_ZEROS = Mistake("mean_takes_zeros", "E32", Family.CALCULATIONS)
LABEL_MISSING = Mistake("label_missing", "E33", Family.CALCULATIONS)
BLANK_IN_TEXT = Mistake("blank_in_text", "E33", Family.CALCULATIONS)
LABEL_OTHER = Mistake("label_other", "E33", Family.CALCULATIONS)
BLANKS_MADE = Mistake("blanks_made", "E33", Family.CALCULATIONS)
COALESCE_TURNED = Mistake("coalesce_turned", "E33", Family.CALCULATIONS)
AMOUNT_TOO_LARGE = Mistake("amount_too_large", "E43", Family.CALCULATIONS, Tier.PART)
AMOUNT_TOO_SMALL = Mistake("amount_too_small", "E43", Family.CALCULATIONS, Tier.PART)
DIFFERENCE_TURNED = Mistake("difference_turned", "E43", Family.CALCULATIONS)
COLUMN_OTHER = Mistake("column_other", "E25", Family.OUTPUTS, Tier.GENERAL)
COLUMN_IN_CALCULATION = Mistake("column_in_calculation", "E25", Family.CALCULATIONS, Tier.GENERAL)
COLUMN_OF_OTHER_TABLE = Mistake("column_of_other_table", "E25", Family.OUTPUTS, Tier.PART)
COLUMN_OF_OTHER_STEP = Mistake("column_of_other_step", "E25", Family.OUTPUTS, Tier.PART)
COLUMN_OF_BLANK_SIDE = Mistake("column_of_blank_side", "E25", Family.OUTPUTS, Tier.PART)
COLUMN_OF_OTHER_ALIAS = Mistake("column_of_other_alias", "E25", Family.OUTPUTS, Tier.PART)
COLUMN_AS_IT_IS = Mistake("column_as_it_is", "E25", Family.OUTPUTS, Tier.GENERAL)
COLUMN_HANDED_ON = Mistake("column_handed_on", "E25", Family.OUTPUTS, Tier.GENERAL)
COLUMN_QUOTED = Mistake("column_quoted", "E04", Family.OUTPUTS)
CALCULATION_OTHER = Mistake("calculation_other", "E43", Family.CALCULATIONS, Tier.GENERAL)
CALCULATION_PART = Mistake("calculation_part", "E43", Family.CALCULATIONS, Tier.GENERAL)
ONE_FOR_ALL = Mistake(
    "one_for_all",
    "E45",
    Family.CALCULATIONS,
    Tier.PART,
    before=(Before("numerator", "it says what was taken for all rows"),),
)
BRACKETS_MISSING = Mistake("brackets_missing", "E43", Family.CALCULATIONS)
FUNCTION_TAKES_LITTLE = Mistake("function_takes_little", "E43", Family.CALCULATIONS)
FUNCTION_TAKES_MUCH = Mistake("function_takes_much", "E43", Family.CALCULATIONS)

_OF_TIMES = tuple(map(Rule, (text_for_date, boundaries, other_week, other_clock, other_unit)))
_SHOWING = (exp.Paren, exp.Round, exp.Cast, exp.Coalesce, exp.If, exp.Case)
"""What still shows the column that it is put around."""
_PASSING = (exp.Paren, exp.Round, exp.Cast, exp.Add, exp.Sub, exp.Coalesce, exp.Avg, exp.Min, exp.Max)
"""What comes out larger by as much as is added within it."""


@rule
def times(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """Dates and times by another clock, or in another unit."""
    if difference.part not in (Part.SELECT, Part.GROUP_BY) or difference.changed is None:
        return
    own, wanted = difference.changed
    found = choose(_OF_TIMES, lambda each: next(each.find(own, wanted, scene), None))
    if found is not None:
        yield found.on(difference.part)


@rule
def blanks(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """COALESCE missing, too much or the wrong way round; NULLIF in its place."""
    pair = changed_output(difference)
    if pair is None:
        return
    own, wanted = kernel(*pair)
    name = output_name(difference, scene)
    told = {"own": scene.quote(own), "name": name, "column": column_name(own)}
    if isinstance(own.parent, exp.Coalesce):
        yield from _other_label(own.parent, own, wanted, told, scene)
    elif isinstance(own, exp.Coalesce):
        yield from _filled(own, wanted, told, scene)
    elif isinstance(wanted, exp.Coalesce) and isinstance(own, exp.Nullif):
        yield BLANKS_MADE.at("SELECT", own, told)
    elif isinstance(filler := wanted.unnest(), exp.Coalesce) and filler.this == own and (joined := _joined(own, scene)):
        yield BLANK_IN_TEXT.at("SELECT", joined, {**told, "own": scene.quote(joined)})
    elif isinstance(wanted, exp.Coalesce) and _left_blank(own, wanted) and scene.is_blank(difference.block, name):
        value = wanted.expressions[0] if wanted.expressions else None
        zero = isinstance(value, exp.Literal) and not value.is_string
        yield (ZERO_MISSING if zero else LABEL_MISSING).at("SELECT", own, told)


@rule
def means(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A mean that takes blanks, or zeros, otherwise than asked for."""
    pair = changed_output(difference)
    own, wanted = kernel(*pair) if pair is not None else (exp.null(), exp.null())
    key = _of_another_mean(own, wanted)
    if key is not None and isinstance(own.parent, exp.Avg):
        yield key.at("SELECT", own.parent, {"own": scene.quote(own.parent), "column": scene.quote(own)})


def _of_another_mean(own: exp.Expr, wanted: exp.Expr) -> Mistake | None:
    """What a mean is wrong by that takes blanks, or zeros, otherwise than asked for."""
    if wanted.this != own:
        return None
    if isinstance(wanted, exp.Coalesce) and [number_of(each) for each in wanted.expressions] == [0]:
        return MEAN_LEAVES_BLANKS
    return MEAN_TAKES_ZEROS if isinstance(wanted, exp.Nullif) and number_of(wanted.expression) == 0 else None


@rule
def without_else(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A CASE without the ELSE that is asked for."""
    pair = changed_output(difference)
    own, wanted = kernel(*pair) if pair is not None else (exp.null(), exp.null())
    case = own if isinstance(own, exp.Case) else own.find(exp.Case) or own.find_ancestor(exp.Case)
    other = wanted if isinstance(wanted, exp.Case) else wanted.find(exp.Case)
    if case is not None and other is not None and lacks_else(case, other) and not _counted(case):
        told = {"own": scene.quote(case), "name": output_name(difference, scene), "column": column_name(own)}
        yield CASE_WITHOUT_ELSE.at("CASE", case, told)


def _other_label(
    filled: exp.Coalesce, own: exp.Expr, wanted: exp.Expr, told: dict[str, str], scene: Scene
) -> Iterator[Occurrence]:
    """Another value than is asked for in the place of blanks."""
    value = filled.expressions[0]
    if own is value or (isinstance(wanted, exp.Coalesce) and printed(wanted.this) == printed(own)):
        yield LABEL_OTHER.at("SELECT", filled, {**told, "own": scene.quote(filled), "value": scene.quote(value)})


def _filled(own: exp.Coalesce, wanted: exp.Expr, told: dict[str, str], scene: Scene) -> Iterator[Occurrence]:
    """Blanks filled that are to stay, the wrong way round, or those of another column."""
    if not isinstance(wanted, exp.Coalesce) and printed(own.this) == printed(wanted):
        value = own.expressions[0] if own.expressions else None
        yield BLANK_REPLACED.at("SELECT", own, {**told, "value": scene.quote(value) if value else ""})
    elif isinstance(own.this, exp.Literal):
        yield COALESCE_TURNED.at("SELECT", own, {**told, "value": scene.quote(own.this)})
    elif _fills_another_column(own, wanted):
        yield COLUMN_OTHER.at("SELECT", own, {**told, "own": scene.quote(own.this)})


@rule
def blank_for_zero(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """An output column that is right once its blanks are zeros, in whatever other way it is computed."""
    pair = changed_output(difference)
    if pair is None or scene.proof is None:
        return
    own, wanted = pair
    counts = wanted.find(exp.Count) is not None or any(each.name == "0" for each in wanted.find_all(exp.Literal))
    if not counts or own.find(exp.AggFunc) is None:
        return
    if isinstance(own.parent, exp.Alias) and not scene.is_blank(difference.block, own.parent.alias):
        return  # known from what has been run already
    filled = exp.Coalesce(this=own.copy(), expressions=[exp.Literal.number(0)])
    whole = not scene.tells_apart(own, filled, wanted) or (
        scene.rights(own, filled) and scene.no_worse(own, filled, wanted)
    )
    if whole and scene.matters(own, filled):
        told = {"own": scene.quote(own), "name": scene.called(own)}
        yield ZERO_MISSING.at("SELECT", own, told)


@rule
def one_for_all(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """The number of rows times the largest value of a column, where the values of all rows are to be added up."""
    pair = changed_output(difference)
    for product in pair[0].find_all(exp.Mul) if pair is not None else ():
        sides = product.left.unnest(), product.right.unnest()
        one = next((side for side in sides if isinstance(side, exp.Max | exp.Min | exp.Literal)), None)
        counted = any(isinstance(side, exp.Count) for side in sides)
        added = {name for total in pair[1].find_all(exp.Sum) for name in names_in(total)} if pair is not None else ()
        column = column_name(one) if one is not None and not isinstance(one, exp.Literal) else next(iter(added), "")
        if one is not None and counted and column.lower() in added:
            told = {"own": scene.quote(one), "column": column}
            yield ONE_FOR_ALL.at("SELECT", product, told)


@rule
def amounts(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A constant added or taken away, or a difference taken the wrong way round."""
    pair = changed_output(difference)
    if pair is None:
        return
    own, wanted = kernel(*pair)
    if isinstance(own, exp.Sub) and isinstance(wanted, exp.Sub) and _turned(own, wanted):
        yield DIFFERENCE_TURNED.at("SELECT", own, {"own": scene.quote(own)})
        return
    told = {"own": scene.quote(pair[0]), "name": output_name(difference, scene)}
    amount = _added(own, wanted)
    if amount == -1 and (left_out := uncounted_end(own, difference.block, scene)) is not None:
        yield left_out
    elif amount and _passes_on(own, pair[0]):
        key = AMOUNT_TOO_LARGE if amount > 0 else AMOUNT_TOO_SMALL
        yield key.at("SELECT", pair[0], {**told, "amount": f"{abs(amount):g}"})


@rule
def numbers(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """Another number in the same calculation, such as a year or the fraction of a quantile."""
    pair = changed_output(difference)
    if pair is None:
        return
    own, wanted = kernel(*pair)
    around = own.parent
    counts = isinstance(around, exp.Add | exp.Sub | exp.Mul | exp.Div | exp.PercentileCont | exp.PercentileDisc)
    if counts and number_of(own) is not None and number_of(wanted) is not None and around is not None:
        told = {"own": scene.quote(around), "number": own.name}
        yield NUMBER_OTHER.at(place_in(own, Part.SELECT), around, told, code="E43")


@rule
def precedence(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """The same calculation without its brackets, so that another part of it comes first."""
    pair = changed_output(difference)
    if pair is None:
        return
    own, wanted = (node.sql("duckdb").replace("(", "").replace(")", "") for node in pair)
    if own != wanted:
        return
    told = {"own": scene.quote(pair[0])}
    for ours, theirs in zip(*(each.find_all(exp.Func, bfs=False) for each in pair), strict=False):
        size, asked = (sum(not isinstance(node, exp.Paren) for node in each.walk()) for each in (ours, theirs))
        if type(ours) is type(theirs) and size != asked:
            key = FUNCTION_TAKES_MUCH if size > asked else FUNCTION_TAKES_LITTLE
            yield key.at("SELECT", ours, {**told, "function": f"{printed(ours).partition('(')[0]}(…)"})
            return
    first = next((node for node in pair[0].find_all(exp.Mul, exp.Div, exp.IntDiv) if node.find(exp.Column)), None)
    if first is not None and first is not pair[0]:
        yield BRACKETS_MISSING.at("SELECT", pair[0], {**told, "first": scene.quote(first)})


@rule
def other_column(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """Another column than the one that is asked for, or another calculation."""
    pair = changed_output(difference)
    if pair is None:
        return
    own, wanted = kernel(*pair)
    while isinstance(own, exp.Identifier) and own.parent is not None:
        own, wanted = own.parent, wanted.parent or wanted
    told = {"own": scene.quote(own), "name": output_name(difference, scene)}
    if isinstance(own, exp.Column) and isinstance(wanted, exp.Column):
        yield _other_column(own, wanted, pair[0], told, scene)
    elif isinstance(own, exp.Literal) and isinstance(wanted, exp.Column) and own.name.lower() == wanted.name.lower():
        yield COLUMN_QUOTED.at(place_in(own, Part.SELECT), own, {**told, "column": own.name})
    else:
        key = _other_calculation(own.unnest(), wanted, pair[0].unnest(), scene)
        yield key.at(place_in(own, Part.SELECT), own, {**told, "own": scene.quote(own.unnest())})


def _other_calculation(part: exp.Expr, wanted: exp.Expr, whole: exp.Expr, scene: Scene) -> Mistake:
    """Another calculation, a part of one, or what one begins with."""
    if part is whole:
        shown = _is_bare(part, scene) and wanted.find(exp.Window, exp.Select) is None
        return COLUMN_AS_IT_IS if shown else CALCULATION_OTHER
    inside = {printed(node) for node in wanted.walk() if node is not wanted}
    unfinished = not isinstance(part, exp.Literal) and printed(part) in inside
    return CALCULATION_UNFINISHED if unfinished else CALCULATION_PART


def _other_column(
    own: exp.Column, wanted: exp.Column, output: exp.Expr, told: dict[str, str], scene: Scene
) -> Occurrence:
    """A column in another's place: of one name in another table, in a calculation, in a step, or as it is shown."""
    key = COLUMN_OTHER
    whole = _calculation_around(own, output)
    if own.name.lower() == wanted.name.lower() and own.table:
        twice = read_twice(own, wanted, scene)
        told |= {"alias": own.table, "table": twice or called(own, scene)}
        key = COLUMN_OF_OTHER_ALIAS if twice else COLUMN_OF_OTHER_TABLE
        if (
            not twice
            and _on_blank_side(own)
            and not _on_blank_side(wanted)
            and scene.is_blank(_block_of(own), told["name"])
        ):
            key = COLUMN_OF_BLANK_SIDE
        elif not twice and not scene.learner.schema.columns(called(own, scene)):
            key = COLUMN_OF_OTHER_STEP
    elif whole is not None:
        key = COLUMN_IN_CALCULATION
        told["whole"] = scene.quote(whole)
    elif isinstance(block := own.find_ancestor(exp.Select), exp.Select) and block.parent is not None:
        told["step"] = step_of(block)
        key = _of_a_step(told["step"], is_whole=own is output)
    return key.at(place_in(own, Part.SELECT), own, told)


def _of_a_step(step: str, *, is_whole: bool) -> Mistake:
    """What another column in an inner block is: one that a step hands on, or a part of what is worked out there."""
    return COLUMN_HANDED_ON if is_whole and step else CALCULATION_PART


def _block_of(node: exp.Expr) -> exp.Expr:
    """The block in which a part of a query stands."""
    return node.find_ancestor(exp.Select) or node


def _on_blank_side(column: exp.Column) -> bool:
    """Whether a column is that of the table of a LEFT JOIN, which is blank in the rows without a match."""
    joins = _block_of(column).args.get("joins") or ()
    return any(join.side == "LEFT" and join.this.alias_or_name.lower() == column.table.lower() for join in joins)


def _is_bare(node: exp.Expr, scene: Scene) -> bool:
    """Whether an output is a column of a table of the database, of which nothing was made before."""
    source = scene.learner.source_of(node) if isinstance(node, exp.Column) else None
    return source is not None and bool(scene.learner.schema.columns(source.table or ""))


def _calculation_around(column: exp.Column, output: exp.Expr) -> exp.Expr | None:
    """The calculation that a column of an output is part of; None where it is the column that is shown."""
    node: exp.Expr = column
    while node is not output and node.parent is not None:
        node = node.parent
        if not isinstance(node, _SHOWING):
            return node
    return None


def _left_blank(own: exp.Expr, filled: exp.Coalesce) -> bool:
    """Whether an expression is of the kind and over the columns that are to be filled, and fills no blanks by itself."""
    alike = type(own) is type(filled.this) and names_in(own) == names_in(filled.this)
    return alike and own.find(exp.Coalesce) is None


def _fills_another_column(own: exp.Expr, wanted: exp.Expr) -> bool:
    both = isinstance(own, exp.Coalesce) and isinstance(wanted, exp.Coalesce)
    columns = both and isinstance(own.this, exp.Column) and isinstance(wanted.this, exp.Column)
    return columns and own.this.name.lower() != wanted.this.name.lower()


def _joined(part: exp.Expr, scene: Scene) -> exp.DPipe | None:
    """The whole text into which `||` joins a column that may be blank."""
    whole: exp.DPipe | None = None
    above = part.parent
    while isinstance(above, exp.DPipe | exp.Paren | exp.Cast):
        whole, above = (above if isinstance(above, exp.DPipe) else whole), above.parent
    blank = isinstance(part, exp.Column) and not scene.learner.never_null(part)
    return whole if blank else None


def _turned(own: exp.Binary, wanted: exp.Binary) -> bool:
    return printed(own.left) == printed(wanted.right) and printed(own.right) == printed(wanted.left)


def output_name(difference: Difference, scene: Scene) -> str:
    """What the output column that differs is called."""
    node = difference.own[0]
    above = node.parent
    if isinstance(above, exp.Alias):
        return str(above.alias)
    return node.name if isinstance(node, exp.Column) else scene.quote(node)


def _added(own: exp.Expr, wanted: exp.Expr) -> float | None:
    """How much too large an expression comes out because a constant was or was not added."""
    for sign, whole, part in ((1, own.unnest(), wanted), (-1, wanted.unnest(), own)):
        if isinstance(whole, exp.Add | exp.Sub) and printed(whole.left.unnest()) == printed(part.unnest()):
            number = number_of(whole.right)
            return sign * (number if isinstance(whole, exp.Add) else -number) if number else None
    return None


def _passes_on(part: exp.Expr, whole: exp.Expr) -> bool:
    """Whether what is added to a part is added to the whole: not below a fraction line, in a product or in a sum of rows."""
    while part is not whole:
        above = part.parent
        subtracted = isinstance(above, exp.Sub) and part is above.expression
        if not isinstance(above, _PASSING) or subtracted:
            return False
        part = above
    return True


def _counted(case: exp.Case) -> bool:
    """Whether COUNT skips what the CASE leaves blank, as it should, or SUM does, which is blank only where no row fits."""
    return isinstance(case.parent, exp.Sum) or case.find_ancestor(exp.Count) is not None
