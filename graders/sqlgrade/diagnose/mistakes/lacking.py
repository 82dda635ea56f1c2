"""Conditions that are not there: of the rows, of the groups, of a table, between two tables, or left to an output column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.brackets import spread_helps
from sqlgrade.diagnose.mistakes.left_to_outputs import asked_by_outputs
from sqlgrade.diagnose.mistakes.record import Before, Family, Mistake, Occurrence, Tier
from sqlgrade.diagnose.mistakes.rule import rule
from sqlgrade.diagnose.reading.blocks import takes_one_of_each
from sqlgrade.diagnose.reading.contrast import Difference, Part, bare, printed
from sqlgrade.diagnose.reading.trees import (
    asks_for_blank,
    column_name,
    columns,
    is_filled,
    joins_of,
    left_joins,
    mentions,
    step_of,
    tables_in,
)
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.diagnose.mistakes.scene import Scene

NO_WHERE = Mistake("no_where", "E20", Family.LACKING, alike="missing")
CONDITION_MISSING = Mistake("condition_missing", "E20", Family.LACKING, alike="missing")
CONDITION_MISSING_OF = Mistake("condition_missing_of", "E20", Family.LACKING, alike="missing")
CONDITION_MISSING_IN = Mistake("condition_missing_in", "E20", Family.LACKING, alike="missing")
CONDITION_MISSING_FOR = Mistake("condition_missing_for", "E20", Family.LACKING, Tier.PART, alike="missing")
MATCHED_KEPT = Mistake("matched_kept", "E29", Family.LACKING, alike="missing")
CONDITION_MISSING_ON = Mistake("condition_missing_on", "E20", Family.LACKING, Tier.PART, alike="missing")
CONDITION_ON_TABLE = Mistake("condition_on_table", "E20", Family.LACKING, Tier.PART, alike="missing")
CONDITION_IN_OTHER_STEP = Mistake(
    "condition_in_other_step",
    "E20",
    Family.LACKING,
    alike="missing",
    before=(Before("condition_missing_in", "it says where the condition stands"),),
)
CONDITION_BESIDES = Mistake("condition_besides", "E20", Family.LACKING, alike="missing")
HAVING_MISSING = Mistake("having_missing", "E20", Family.LACKING, Tier.PART, alike="missing", covers=(Part.WHERE,))
HAVING_MISSING_ON = Mistake("having_missing_on", "E20", Family.LACKING, Tier.PART, alike="missing")
QUALIFY_MISSING = Mistake("qualify_missing", "E37", Family.LACKING, alike="missing")
LIMIT_FOR_EACH = Mistake("limit_for_each", "E47", Family.LACKING)
BOUND_MISSING_BEGINS = Mistake("bound_missing_begins", "E20", Family.LACKING, Tier.PART, alike="missing")
BOUND_MISSING_ENDS = Mistake(
    "bound_missing_ends",
    "E20",
    Family.LACKING,
    Tier.PART,
    alike="missing",
    before=(
        Before("condition_extra", "where a period begins is no matter while it has no end"),
        Before("condition_missing_in", "where a period begins is no matter while it has no end"),
    ),
)
BLANKS_KEPT = Mistake("blanks_kept", "E20", Family.LACKING, alike="missing")
EXISTS_UNTIED = Mistake("exists_untied", "E28", Family.LACKING, Tier.PART)
MONTH_WITHOUT_YEAR = Mistake("month_without_year", "E42", Family.LACKING)
OR_ONE_SIDE = Mistake(
    "or_one_side", "E21", Family.LACKING, before=(Before("missing", "the condition is there, on one side"),)
)
JOIN_UNTIED = Mistake("join_untied", "E28", Family.LACKING)

CONDITIONS = (Part.WHERE, Part.HAVING, Part.QUALIFY, Part.ON)
_CODES = {Part.HAVING: "E20", Part.ON: "E20", Part.QUALIFY: "E37", Part.WHERE: "E20"}


@rule
def missing(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A condition that isn't there."""
    if difference.part not in CONDITIONS or difference.own or not difference.wanted:
        return
    wanted = difference.wanted[0].unnest()
    if _within_another(difference, scene) or (is_filled(wanted) and _of_another_output(wanted, difference, scene)):
        return
    asked = _asked_of(wanted, difference)
    told = {"column": asked[0].name if asked else "", "part": difference.part.value}
    if (halved := _on_one_side(wanted, difference)) is not None and spread_helps(halved, scene):
        yield OR_ONE_SIDE.at(difference.part, halved, {"condition": scene.quote(halved)})
    elif (table := _looked_into(wanted, asked)) is not None:
        yield _of_table(difference, wanted, table, told)
    elif _ties_two(wanted):
        if not _stands_by_itself(difference.block, wanted, scene):  # it need not be tied to the row outside
            yield _no_tie(difference, wanted, told, scene)
    elif _takes_every_row(difference, told["column"], scene):
        yield NO_WHERE.at("WHERE", None, {**told, "table": difference.block.args["from_"].this.name})
    else:
        yield from _of_columns(wanted, asked, difference, told, scene)


