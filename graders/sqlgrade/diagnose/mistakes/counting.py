"""What is counted, added up or averaged: rows for people, blanks left out or counted, another aggregate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.contrast import Part, printed
from sqlgrade.diagnose.reading.trees import asks_for_blank, column_name, columns, joins_of, names_in, tables_in
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from sqlgrade.diagnose.mistakes.scene import Scene

from typing import TYPE_CHECKING

from sqlgrade.diagnose.mistakes.comparing import other_condition
from sqlgrade.diagnose.mistakes.left_to_outputs import BLANKS_COUNTED, FILTER_MISSING, OF_ROWS_READ
from sqlgrade.diagnose.mistakes.record import Before, Family, Mistake, Occurrence, Tier
from sqlgrade.diagnose.mistakes.rule import rule
from sqlgrade.diagnose.mistakes.undoing import every_row, every_value, otherwise
from sqlgrade.diagnose.reading.aggregated import (
    adds_up_ones,
    asked_beside,
    choice_of,
    counted_column,
    counted_if,
    counted_unless,
    narrowed,
    takes_all,
)
from sqlgrade.diagnose.reading.contrast import Difference
from sqlgrade.diagnose.reading.trees import kernel
from sqlgrade.query.columns import NUMBER, OTHER

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS_FOR_PEOPLE = Mistake("rows_for_people", "E24", Family.COUNTS, from_join=True)
DISTINCT_MERGES = Mistake(
    "distinct_merges",
    "E24",
    Family.COUNTS,
    Tier.PART,
    before=(
        Before("denominator", "it says what is wrong with the number"),
        Before("numerator", "it says what is wrong with the number"),
    ),
    undone=every_value,
)
DISTINCT_OF_OTHER = Mistake(
    "distinct_of_other",
    "E24",
    Family.COUNTS,
    Tier.PART,
    before=(
        Before("numerator", "it says what is wrong with the number"),
        Before("denominator", "it says what is wrong with the number"),
    ),
)
OUTER_ROWS_COUNTED = Mistake(
    "outer_rows_counted",
    "E30",
    Family.COUNTS,
    before=(Before("filter_missing", "the join says already what is counted"),),
)
COUNT_LEAVES_BLANKS = Mistake("count_leaves_blanks", "E30", Family.COUNTS, undone=every_row)
COUNT_LEAVES_BLANKS_OF = Mistake("count_leaves_blanks_of", "E30", Family.COUNTS)
COUNTS_ALL_BUT = Mistake("counts_all_but", "E20", Family.COUNTS)
COUNT_NARROWED = Mistake("count_narrowed", "E20", Family.COUNTS)
COUNT_OF_OTHER = Mistake("count_of_other", "E25", Family.COUNTS, Tier.PART)
OTHER_COLUMN_DECIDES = Mistake(
    "other_column_decides",
    "E30",
    Family.COUNTS,
    before=(Before("filter_missing", "it says which column was counted instead"),),
)
VALUES_COUNTED = Mistake("values_counted", "E20", Family.COUNTS)
ONES_OF_OTHERS = Mistake("ones_of_others", "E22", Family.COUNTS, Tier.PART)
ELSE_COUNTED = Mistake(
    "else_counted",
    "E30",
    Family.COUNTS,
    before=(Before("else_needless", "it says that all rows are counted"),),
    undone=otherwise(None),
)
ELSE_COUNTED_ONCE = Mistake(
    "else_counted_once",
    "E30",
    Family.COUNTS,
    before=(Before("else_needless", "it says that one value more is counted"),),
)
COUNT_FOR_VALUE = Mistake("count_for_value", "E45", Family.COUNTS, covers=(Part.GROUP_BY,))


@rule
def counts(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """COUNT of something else than is asked for: rows, values, different values."""
    pair = aggregates_of(difference)
    if pair is None or not isinstance(pair[0], exp.Count) or _merges_nothing(*pair, scene):
        return
    own, wanted = pair
    asked = asked_beside(*pair)
    if asked is not None and not isinstance(wanted, exp.Count) and takes_all(own, asked):
        told = {"own": scene.quote(own), "column": column_name(asked)}
        blank = _may_leave_out(own, scene) and isinstance(asked, exp.Is) and own.this == asked.this
        if blank:
            yield VALUES_COUNTED.at(difference.part, own, told)
        else:
            yield from _of_all_rows(own, asked, told, difference.part, scene)
    if isinstance(own.this, exp.Distinct) and adds_up_ones(wanted) and printed(counted_if(own)) == printed(asked) != "":
        told = {"own": scene.quote(own), "column": counted_column(own)}
        yield DISTINCT_MERGES.at(difference.part, own, told)
    if isinstance(own, exp.Count) and isinstance(wanted, exp.Count):
        yield from _other_count(own, wanted, asked, difference.part, scene)


def _other_count(
    own: exp.Count, wanted: exp.Count, asked: exp.Expr | None, part: Part, scene: Scene
) -> Iterator[Occurrence]:
    """A COUNT for another COUNT: the rows of a condition, each once, or rows and values."""
    told = {"own": scene.quote(own), "column": column_name(own), "key": column_name(wanted)}
    told["table"] = _outer_table(own, wanted)
    ours, theirs = (isinstance(each.this, exp.Distinct) for each in (own, wanted))
    if asked is not None and counted_if(own) is None and not own.find(exp.Case, exp.If):
        yield from _for_a_condition(own, asked, told, part, scene)
    elif ours and not theirs:
        yield DISTINCT_MERGES.at(part, own, told)
    elif ours:
        if _merges_others(own, wanted):
            yield DISTINCT_OF_OTHER.at(part, own, {**told, "column": counted_column(own)})
    elif theirs:
        told |= {"column": counted_column(own), "key": counted_column(wanted)}
        once = _once_each(own, wanted, scene)
        if told["key"] and (once is not ROWS_FOR_PEOPLE or come_twice(own, wanted, scene)):
            yield once.at(part, own, told)
    else:
        yield from _plain_counts(own, wanted, told, part, scene)


def _for_a_condition(
    own: exp.AggFunc, asked: exp.Expr, told: dict[str, str], part: Part, scene: Scene
) -> Iterator[Occurrence]:
    """Counted where the rows of a condition are asked for: all rows, or the values of a column that may be blank."""
    value = column_name(own)
    told["column"] = column_name(asked)
    if not _may_leave_out(own, scene) or own.find(exp.Distinct):
        if takes_all(own, asked):
            yield FILTER_MISSING.at(part, own, told)
    elif value.lower() not in names_in(asked):
        yield OTHER_COLUMN_DECIDES.at(part, own, {**told, "value": value})
    elif asks_for_blank(asked):
        yield VALUES_COUNTED.at(part, own, {**told, "column": value}, code="E30")


def _of_all_rows(
    own: exp.AggFunc, asked: exp.Expr, told: dict[str, str], part: Part, scene: Scene
) -> Iterator[Occurrence]:
    """A count that takes in rows the condition leaves out; or one of a column that has values only where it holds, but not everywhere."""
    narrowed = exp.Count(this=exp.Case(ifs=[exp.If(this=asked.copy(), true=own.this.copy())]))
    own_rows = own.root() is scene.learner.tree and _may_leave_out(own, scene) and not own.find(exp.Distinct)
    if own_rows and scene.proof is not None and not scene.tells_apart(own, own, narrowed):
        yield COUNT_LEAVES_BLANKS.at(part, own, {**told, "column": column_name(own), "key": "", "table": ""})
    else:
        yield FILTER_MISSING.at(part, own, told)


def _plain_counts(
    own: exp.AggFunc, wanted: exp.AggFunc, told: dict[str, str], part: Part, scene: Scene
) -> Iterator[Occurrence]:
    """COUNT without DISTINCT on both sides: of rows for values, the other way round, or of other values."""
    rows, outer = _of_rows(wanted), bool(told["table"])
    if _of_rows(own) and not rows:
        if outer or _counts_blanks(own, wanted, scene):
            key = OUTER_ROWS_COUNTED if outer else BLANKS_COUNTED
            yield key.at(part, own, {**told, "column": column_name(wanted)})
    elif rows and not isinstance(wanted.parent, exp.Filter) and (condition := narrowed(own)) is not None:
        yield COUNT_NARROWED.at("CASE", own, {**told, "condition": scene.quote(condition)})
    elif _leaves_out(own, wanted, scene):
        yield (COUNT_LEAVES_BLANKS_OF if outer else COUNT_LEAVES_BLANKS).at(part, own, told)
    elif not rows and _is_of_another(own, wanted, outer=outer):
        key = OUTER_ROWS_COUNTED if _never_blank(own, scene) and outer else COUNT_OF_OTHER
        yield key.at(part, own, told)


def _counts_blanks(own: exp.AggFunc, wanted: exp.AggFunc, scene: Scene) -> bool:
    """Whether a count of rows takes in blanks of a column: that has some, and no condition has dropped them."""
    alone = not isinstance(own.parent, exp.Filter)
    return alone and not _never_blank(wanted, scene) and scene.matters(own, wanted)


def _leaves_out(own: exp.AggFunc, wanted: exp.AggFunc, scene: Scene) -> bool:
    """Whether a column that may be blank is counted, where rows or values that are always there are asked for."""
    filled = _of_rows(wanted) or _never_blank(wanted, scene) or _blanks_of_row(own, wanted, scene)
    return filled and _may_leave_out(own, scene)


def _is_of_another(own: exp.AggFunc, wanted: exp.AggFunc, *, outer: bool) -> bool:
    """Whether another column is counted, and no condition; after an outer join also the one of that name of another table."""
    other = column_name(own) != column_name(wanted) or (outer and tables_in(own) != tables_in(wanted))
    return other and own.find(exp.Case, exp.If) is None


@rule
def kept_rows_counted(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """COUNT(*) after an outer join whose ON already says what is to be counted: only the kept rows are too many."""
    if difference.changed is None or difference.part is not Part.SELECT:
        return
    own, wanted = kernel(*difference.changed)
    holder = wanted.find(exp.Filter, exp.Case)
    if not isinstance(own, exp.Count) or not _of_rows(own) or holder is None:
        return
    asked = holder.expression.this if isinstance(holder, exp.Filter) else holder.args["ifs"][0].this
    block = own.find_ancestor(exp.Select)
    for join in joins_of(block):
        said = {printed(part) for part in conjuncts(join.args.get("on"))}
        if join.side == "LEFT" and {printed(part) for part in conjuncts(asked)} <= said:
            told = {"own": scene.quote(own), "table": scene.table_of(join.this)}
            yield OUTER_ROWS_COUNTED.at(difference.part, own, told)
            return


@rule
def all_others_counted(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """Every row counted that does not meet a condition, where those that meet another one are asked for."""
    pair = aggregates_of(difference)
    but = counted_unless(pair[0]) if pair is not None else None
    if pair is not None and but is not None and asked_beside(*pair) is not None:
        told = {"own": scene.quote(pair[0]), "condition": scene.quote(but)}
        yield COUNTS_ALL_BUT.at("CASE", pair[0], told)


@rule
def counted_conditions(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """Rows of one condition counted in one way or another, where those of another one, or all, are asked for."""
    pair = aggregates_of(difference)
    own = counted_if(pair[0]) if pair is not None else None
    if pair is None or own is None:
        return
    counts, asked = pair
    wanted = asked_beside(counts, asked)
    if _merges_others(counts, asked):
        return
    place = "CASE" if difference.part is Part.SELECT else difference.part.value
    told = {"own": scene.quote(counts), "name": scene.called(counts), "condition": scene.quote(own)}
    if wanted is not None:
        if printed(own) != printed(wanted) and scene.matters(own, wanted):
            found = other_condition(own, wanted, difference.part, scene)
            yield from (each.on(place, each.node or own) for each in found)
            yield ONES_OF_OTHERS.at(place, counts, told)
    elif adds_up_ones(counts) and isinstance(asked, exp.Count) and not isinstance(asked.this, exp.Distinct):
        yield from (each.at(place, counts, told) for each in _for_a_count(counts, asked, scene))


def _for_a_count(own: exp.AggFunc, wanted: exp.Count, scene: Scene) -> Iterator[Mistake]:
    """What ones added up are for a COUNT: of all rows, others count as well, where their number makes no more values wrong."""
    if not isinstance(wanted.this, exp.Star):
        yield ONES_OF_OTHERS
    elif scene.no_worse(own, wanted, exp.Coalesce(this=own.copy(), expressions=[exp.Literal.number(0)])):
        yield COUNT_NARROWED


def _merges_others(own: exp.AggFunc, wanted: exp.AggFunc) -> bool:
    """Whether the different values of another column are counted."""
    both = all(isinstance(each.this, exp.Distinct) for each in (own, wanted))
    return both and counted_column(own) != counted_column(wanted)


@rule
def rows_for_values(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """COUNT where a step has the number already, and its value alone is asked for."""
    if difference.changed is None or difference.part is not Part.SELECT:
        return
    own, wanted = (each.this if isinstance(each, exp.Coalesce) else each for each in difference.changed)
    if isinstance(own, exp.Count) and isinstance(wanted, exp.Column) and _may_be_number(own, wanted, scene):
        told = {"own": scene.quote(own), "column": wanted.name}
        yield COUNT_FOR_VALUE.at(difference.part, own, told)


def _may_be_number(own: exp.Count, wanted: exp.Column, scene: Scene) -> bool:
    """Whether a column of the block of a COUNT may hold a number, for all that is known."""
    block = own.find_ancestor(exp.Select)
    source = scene.learner.sources(block).get(wanted.table.lower()) if block is not None else None
    return source is None or source.families.get(wanted.name.lower(), NUMBER) in {NUMBER, OTHER}


@rule
def else_counted(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """COUNT of a CASE whose ELSE gives a value, so that every row counts."""
    if difference.changed is None or difference.part not in OF_ROWS_READ:
        return
    known = {printed(each) for each in difference.changed[1].find_all(exp.Count)}
    for count in difference.changed[0].find_all(exp.Count):
        choice = choice_of(count)
        if choice is None or printed(count) in known or not _always_there(choice[1:], scene):
            continue
        key = ELSE_COUNTED_ONCE if isinstance(count.this, exp.Distinct) else ELSE_COUNTED
        told = {"own": scene.quote(count), "value": scene.quote(choice[2]) if choice[2] is not None else ""}
        yield key.at(difference.part, count, told)


def _always_there(values: tuple[exp.Expr, exp.Expr | None], scene: Scene) -> bool:
    """Whether the value then is one, and the value otherwise is never blank."""
    given, other = values
    if isinstance(given, exp.Null):
        return False
    return isinstance(other, exp.Literal) or (isinstance(other, exp.Column) and scene.learner.never_null(other))


def aggregates_of(difference: Difference) -> tuple[exp.AggFunc, exp.AggFunc] | None:
    """The one aggregate of the learner's and the one that belongs in its place."""
    if difference.changed is None or difference.part not in OF_ROWS_READ:
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


