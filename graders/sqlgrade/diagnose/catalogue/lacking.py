"""Conditions that are not there: of the rows, of the groups, of a table, between two tables, or left to an output column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.catalogue.aggregated import choice_of, clause_in, counted_if, keeps_empty_groups, unfiltered
from sqlgrade.diagnose.catalogue.brackets import spread_helps
from sqlgrade.diagnose.catalogue.entry import Mistake, Scene, column_name, columns, place_in, step_of
from sqlgrade.diagnose.contrast import Difference, Part, bare, printed
from sqlgrade.diagnose.shaping import grouping_keys
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator

CONDITIONS = (Part.WHERE, Part.HAVING, Part.QUALIFY, Part.ON)
FOR_ONE = "condition_missing_for"
"""Told by running the answer alone."""
_CODES = {Part.HAVING: "E20", Part.ON: "E20", Part.QUALIFY: "E37", Part.WHERE: "E20"}


def left_to_an_output(difference: Difference, scene: Scene) -> Iterator[Mistake]:
    """A condition that isn't there, because an output column was meant to do its work."""
    if difference.part is not Part.WHERE or difference.own or not difference.wanted:
        return
    wanted, block = difference.wanted[0].unnest(), difference.block
    column = column_name(wanted)
    counted = _rows_counted(block, column) if is_filled(wanted) else None
    if counted is not None and _left_out_elsewhere(block, column):
        yield Mistake("blanks_counted", "E30", "SELECT", counted, {"own": scene.quote(counted), "column": column})
    elif is_filled(wanted) and (filled := _filled_with(block, column)) is not None:
        told = {"own": scene.quote(filled), "value": scene.quote(filled.expressions[0])}
        yield Mistake("blank_replaced", "E33", "SELECT", filled, told)
    elif (filtered := _filtered_by(block, wanted)) is not None:
        if (whole := unfiltered(block, wanted, scene)) is not None:
            told = {"own": scene.quote(whole), "column": column}
            yield Mistake("filter_missing", "E20", place_in(whole, clause_in(whole)), whole, told)
        elif keeps_empty_groups(filtered, block, difference.wanted):
            yield Mistake("filter_in_aggregate", "E29", "SELECT", filtered, {"own": scene.quote(filtered)})
    elif (mean := _mean_over_all(block, wanted)) is not None:
        told = {"own": scene.quote(mean), "condition": scene.quote(_counted_rows(block, wanted) or mean)}
        yield Mistake("mean_over_all", "E32", "SELECT", mean, told)
    elif (counted := _counted_by(block, wanted)) is not None:
        told = {"own": scene.quote(counted), "column": scene.quote(counted.this.unnest())}
        yield Mistake("truth_counted", "E30", "SELECT", counted, told)


def missing(difference: Difference, scene: Scene) -> Iterator[Mistake]:
    """A condition that isn't there."""
    if difference.part not in CONDITIONS or difference.own or not difference.wanted:
        return
    wanted = difference.wanted[0].unnest()
    block = difference.block
    if _within_another(difference, scene) or (is_filled(wanted) and _of_another_output(wanted, difference, scene)):
        return
    asked = _asked_of(wanted, difference)
    first = asked[0].name if asked else ""
    told = {"column": first, "part": difference.part.value}
    table = _looked_into(wanted, asked)
    if (halved := _on_one_side(wanted, difference)) is not None and spread_helps(halved, scene):
        yield Mistake("or_one_side", "E21", difference.part, halved, {"condition": scene.quote(halved)})
    elif table is not None:
        yield Mistake("condition_on_table", "E20", difference.part, None, {"table": table.name})
    elif _ties_two(wanted):
        if not isinstance(block.parent, exp.In) and not isinstance(block.parent and block.parent.parent, exp.In):
            yield _no_tie(difference, wanted, told, scene)  # what IN looks into need not be tied to the row outside
    elif difference.part is Part.WHERE and not any(scene.learner.find(exp.Where, exp.CTE)) and _all_rows(block, first):
        yield Mistake("no_where", "E20", "WHERE", None, {**told, "table": block.args["from_"].this.name})
    elif is_filled(wanted):
        yield Mistake("blanks_kept", "E20", difference.part, None, told)
    elif _other_end(difference, wanted):
        key = "bound_missing_begins" if _is_lower(wanted) else "bound_missing_ends"
        yield Mistake(key, "E20", difference.part, None, {**told, "column": _ranged(wanted)})
    elif difference.part is Part.HAVING:
        yield Mistake("having_missing_on" if first else "having_missing", "E20", "HAVING", None, told)
    else:
        yield from _of_rows(wanted, asked, difference, told, scene)