def _of_columns(
    wanted: exp.Expr, asked: list[exp.Column], difference: Difference, told: dict[str, str], scene: Scene
) -> Iterator[Occurrence]:
    """A condition on columns that isn't there: that one is filled, one end of a range, one of groups or of single rows."""
    if is_filled(wanted):
        yield BLANKS_KEPT.at(difference.part, None, told, code="E20")
    elif _other_end(difference, wanted):
        key = BOUND_MISSING_BEGINS if _is_lower(wanted) else BOUND_MISSING_ENDS
        yield key.at(difference.part, None, {**told, "column": _ranged(wanted)})
    elif difference.part is Part.HAVING:
        yield (HAVING_MISSING_ON if told["column"] else HAVING_MISSING).at("HAVING", None, told)
    else:
        yield from _of_rows(wanted, asked, difference, told, scene)


def _stands_by_itself(block: exp.Expr, tie: exp.Expr, scene: Scene) -> bool:
    """Whether a block is the list of an IN, or one that FROM reads and that a tie would bind to what stands outside it."""
    around = block.parent
    if isinstance(block, exp.Select) and around is not None and isinstance(around.parent, exp.From | exp.Join):
        return not tables_in(tie) <= scene.learner.sources(block).keys()
    return isinstance(around, exp.In) or (around is not None and isinstance(around.parent, exp.In))


def _of_rows(
    wanted: exp.Expr, asked: list[exp.Column], difference: Difference, told: dict[str, str], scene: Scene
) -> Iterator[Occurrence]:
    """A condition on single rows that isn't there: by what else is asked of its column, and whether every output needs it."""
    block = difference.block
    if (limit := _limit_for_each(wanted, scene)) is not None:
        yield LIMIT_FOR_EACH.at("LIMIT", limit, {"number": limit.expression.sql("duckdb")})
    elif difference.part is Part.QUALIFY and block.args.get("qualify") is None:
        if not takes_one_of_each(block):
            yield QUALIFY_MISSING.at("QUALIFY", None, told)
    elif not asked or _numbered_otherwise(wanted, difference):
        return
    elif (only := _of_one_output(block, scene)) is not None:
        about = {"own": scene.quote(only.unalias()), "name": only.alias_or_name}
        yield CONDITION_MISSING_FOR.at("SELECT", only.unalias(), told | about)
    elif (kept := _matched(wanted, block)) is not None:
        yield MATCHED_KEPT.at("WHERE", None, {**told, "table": scene.table_of(kept.this)})
    elif (beside := _said_of_it(difference, wanted, asked[0])) is not None:
        if wanted.find(exp.Window) is not None:
            return  # numbered otherwise: no condition on the column itself
        told["condition"] = scene.quote(beside)
        year = wanted.find(exp.Year) is not None and beside.find(exp.Month) is not None
        key = MONTH_WITHOUT_YEAR if year else CONDITION_BESIDES
        yield key.at(difference.part, beside, told)
    else:
        yield _not_asked(asked[0], difference, told, scene)


def _numbered_otherwise(wanted: exp.Expr, difference: Difference) -> bool:
    """Whether QUALIFY asks for a number already, so that it is the number that differs, and no condition that is missing."""
    return (
        difference.part is Part.QUALIFY
        and difference.block.args.get("qualify") is not None
        and wanted.find(exp.Window) is None
    )


