"""What is counted, added up or averaged: rows for people, blanks left out or counted, another aggregate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.catalogue.aggregated import (
    adds_up_ones,
    asked_beside,
    asks_alike,
    choice_of,
    counted_column,
    counted_if,
    fraction,
    is_one,
    is_other_kind,
    narrowed,
    takes_all,
    yes_or_no,
)
from sqlgrade.diagnose.catalogue.comparing import other_condition
from sqlgrade.diagnose.catalogue.entry import Mistake, Scene, column_name, columns, kernel
from sqlgrade.diagnose.contrast import Difference, Part, printed
from sqlgrade.query.columns import NUMBER, OTHER, TEXT
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWING = (exp.Paren, exp.Round, exp.Cast, exp.Coalesce, exp.Filter)
_PARTS = (Part.SELECT, Part.HAVING, Part.QUALIFY, Part.ORDER_BY)
AGGREGATES = {exp.Sum: "sum", exp.Avg: "avg", exp.Max: "max", exp.Min: "min", exp.Count: "count"}


def counts(difference: Difference, scene: Scene) -> Iterator[Mistake]:
    """COUNT of something else than is asked for: rows, values, different values."""
    pair = _aggregates(difference)
    if pair is None or not isinstance(pair[0], exp.Count) or _merges_nothing(*pair, scene):
        return
    own, wanted = pair
    asked = asked_beside(*pair)
    if asked is not None and not isinstance(wanted, exp.Count) and takes_all(own, asked):
        told = {"own": scene.quote(own), "column": column_name(asked)}
        blank = _may_leave_out(own, scene) and isinstance(asked, exp.Is) and own.this == asked.this
        yield Mistake("values_counted" if blank else "filter_missing", "E20", difference.part, own, told)
    if isinstance(own.this, exp.Distinct) and adds_up_ones(wanted) and printed(counted_if(own)) == printed(asked) != "":
        told = {"own": scene.quote(own), "column": counted_column(own)}
        yield Mistake("distinct_merges", "E24", difference.part, own, told)
    if not isinstance(wanted, exp.Count):
        return
    table = _outer_table(own, wanted)
    told = {"own": scene.quote(own), "column": column_name(own), "key": column_name(wanted), "table": table}
    ours, theirs = (isinstance(each.this, exp.Distinct) for each in pair)
    if asked is not None and counted_if(own) is None and not own.find(exp.Case, exp.If):
        told["column"] = column_name(asked)
        if _may_leave_out(own, scene) and not own.find(exp.Distinct):
            yield from _for_a_condition(own, asked, told, difference.part)
        elif takes_all(own, asked):
            yield Mistake("filter_missing", "E20", difference.part, own, told)
    elif theirs and not ours:
        key, code = _once_each(own, wanted, scene)
        yield Mistake(
            key, code, difference.part, own, {**told, "column": counted_column(own), "key": counted_column(wanted)}
        )
    elif ours and not theirs:
        yield Mistake("distinct_merges", "E24", difference.part, own, told)
    elif ours and theirs:
        if counted_column(own) != counted_column(wanted):
            yield Mistake("distinct_of_other", "E24", difference.part, own, {**told, "column": counted_column(own)})
    else:
        yield from _plain_counts(own, wanted, told, difference.part, scene)


def _for_a_condition(own: exp.AggFunc, asked: exp.Expr, told: dict[str, str], part: Part) -> Iterator[Mistake]:
    """The values of a column counted, where the rows of a condition on another one are asked for, or those where it is blank."""
    value = column_name(own)
    if value.lower() not in {each.name.lower() for each in columns(asked)}:
        yield Mistake("other_column_decides", "E30", part, own, {**told, "value": value})
    elif isinstance(asked, exp.Is) and isinstance(asked.expression, exp.Null):
        yield Mistake("values_counted", "E30", part, own, {**told, "column": value})


def _plain_counts(
    own: exp.AggFunc, wanted: exp.AggFunc, told: dict[str, str], part: Part, scene: Scene
) -> Iterator[Mistake]:
    """COUNT without DISTINCT on both sides: of rows for values, the other way round, or of other values."""
    rows, condition = _of_rows(wanted), narrowed(own)
    if _of_rows(own) and not rows and not told["table"] and _never_blank(wanted, scene):
        return  # it counts the rows as well: not what is wrong
    if _of_rows(own) and not rows:
        key = "outer_rows_counted" if told["table"] else "blanks_counted"
        yield Mistake(key, "E30", part, own, {**told, "column": column_name(wanted)})
    elif condition is not None and rows:
        yield Mistake("count_narrowed", "E20", "CASE", own, {**told, "condition": scene.quote(condition)})
    elif _may_leave_out(own, scene) and (rows or _never_blank(wanted, scene) or _blanks_of_row(own, wanted, scene)):
        yield Mistake("count_leaves_blanks_of" if told["table"] else "count_leaves_blanks", "E30", part, own, told)
    elif rows:
        return  # a column without blanks counts the rows as well: not what is wrong
    elif own.find(exp.Case, exp.If) is not None:
        return  # a condition is counted: its column is not what is counted
    elif column_name(own) != column_name(wanted) or (told["table"] and _tables(own) != _tables(wanted)):
        key = "outer_rows_counted" if _never_blank(own, scene) and told["table"] else "count_of_other"
        yield Mistake(key, "E30" if key != "count_of_other" else "E25", part, own, told)


def kept_rows_counted(difference: Difference, scene: Scene) -> Iterator[Mistake]:
    """COUNT(*) after an outer join whose ON already says what is to be counted: only the kept rows are too many."""
    if difference.changed is None or difference.part is not Part.SELECT:
        return
    own, wanted = kernel(*difference.changed)
    holder = wanted.find(exp.Filter, exp.Case)
    if not isinstance(own, exp.Count) or not _of_rows(own) or holder is None:
        return
    asked = holder.expression.this if isinstance(holder, exp.Filter) else holder.args["ifs"][0].this
    block = own.find_ancestor(exp.Select)
    for join in (block.args.get("joins") or ()) if isinstance(block, exp.Select) else ():
        said = {printed(part) for part in conjuncts(join.args.get("on"))}
        if join.side == "LEFT" and {printed(part) for part in conjuncts(asked)} <= said:
            told = {"own": scene.quote(own), "table": scene.table_of(join.this)}
            yield Mistake("outer_rows_counted", "E30", difference.part, own, told)
            return


def counted_conditions(difference: Difference, scene: Scene) -> Iterator[Mistake]:
    """Rows of one condition counted in one way or another, where those of another one, or all, are asked for."""
    pair = _aggregates(difference)
    if pair is None:
        return
    if all(isinstance(each.this, exp.Distinct) for each in pair) and counted_column(pair[0]) != counted_column(pair[1]):
        return
    own, wanted = (counted_if(each) for each in pair)
    place = "CASE" if difference.part is Part.SELECT else difference.part.value
    told = {"own": scene.quote(pair[0]), "name": scene.called(pair[0])}
    told["condition"] = scene.quote(own) if own is not None else ""
    if own is not None and wanted is not None and printed(own) != printed(wanted) and scene.matters(own, wanted):
        found = other_condition(own, wanted, difference.part, scene)
        yield from (Mistake(each.key, each.code, place, each.node or own, each.params) for each in found)
        yield Mistake("ones_of_others", "E22", place, pair[0], told)
    elif own is not None and adds_up_ones(pair[0]) and isinstance(pair[1], exp.Count) and wanted is None:
        if isinstance(pair[1].this, exp.Star):
            yield Mistake("count_narrowed", "E20", place, pair[0], told)
        elif not isinstance(pair[1].this, exp.Distinct):
            yield Mistake("ones_of_others", "E22", place, pair[0], told)


def rows_for_values(difference: Difference, scene: Scene) -> Iterator[Mistake]:
    """COUNT where a step has the number already, and its value alone is asked for."""
    if difference.changed is None or difference.part is not Part.SELECT:
        return
    own, wanted = (each.this if isinstance(each, exp.Coalesce) else each for each in difference.changed)
    if isinstance(own, exp.Count) and isinstance(wanted, exp.Column) and _may_be_number(own, wanted, scene):
        told = {"own": scene.quote(own), "column": wanted.name}
        yield Mistake("count_for_value", "E45", difference.part, own, told)


def _may_be_number(own: exp.Count, wanted: exp.Column, scene: Scene) -> bool:
    """Whether a column of the block of a COUNT may hold a number, for all that is known."""
    block = own.find_ancestor(exp.Select)
    source = scene.learner.sources(block).get(wanted.table.lower()) if block is not None else None
    return source is None or source.families.get(wanted.name.lower(), NUMBER) in {NUMBER, OTHER}


def else_counted(difference: Difference, scene: Scene) -> Iterator[Mistake]:
    """COUNT of a CASE whose ELSE gives a value, so that every row counts."""
    if difference.changed is None or difference.part not in _PARTS:
        return
    known = {printed(each) for each in difference.changed[1].find_all(exp.Count)}
    for count in difference.changed[0].find_all(exp.Count):
        choice = choice_of(count)
        if choice is None or printed(count) in known or not _always_there(choice[1:], scene):
            continue
        key = "else_counted_once" if isinstance(count.this, exp.Distinct) else "else_counted"
        told = {"own": scene.quote(count), "value": scene.quote(choice[2]) if choice[2] is not None else ""}
        yield Mistake(key, "E30", difference.part, count, told)


def _always_there(values: tuple[exp.Expr, exp.Expr | None], scene: Scene) -> bool:
    """Whether the value then is one, and the value otherwise is never blank."""
    given, other = values
    if isinstance(given, exp.Null):
        return False
    return isinstance(other, exp.Literal) or (isinstance(other, exp.Column) and scene.learner.never_null(other))


def truth_counted(difference: Difference, scene: Scene) -> Iterator[Mistake]:
    """COUNT of a yes/no column or of a condition, which counts the noes as well."""
    if difference.changed is None or difference.part not in _PARTS:
        return
    for count in difference.changed[0].find_all(exp.Count):
        asked = yes_or_no(count, scene)
        about = {column.name.lower() for column in columns(count)}
        if not about & {column.name.lower() for column in columns(difference.changed[1])}:
            continue
        if asked and not any(printed(count) == printed(each) for each in difference.changed[1].find_all(exp.Count)):
            told = {"own": scene.quote(count), "column": asked}
            yield Mistake("truth_counted", "E30", difference.part, count, told)


def merged_values(difference: Difference, scene: Scene) -> Iterator[Mistake]:
    """SUM(DISTINCT …) and the like."""
    pair = _aggregates(difference)
    if pair is None or isinstance(pair[0], exp.Count):
        return
    ours, theirs = (isinstance(each.this, exp.Distinct) for each in pair)
    if ours and not theirs:
        yield Mistake("amounts_merged", "E13", difference.part, pair[0], {"own": scene.quote(pair[0])})


def alphabet(difference: Difference, scene: Scene) -> Iterator[Mistake]:
    """MIN or MAX of a text where the text of a certain row is asked for: it goes by the alphabet."""
    if difference.part is not Part.SELECT or difference.changed is None:
        return
    own, wanted = kernel(*difference.changed)
    if not isinstance(own, exp.Min | exp.Max) or isinstance(wanted, exp.AggFunc):
        return
    column = own.this.unnest()
    if isinstance(column, exp.Column) and scene.learner.family(column) == TEXT:
        told = {"own": scene.quote(own), "column": column.name}
        key = "first_of_alphabet" if isinstance(own, exp.Min) else "last_of_alphabet"
        yield Mistake(key, "E25", "SELECT", own, told)


def aggregates(difference: Difference, scene: Scene) -> Iterator[Mistake]:
    """Another aggregate, or the right one of another column."""
    pair = _aggregates(difference)
    if pair is None:
        return
    own, wanted = pair
    told = {"own": scene.quote(own), "column": column_name(own)}
    case = own.this if isinstance(own, exp.Sum) else None
    if isinstance(case, exp.Case) and case.args.get("default") is None and _counts(wanted):
        if isinstance(own.parent, exp.Coalesce) or not asks_alike(own, wanted):
            return
        yield Mistake("sum_without_else", "E33", difference.part, own, told)
    elif isinstance(own, exp.Min | exp.Max) and isinstance(wanted, exp.ArgMin | exp.ArgMax):
        yield Mistake("value_of_other_row", "E25", difference.part, own, told)
    elif isinstance(own, exp.PercentileDisc | exp.Quantile) and isinstance(wanted, exp.Median | exp.PercentileCont):
        if fraction(wanted) != fraction(own):
            return
        if fraction(own) == "0.5":
            yield Mistake("middle_is_smaller", "E45", difference.part, own, told)
        elif isinstance(wanted, exp.PercentileCont):
            yield Mistake("quantile_of_values", "E45", difference.part, own, told)
    elif type(own) is not type(wanted):
        yield from _other_kind(own, wanted, told, difference)
    elif (asked := _limited_to(own, wanted)) is not None:
        yield Mistake("filter_missing", "E20", difference.part, own, {**told, "column": column_name(asked)})
    elif (
        isinstance(own.this, exp.Column) and isinstance(wanted.this, exp.Column) and own.this.name != wanted.this.name
    ) or (
        {c.name.lower() for c in columns(own)} != {c.name.lower() for c in columns(wanted)}
        and not own.find(exp.Case, exp.If)
    ):
        yield Mistake("aggregate_of_other", "E25", difference.part, own, told)


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
    own: exp.AggFunc, wanted: exp.AggFunc, told: dict[str, str], difference: Difference
) -> Iterator[Mistake]:
    """Another aggregate than is asked for in one calculation, by both their names where people take the one for the other."""
    part = difference.part
    arounds = [_around(*each) for each in zip((own, wanted), difference.changed or (), strict=False)]
    if len(set(arounds)) > 1:
        return  # in another calculation each may be right
    case = own.this if isinstance(own, exp.Sum) else None
    if isinstance(own, exp.Avg) and fraction(wanted) == "0.5":
        yield Mistake("mean_for_median", "E45", part, own, told)
    elif isinstance(own, exp.Median) and isinstance(wanted, exp.Avg):
        yield Mistake("median_for_mean", "E45", part, own, told)
    elif isinstance(own, exp.Sum) and isinstance(wanted, exp.Count) and isinstance(own.this, exp.Column):
        yield Mistake("sum_for_count", "E45", part, own, told)
    elif (is_one(own.this) or (isinstance(case, exp.Case) and _adds_ones(case))) and isinstance(
        wanted.this, exp.Distinct
    ):
        yield Mistake("rows_for_people", "E24", part, own, {**told, "key": counted_column(wanted)})
    elif isinstance(own, exp.Count) and isinstance(wanted, exp.Sum) and isinstance(wanted.this, exp.Column):
        yield Mistake("count_for_sum", "E45", part, own, told)
    elif (word := AGGREGATES.get(type(own))) and is_other_kind(own, wanted):
        yield Mistake(f"aggregate_{word}", "E45", part, own, told)


def _adds_ones(case: exp.Case) -> bool:
    return all(
        isinstance(each.args["true"], exp.Literal) and float(each.args["true"].name) == 1 for each in case.args["ifs"]
    )


def _counts(wanted: exp.Expr) -> bool:
    """Whether a number is asked for that is 0 where nothing fits: a count, or ones and zeros added up."""
    case = wanted.this if isinstance(wanted, exp.Sum) else None
    return isinstance(wanted, exp.Count) or (isinstance(case, exp.Case) and case.args.get("default") is not None)


def _aggregates(difference: Difference) -> tuple[exp.AggFunc, exp.AggFunc] | None:
    """The one aggregate of the learner's and the one that belongs in its place."""
    if difference.changed is None or difference.part not in _PARTS:
        return None
    own, wanted = kernel(*difference.changed)
    while not isinstance(own, exp.AggFunc) and own is not difference.changed[0] and own.parent is not None:
        own = own.parent
        wanted = wanted.parent if wanted.parent is not None else wanted
    if isinstance(own, exp.AggFunc) and isinstance(wanted, exp.AggFunc):
        return own, wanted
    ours = _unlike_aggregates(own, wanted)
    theirs = _unlike_aggregates(wanted, own)
    alike = len(ours) == len(theirs) == 1 and _over_a_window(ours[0]) == _over_a_window(theirs[0])
    return (ours[0], theirs[0]) if alike and not isinstance(theirs[0], exp.Ntile) else None