def _of_rows(
    wanted: exp.Expr, asked: list[exp.Column], difference: Difference, told: dict[str, str], scene: Scene
) -> Iterator[Mistake]:
    """A condition on single rows that isn't there: by what else is asked of its column, and whether every output needs it."""
    block = difference.block
    if (limit := _limit_for_each(wanted, scene)) is not None:
        number = {"number": limit.expression.sql("duckdb")}
        yield Mistake("limit_for_each", "E47", "LIMIT", limit, number)
    elif difference.part is Part.QUALIFY and block.args.get("qualify") is None:
        yield Mistake("qualify_missing", "E37", "QUALIFY", None, told)
    elif not asked or _numbered_otherwise(wanted, difference):
        return
    elif (only := _of_one_output(block, scene)) is not None:
        about = {"own": scene.quote(only.unalias()), "name": only.alias_or_name}
        yield Mistake(FOR_ONE, "E20", "SELECT", only.unalias(), told | about)
    elif (kept := _matched(wanted, block)) is not None:
        yield Mistake("matched_kept", "E29", "WHERE", None, {**told, "table": scene.table_of(kept.this)})
    elif (beside := _said_of_it(difference, wanted, asked[0])) is not None:
        if wanted.find(exp.Window) is not None:
            return  # numbered otherwise: no condition on the column itself
        told["condition"] = scene.quote(beside)
        year = wanted.find(exp.Year) is not None and beside.find(exp.Month) is not None
        key = "month_without_year" if year else "condition_besides"
        yield Mistake(key, "E42" if year else "E20", difference.part, beside, told)
    else:
        yield _not_asked(asked[0], difference, told, scene)


def _numbered_otherwise(wanted: exp.Expr, difference: Difference) -> bool:
    """Whether QUALIFY asks for a number already, so that it is the number that differs, and no condition that is missing."""
    return (
        difference.part is Part.QUALIFY
        and difference.block.args.get("qualify") is not None
        and wanted.find(exp.Window) is None
    )


def missing_in_one_step(difference: Difference, scene: Scene) -> Iterator[Mistake]:
    """A condition that isn't there, where another step has the same one on the same table."""
    at = step_of(difference.block)
    if difference.part is not Part.WHERE or difference.own or not difference.wanted or not at:
        return
    wanted = difference.wanted[0].unnest()
    near = [each for each in columns(wanted) if each.find_ancestor(exp.Select) is wanted.find_ancestor(exp.Select)]
    looked_into = _looked_into(wanted, near)
    inner = wanted.find(exp.Where) if looked_into is not None else None
    core = [each for each in (conjuncts(inner.this) if inner is not None else [wanted]) if not _ties_two(each.unnest())]
    if len(core) != 1 or not columns(core[0]):
        return
    table = looked_into.name if looked_into is not None else scene.table_of(columns(core[0])[0])
    for block in scene.learner.selects():
        where, other = block.args.get("where"), step_of(block)
        for part in conjuncts(where.this) if where is not None and other and other != at else ():
            if bare(part) == bare(core[0]) and scene.table_of(columns(part)[0]).lower() == table.lower():
                told = {"condition": scene.quote(part), "other": other, "at": at}
                yield Mistake("condition_in_other_step", "E20", "WHERE", None, told)


def _within_another(difference: Difference, scene: Scene) -> bool:
    """Whether the block itself stands in an output column that is to be another one, so that more than a condition is missing."""
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
    if not isinstance(wanted, exp.Is) or not isinstance(wanted.expression, exp.Null):
        return None
    name = wanted.this.table.lower() if isinstance(wanted.this, exp.Column) else ""
    joins = (join for join in block.args.get("joins") or () if join.side == "LEFT")
    join = next((each for each in joins if name and each.this.alias_or_name.lower() == name), None)
    return join if join is not None and mentions(join.args.get("on") or exp.true(), wanted.this.name) else None