def come_twice(own: exp.AggFunc, wanted: exp.AggFunc, scene: Scene) -> bool:
    """Whether it makes a difference that each is counted once, as far as the answer can be run."""
    if own.root() is not scene.learner.tree or not isinstance(wanted, exp.Count):
        return True
    return scene.tells_apart(own, wanted, every_value(wanted) or wanted)


def _once_each(own: exp.AggFunc, wanted: exp.AggFunc, scene: Scene) -> Mistake:
    """What a count lacks that should count each once: a column with blanks in it leaves rows out besides."""
    other = not _of_rows(own) and column_name(own) != column_name(wanted)
    source = scene.learner.source_of(columns(own)[0]) if other else None
    filled = source is None or (source.table, column_name(own).lower()) in scene.learner.schema.not_null
    return ROWS_FOR_PEOPLE if filled else COUNT_LEAVES_BLANKS


def _merges_nothing(own: exp.AggFunc, wanted: exp.AggFunc, scene: Scene) -> bool:
    """Whether a DISTINCT too much changes nothing: it is over the key of the one table that the block reads."""
    block, found = own.find_ancestor(exp.Select), columns(own)
    both = isinstance(wanted.this, exp.Distinct)
    if both or not isinstance(own.this, exp.Distinct) or not isinstance(block, exp.Select) or len(found) != 1:
        return False
    source = scene.learner.source_of(found[0])
    alone = all(join.kind == "CROSS" for join in joins_of(block))
    keys = scene.learner.schema.keys.get(source.table or "", ()) if source is not None else ()
    return alone and (found[0].name.lower(),) in keys


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
    joins = joins_of(block)
    named = {join.this.alias_or_name.lower(): join for join in joins if join.side in {"LEFT", "FULL"}}
    join = named.get(found[0].table.lower()) if found else None
    return str(join.this.name or join.this.alias_or_name) if join is not None else ""