@rule
def missing_in_one_step(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A condition that isn't there, where another step has the same one on the same table."""
    at = step_of(difference.block)
    if difference.part is not Part.WHERE or difference.own or not difference.wanted or not at:
        return
    wanted = difference.wanted[0].unnest()
    looked_into = _looked_into(wanted, _of_itself(wanted))
    core = _core(wanted, looked_into)
    if core is None:
        return
    table = looked_into.name if looked_into is not None else scene.table_of(columns(core)[0])
    for other, part in _asked_in_steps(scene):
        same = bare(part) == bare(core) and scene.table_of(columns(part)[0]).lower() == table.lower()
        if same and other != at:
            told = {"condition": scene.quote(part), "other": other, "at": at}
            yield CONDITION_IN_OTHER_STEP.at("WHERE", None, told)


def _core(wanted: exp.Expr, looked_into: exp.Table | None) -> exp.Expr | None:
    """The one thing that is asked of columns, of the row itself or of the table that is looked into; None where it is more."""
    inner = wanted.find(exp.Where) if looked_into is not None else None
    core = [each for each in (conjuncts(inner.this) if inner is not None else [wanted]) if not _ties_two(each.unnest())]
    return core[0] if len(core) == 1 and columns(core[0]) else None


def _asked_in_steps(scene: Scene) -> Iterator[tuple[str, exp.Expr]]:
    """The conditions in WHERE of each step, by the step's name."""
    for block in scene.learner.selects():
        where, step = block.args.get("where"), step_of(block)
        yield from ((step, part) for part in (conjuncts(where.this) if where is not None and step else ()))


def _within_another(difference: Difference, scene: Scene) -> bool:
    """Whether more than a condition is missing: the block reads another first table, stands in an output column itself, or is asked for by all of them."""
    if scene.reads_elsewhere(difference) or asked_by_outputs(difference, scene):
        return True
    outputs = (own for each in scene.differences if each.part is Part.SELECT for own in each.own)
    return any(inner is difference.block for own in outputs for inner in own.find_all(exp.Select))


def _asked_of(wanted: exp.Expr, difference: Difference) -> list[exp.Column]:
    """The columns that a condition asks something of, those first of which nothing is asked yet."""
    block = wanted.find_ancestor(exp.Select)
    asked = [column for column in columns(wanted) if column.find_ancestor(exp.Select) is block]
    known = {printed(column) for each in _beside(difference) for column in columns(each)}
    return sorted(asked, key=lambda column: printed(column) in known)


def _on_one_side(wanted: exp.Expr, difference: Difference) -> exp.Expr | None:
    """The same condition where it stands on one side of an OR only."""
    either = (part for part in _beside(difference) if isinstance(part, exp.Or))
    sides = [list(map(conjuncts, part.flatten())) for part in either]
    found = (part for each in sides for side in each if len(side) > 1 for part in side)
    return next((part for part in found if printed(part.unnest()) == printed(wanted)), None)


def _of_one_output(block: exp.Expr, scene: Scene) -> exp.Expr | None:
    """The output column that alone is wrong where the answer has several, and works them out of the same rows."""
    if block is not scene.learner.tree or scene.proof is None or len(scene.differences) > 1:
        return None
    only = scene.proof.one_wrong(scene.learner)
    return only if only is not None and only.find(exp.AggFunc) is not None else None


def _matched(wanted: exp.Expr, block: exp.Expr) -> exp.Join | None:
    """The LEFT JOIN whose rows without a match alone are to stay."""
    if not asks_for_blank(wanted):
        return None
    name = wanted.this.table.lower() if isinstance(wanted.this, exp.Column) else ""
    joins = left_joins(block)
    join = next((each for each in joins if name and each.this.alias_or_name.lower() == name), None)
    return join if join is not None and mentions(join.args.get("on") or exp.true(), wanted.this.name) else None


def _not_asked(column: exp.Column, difference: Difference, told: dict[str, str], scene: Scene) -> Occurrence:
    """Which condition on a column is missing: that of one ON among others, or of one table where another one has it."""
    join = difference.holder if difference.part is Part.ON else None
    on = join.args.get("on") if join is not None else None
    code = _CODES[difference.part]
    if join is not None and (on is None or not mentions(on, column.name)):
        about = {**told, "table": scene.table_of(join.this)}
        return CONDITION_MISSING_ON.at(difference.part, None, about, code=code)
    if step := step_of(difference.block):
        return CONDITION_MISSING_IN.at(difference.part, None, {**told, "step": step}, code=code)
    if _asked_elsewhere(column.name, scene) and (table := _named(column, difference.block, scene)):
        return CONDITION_MISSING_OF.at(difference.part, None, {**told, "table": table}, code=code)
    return CONDITION_MISSING.at(difference.part, None, told, code=code)


def _named(column: exp.Column, block: exp.Expr, scene: Scene) -> str:
    """The table of a column, or what the query calls it where the block reads that table twice."""
    sources = scene.learner.sources(block) if isinstance(block, exp.Select) else {}
    table = scene.table_of(column)
    return column.table if sum(table == (each.table or each.alias) for each in sources.values()) > 1 else table


def _of_another_output(wanted: exp.Expr, difference: Difference, scene: Scene) -> bool:
    """Whether blanks are to be left out of what should be the block's output, in a block that does not know that column."""
    asked = columns(wanted)
    beside = (each.changed for each in scene.differences if each.block is difference.block and each.part is Part.SELECT)
    outputs = {printed(pair[1]) for pair in beside if pair is not None}
    return any(printed(each) in outputs and not mentions(difference.block, each.name) for each in asked)


def _asked_elsewhere(name: str, scene: Scene) -> bool:
    """Whether some condition of the answer is about a column of that name, of another table or in another step."""
    holders = scene.learner.find(exp.Where, exp.Join, exp.Having, exp.Qualify)
    asked = (each.args.get("on") if isinstance(each, exp.Join) else each.this for each in holders)
    return any(column.name.lower() == name.lower() for each in asked if each is not None for column in columns(each))


def _of_itself(condition: exp.Expr) -> list[exp.Column]:
    """The columns of a condition that stand in no block inside of it."""
    block = condition.find_ancestor(exp.Select)
    return [each for each in columns(condition) if each.find_ancestor(exp.Select) is block]


def _looked_into(wanted: exp.Expr, asked: list[exp.Column]) -> exp.Table | None:
    """The table that EXISTS, IN or a sub-query with nothing of the block itself beside it looks into."""
    inner = wanted.this.unnest() if isinstance(wanted, exp.Not) else wanted
    listed = isinstance(inner, exp.In) and inner.args.get("query") is not None
    return inner.find(exp.Table) if listed or not asked else None


def _of_table(difference: Difference, wanted: exp.Expr, table: exp.Table, told: dict[str, str]) -> Occurrence:
    """A look into a table that isn't there; where it is there, what it does not ask yet."""
    core = _core(wanted, table)
    if core is None or not _looks_without(difference, wanted, table):
        return CONDITION_ON_TABLE.at(difference.part, None, {"table": table.name})
    return CONDITION_MISSING.at(difference.part, None, {**told, "column": columns(core)[0].name})


def _looks_without(difference: Difference, wanted: exp.Expr, table: exp.Table) -> bool:
    """Whether a condition looks into the table already in the same sense, and asks nothing of its rows but that they belong."""
    for own in _beside(difference):
        looked_into, inner = _looked_into(own, _of_itself(own)) if own.find(exp.Select) else None, own.find(exp.Where)
        same = looked_into is not None and looked_into.name.lower() == table.name.lower()
        ties = inner is None or all(_ties_two(each.unnest()) for each in conjuncts(inner.this))
        if same and ties and isinstance(own, exp.Not) is isinstance(wanted, exp.Not):
            return True
    return False


def _ties_two(wanted: exp.Expr) -> bool:
    """Whether a column of one table is to equal one of another."""
    sides = [wanted.left, wanted.right] if isinstance(wanted, exp.EQ) else []
    tables = {side.table.lower() for side in sides if isinstance(side, exp.Column)}
    return bool(sides) and all(isinstance(side, exp.Column) for side in sides) and (len(tables) == 2 or "" in tables)


def _no_tie(difference: Difference, tie: exp.Expr, told: dict[str, str], scene: Scene) -> Occurrence:
    if _untied(difference.block, tie, scene):
        return EXISTS_UNTIED.at("WHERE", None, told)
    place, crossed = _place_of_tie(difference, tie)
    return JOIN_UNTIED.at(place, crossed, told)


def _place_of_tie(difference: Difference, tie: exp.Expr) -> tuple[str, exp.Join | None]:
    """Where a tie of two tables belongs: in the ON that lacks it, at the CROSS JOIN of one of them, else in WHERE."""
    joins = joins_of(difference.block)
    tied = tables_in(tie)
    crossed = next((each for each in joins if each.kind == "CROSS" and each.this.alias_or_name.lower() in tied), None)
    if crossed is not None and difference.part is Part.WHERE:
        return "JOIN", crossed
    return ("ON" if any(join.args.get("on") for join in joins) else "WHERE"), None


def _untied(block: exp.Expr, wanted: exp.Expr, scene: Scene) -> bool:
    """Whether a query in brackets lacks its only condition on the row outside it."""
    if not isinstance(block, exp.Select) or not isinstance(block.parent, exp.Exists | exp.Subquery | exp.In):
        return False
    inside, where = scene.learner.sources(block), block.args.get("where")
    outer, tied = (
        any(column.table.lower() not in inside for column in columns(each) if column.table)
        if each is not None
        else False
        for each in (wanted, where)
    )
    return outer and not tied


def _takes_every_row(difference: Difference, column: str, scene: Scene) -> bool:
    """Whether no condition stands anywhere, and every row of a block's one table takes part, whatever it has in the column."""
    block = difference.block
    if difference.part is not Part.WHERE or any(scene.learner.find(exp.Where, exp.CTE)):
        return False
    if joins_of(block) or not isinstance(block.args["from_"].this, exp.Table):
        return False
    return not any(mentions(each, column) for each in block.find_all(exp.Case, exp.If, exp.Filter))


def _limit_for_each(wanted: exp.Expr, scene: Scene) -> exp.Expr | None:
    """The LIMIT that stands where so many rows of each group are to be kept by their number."""
    named = (item.this for item in scene.learner.find(exp.Alias) if item.alias.lower() == column_name(wanted).lower())
    window = next((each.find(exp.Window) for each in (wanted, *named) if each.find(exp.Window)), None)
    cut = (each for each in scene.differences if each.part is Part.LIMIT and each.own and not each.wanted)
    return next((each.own[0] for each in cut), None) if window and window.args.get("partition_by") else None


def _other_end(difference: Difference, wanted: exp.Expr) -> bool:
    """Whether the learner has the other end of the same range."""
    ends = (exp.GT, exp.GTE, exp.LT, exp.LTE)
    if not isinstance(wanted, ends):
        return False
    same = [own for own in _beside(difference) if isinstance(own, ends) and _side(own) == _side(wanted)]
    return bool(same) and all(_is_lower(own) != _is_lower(wanted) for own in same)


def _beside(difference: Difference) -> list[exp.Expr]:
    """The conditions that stand where one is missing: those of the same join, if it is missing in ON."""
    if difference.part is Part.ON:
        parts = conjuncts(difference.holder.args.get("on")) if difference.holder is not None else []
    else:
        holder = difference.block.args.get(difference.part.lower())
        parts = conjuncts(holder.this) if holder is not None else []
    return [part.unnest() for part in parts]


def _is_lower(comparison: exp.Expr) -> bool:
    """Whether a comparison says where a range begins."""
    return isinstance(comparison, exp.GT | exp.GTE) == bool(columns(comparison.this))


def _said_of_it(difference: Difference, wanted: exp.Expr, first: exp.Column) -> exp.Expr | None:
    """What the learner asks of the same column already: a condition on nothing else before one among others."""
    about = {printed(column) for column in columns(wanted)}
    named = [(each, {printed(column) for column in columns(each)}) for each in _beside(difference)]
    alone = (each for each, names in named if names == about)
    return next(alone, next((each for each, names in named if printed(first) in names), None))


def _ranged(comparison: exp.Expr) -> str:
    """The column whose range a comparison ends."""
    return column_name(comparison.this) or column_name(comparison)


def _side(comparison: exp.Expr) -> str:
    """What is compared with a constant."""
    left, right = comparison.this, comparison.expression
    return printed(left if columns(left) else right)