def _not_asked(column: exp.Column, difference: Difference, told: dict[str, str], scene: Scene) -> Mistake:
    """Which condition on a column is missing: that of one ON among others, or of one table where another one has it."""
    join = difference.holder if difference.part is Part.ON else None
    on = join.args.get("on") if join is not None else None
    code = _CODES[difference.part]
    if join is not None and (on is None or not mentions(on, column.name)):
        about = {**told, "table": scene.table_of(join.this)}
        return Mistake("condition_missing_on", code, difference.part, None, about)
    if step := step_of(difference.block):
        return Mistake("condition_missing_in", code, difference.part, None, {**told, "step": step})
    if _asked_elsewhere(column.name, scene) and (table := _named(column, difference.block, scene)):
        return Mistake("condition_missing_of", code, difference.part, None, {**told, "table": table})
    return Mistake("condition_missing", code, difference.part, None, told)


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


def mentions(node: exp.Expr, column: str) -> bool:
    """Whether a column of that name is used in a part of a query."""
    return any(each.name.lower() == column.lower() for each in columns(node))


def is_filled(node: exp.Expr) -> bool:
    """Whether a condition asks that there is no blank."""
    inner = node.this.unnest() if isinstance(node, exp.Not) else None
    return isinstance(inner, exp.Is) and isinstance(inner.expression, exp.Null)


def _asked_elsewhere(name: str, scene: Scene) -> bool:
    """Whether some condition of the answer is about a column of that name, of another table or in another step."""
    holders = scene.learner.find(exp.Where, exp.Join, exp.Having, exp.Qualify)
    asked = (each.args.get("on") if isinstance(each, exp.Join) else each.this for each in holders)
    return any(column.name.lower() == name.lower() for each in asked if each is not None for column in columns(each))


def _looked_into(wanted: exp.Expr, asked: list[exp.Column]) -> exp.Table | None:
    """The table that EXISTS, IN or a sub-query with nothing of the block itself beside it looks into."""
    inner = wanted.this.unnest() if isinstance(wanted, exp.Not) else wanted
    listed = isinstance(inner, exp.In) and inner.args.get("query") is not None
    return inner.find(exp.Table) if listed or not asked else None


def _ties_two(wanted: exp.Expr) -> bool:
    """Whether a column of one table is to equal one of another."""
    sides = [wanted.left, wanted.right] if isinstance(wanted, exp.EQ) else []
    tables = {side.table.lower() for side in sides if isinstance(side, exp.Column)}
    return bool(sides) and all(isinstance(side, exp.Column) for side in sides) and (len(tables) == 2 or "" in tables)


def _no_tie(difference: Difference, tie: exp.Expr, told: dict[str, str], scene: Scene) -> Mistake:
    if _untied(difference.block, tie, scene):
        return Mistake("exists_untied", "E28", "WHERE", None, told)
    place, crossed = _place_of_tie(difference, tie)
    return Mistake("join_untied", "E28", place, crossed, told)


def _place_of_tie(difference: Difference, tie: exp.Expr) -> tuple[str, exp.Join | None]:
    """Where a tie of two tables belongs: in the ON that lacks it, at the CROSS JOIN of one of them, else in WHERE."""
    joins = difference.block.args.get("joins") or ()
    tied = {column.table.lower() for column in columns(tie)}
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


def _all_rows(block: exp.Expr, column: str) -> bool:
    """Whether every row of a block's one table takes part, whatever it has in the column."""
    if block.args.get("joins") or not isinstance(block.args["from_"].this, exp.Table):
        return False
    return not any(mentions(each, column) for each in block.find_all(exp.Case, exp.If, exp.Filter))


def _limit_for_each(wanted: exp.Expr, scene: Scene) -> exp.Expr | None:
    """The LIMIT that stands where so many rows of each group are to be kept by their number."""
    named = (item.this for item in scene.learner.find(exp.Alias) if item.alias.lower() == column_name(wanted).lower())
    window = next((each.find(exp.Window) for each in (wanted, *named) if each.find(exp.Window)), None)
    cut = (each for each in scene.differences if each.part is Part.LIMIT and each.own and not each.wanted)
    return next((each.own[0] for each in cut), None) if window and window.args.get("partition_by") else None


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