def _over_a_window(aggregate: exp.AggFunc) -> bool:
    return isinstance(aggregate.parent, exp.Window)


def _unlike_aggregates(own: exp.Expr, other: exp.Expr) -> list[exp.AggFunc]:
    """The aggregates that stand in one expression only; those of a sub-query are over other rows."""
    known = {printed(each) for each in other.find_all(exp.AggFunc)}
    block = own.find_ancestor(exp.Select)
    ours = [each for each in own.find_all(exp.AggFunc, bfs=False) if each.find_ancestor(exp.Select) is block]
    return list({printed(each): each for each in ours if printed(each) not in known}.values())


def _once_each(own: exp.AggFunc, wanted: exp.AggFunc, scene: Scene) -> tuple[str, str]:
    """What a count lacks that should count each once: a column with blanks in it leaves rows out besides."""
    other = not _of_rows(own) and column_name(own) != column_name(wanted)
    source = scene.learner.source_of(columns(own)[0]) if other else None
    filled = source is None or (source.table, column_name(own).lower()) in scene.learner.schema.not_null
    return ("rows_for_people", "E24") if filled else ("count_leaves_blanks", "E30")


def _merges_nothing(own: exp.AggFunc, wanted: exp.AggFunc, scene: Scene) -> bool:
    """Whether a DISTINCT too much changes nothing: it is over the key of the one table that the block reads."""
    block, found = own.find_ancestor(exp.Select), columns(own)
    both = isinstance(wanted.this, exp.Distinct)
    if both or not isinstance(own.this, exp.Distinct) or not isinstance(block, exp.Select) or len(found) != 1:
        return False
    source = scene.learner.source_of(found[0])
    alone = all(join.kind == "CROSS" for join in block.args.get("joins") or ())
    keys = scene.learner.schema.keys.get(source.table or "", ()) if source is not None else ()
    return alone and (found[0].name.lower(),) in keys


def _tables(count: exp.AggFunc) -> set[str]:
    return {column.table.lower() for column in columns(count)}


def _of_rows(count: exp.AggFunc) -> bool:
    return isinstance(count.this, exp.Star | exp.Literal) or count.this is None


def _may_leave_out(count: exp.AggFunc, scene: Scene) -> bool:
    """Whether a COUNT is of a column that may be blank; one of what is worked out counts by another rule."""
    return isinstance(count.this, exp.Column) and not _never_blank(count, scene)


def _blanks_of_row(own: exp.AggFunc, wanted: exp.AggFunc, scene: Scene) -> bool:
    """Whether a column is counted that may be blank in a row, where one of the same table is asked for that has a value there."""
    ours, theirs = (columns(each)[0] if isinstance(each.this, exp.Column) else None for each in (own, wanted))
    if ours is None or theirs is None or not ours.table or ours.table.lower() != theirs.table.lower():
        return False
    known = scene.learner.schema.not_null
    return [(scene.table_of(ours).lower(), each.name.lower()) in known for each in (ours, theirs)] == [False, True]


def _never_blank(count: exp.AggFunc, scene: Scene) -> bool:
    found = columns(count)
    return bool(found) and scene.learner.never_null(found[0])


def _outer_table(own: exp.Expr, wanted: exp.Expr) -> str:
    """The table of an outer join whose rows may be missing and are what is to be counted."""
    block, found = own.find_ancestor(exp.Select), columns(wanted)
    joins = block.args.get("joins") or () if isinstance(block, exp.Select) else ()
    named = {join.this.alias_or_name.lower(): join for join in joins if join.side in {"LEFT", "FULL"}}
    join = named.get(found[0].table.lower()) if found else None
    return str(join.this.name or join.this.alias_or_name) if join is not None else ""
