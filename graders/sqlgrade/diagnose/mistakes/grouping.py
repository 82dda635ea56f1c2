"""What one row of the result stands for: groups, DISTINCT, UNION, and which columns there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.computing import COLUMN_OF_OTHER_ALIAS, COLUMN_OF_OTHER_TABLE
from sqlgrade.diagnose.mistakes.record import EVERY, Before, Family, Mistake, Occurrence, Tier
from sqlgrade.diagnose.mistakes.rule import rule
from sqlgrade.diagnose.mistakes.scene import Scene, read_twice
from sqlgrade.diagnose.reading.aggregated import adds_group_sizes
from sqlgrade.diagnose.reading.blocks import grouping_keys
from sqlgrade.diagnose.reading.contrast import Difference, Part, bare, printed
from sqlgrade.diagnose.reading.trees import kernel, names_in, step_of
from sqlgrade.query.surgery import has_aggregate

if TYPE_CHECKING:
    from collections.abc import Iterator

GROUP_SIZES_ADDED = Mistake(
    "group_sizes_added", "E45", Family.GROUPS, before=(Before("sum_for_count", "it says what was added up"),)
)
COLUMN_MISSING = Mistake("column_missing", "E43", Family.OUTPUTS, Tier.PART)
COLUMN_EXTRA = Mistake("column_extra", "E43", Family.OUTPUTS, Tier.PART)
EVERY_COLUMN = Mistake("every_column", "E43", Family.OUTPUTS)
COLUMNS_EXCHANGED = Mistake(
    "columns_exchanged", "E43", Family.OUTPUTS, before=(Before(EVERY, "the columns are right, at other places"),)
)
COLUMN_ORDER = Mistake(
    "column_order", "E43", Family.OUTPUTS, before=(Before(EVERY, "the columns are right, at other places"),)
)
ROWS_MERGED = Mistake("rows_merged", "E44", Family.GROUPS)
ROWS_REPEATED = Mistake("rows_repeated", "E44", Family.GROUPS)
ROWS_REPEATED_IN = Mistake("rows_repeated_in", "E44", Family.GROUPS, Tier.PART)
UNION_MERGES = Mistake("union_merges", "E44", Family.GROUPS)
UNION_KEEPS = Mistake("union_keeps", "E44", Family.GROUPS)
NO_GROUPING = Mistake("no_grouping", "E26", Family.GROUPS, Tier.PART)
NO_GROUPING_IN = Mistake("no_grouping_in", "E26", Family.GROUPS, Tier.PART)
NOT_GROUPED = Mistake("not_grouped", "E26", Family.GROUPS, Tier.PART)
NOT_GROUPED_IN = Mistake("not_grouped_in", "E26", Family.GROUPS, Tier.PART)
GROUP_MISSING = Mistake("group_missing", "E26", Family.GROUPS)
ONE_OF_EACH = Mistake("one_of_each", "E26", Family.GROUPS)
GROUP_EXTRA = Mistake("group_extra", "E26", Family.GROUPS)
GROUPING_NEEDLESS = Mistake("grouping_needless", "E26", Family.GROUPS)
GROUP_OTHER = Mistake("group_other", "E26", Family.GROUPS, Tier.GENERAL)
GROUP_FINER = Mistake("group_finer", "E26", Family.GROUPS)
GROUP_COARSER = Mistake("group_coarser", "E26", Family.GROUPS, Tier.PART)


@rule
def group_sizes_added(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """The sizes of groups added up where the groups are to be counted."""
    if difference.part is not Part.SELECT or difference.changed is None:
        return
    own, wanted = kernel(*difference.changed)
    if isinstance(wanted, exp.Count) and adds_group_sizes(own, scene.learner):
        yield GROUP_SIZES_ADDED.at("SELECT", own, {"own": scene.quote(own)})


@rule
def groups(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A grouping column too many, missing, or another one."""
    if difference.part is not Part.GROUP_BY:
        return
    own, wanted = difference.own, difference.wanted
    if own and not wanted and _row_by_row(difference, scene):
        yield GROUPING_NEEDLESS.at("GROUP BY", own[0])
    elif own and not wanted:
        yield GROUP_EXTRA.at("GROUP BY", own[0], {"own": scene.called(own[0])})
    elif wanted and not own:
        yield from _missing(wanted[0], difference.block, scene)
    elif own and isinstance(own[0], exp.Column) and isinstance(wanted[0], exp.Column):
        same = own[0].name.lower() == wanted[0].name.lower()
        twice = read_twice(own[0], wanted[0], scene) if same else ""
        key = GROUP_OTHER if not same else COLUMN_OF_OTHER_ALIAS if twice else COLUMN_OF_OTHER_TABLE
        told = {"own": scene.quote(own[0]), "alias": own[0].table, "table": twice}
        yield key.at("GROUP BY", own[0], told, code="E26")
    elif len(own) == len(wanted) == 1 and isinstance(own[0], exp.Column) and _is_made_of(wanted[0], own[0]):
        yield GROUP_FINER.at("GROUP BY", own[0], {"own": scene.quote(own[0])})


def _missing(key: exp.Expr, block: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """A key that GROUP BY lacks, alone or beside others; of a column that another key is made of, or OVER splits by, less is said."""
    group, at = block.args.get("group"), step_of(block)
    told = {"column": _name(key), "at": at}
    ours = grouping_keys(block) if isinstance(block, exp.Select) else []
    asked = names_in(key)
    split = (part for window in block.find_all(exp.Window) for part in window.args.get("partition_by") or ())
    known = {column.name.lower() for each in (*ours, *split) for column in each.find_all(exp.Column)}
    if group is not None and step_of(block) and (one := _one_kept(block, asked)) is not None:
        told = {"own": scene.quote(one), "at": step_of(block), "key": ", ".join(map(scene.called, ours))}
        yield ONE_OF_EACH.at("GROUP BY", one, told)
    elif group is not None and asked & known:
        yield GROUP_COARSER.at("GROUP BY", group, {"own": ", ".join(map(scene.called, ours))})
    elif group is not None:
        yield GROUP_MISSING.at("GROUP BY", None, told)
    elif isinstance(block, exp.Select) and not any(map(has_aggregate, block.expressions)):
        if block.args.get("distinct") is None or _added_up(block, scene):
            yield (NOT_GROUPED_IN if at else NOT_GROUPED).at("GROUP BY", None, told)
    elif not asked & known:
        yield (NO_GROUPING_IN if at else NO_GROUPING).at("GROUP BY", None, told)


def _added_up(block: exp.Expr, scene: Scene) -> bool:
    """Whether an output is asked for that is worked out of several rows, which DISTINCT does not do."""
    outputs = [each for each in scene.differences if each.part is Part.SELECT and each.block is block]
    return any(any(map(has_aggregate, each.wanted)) for each in outputs)


@rule
def grouped_outputs(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A column that is shown and grouped by, where the groups are made without it."""
    if difference.part is not Part.SELECT or not isinstance(difference.block, exp.Select):
        return
    other = difference.wanted[0].find_ancestor(exp.Select) if difference.wanted else None
    for own in difference.own if other is not None else ():
        ours, theirs = (
            {bare(key) for key in grouping_keys(each)} for each in (difference.block, other) if each is not None
        )
        if isinstance(own, exp.Column) and bare(own) in ours and theirs < ours and bare(own) not in theirs:
            yield GROUP_EXTRA.at("GROUP BY", own, {"own": scene.quote(own)})
    if other is not None and not difference.own and difference.block.args.get("group") is not None:
        ours, theirs = ({bare(key) for key in grouping_keys(each)} for each in (difference.block, other))
        lacking = [each for each in difference.wanted if bare(each) in theirs - ours]
        yield from _missing(lacking[0], difference.block, scene) if lacking and ours <= theirs else ()


def _one_kept(block: exp.Expr, asked: set[str]) -> exp.Expr | None:
    """The MIN or MAX by which a step keeps one value of a column that it is to be split by."""
    picked = (item.unalias() for item in block.expressions)
    picked = (each for each in picked if isinstance(each, exp.Min | exp.Max))
    return next((each for each in picked if any(c.name.lower() in asked for c in each.find_all(exp.Column))), None)


def _is_made_of(key: exp.Expr, column: exp.Column) -> bool:
    """Whether a key is worked out of one column alone, so that several of its values may make one group."""
    found = names_in(key)
    return not isinstance(key, exp.Column) and found == {column.name.lower()}


def _row_by_row(difference: Difference, scene: Scene) -> bool:
    """Whether single rows are asked for: with the groups an aggregate goes as well."""
    outputs = scene.beside(difference, Part.SELECT)
    gone = [each for each in outputs if any(map(has_aggregate, each.own)) and not any(map(has_aggregate, each.wanted))]
    return bool(gone)


@rule
def repeats(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """Equal rows kept or merged."""
    if difference.part is Part.DISTINCT:
        if difference.own:
            yield ROWS_MERGED.at("DISTINCT", difference.block)
        elif step := step_of(difference.block):
            yield ROWS_REPEATED_IN.at("DISTINCT", None, {"table": step})
        elif difference.block.parent is None or isinstance(difference.block.parent, exp.SetOperation):
            yield ROWS_REPEATED.at("DISTINCT")
    elif difference.part is Part.UNION and difference.changed is not None:
        own, wanted = difference.changed
        if type(own) is not type(wanted):
            return
        key = UNION_MERGES if own.args.get("distinct") else UNION_KEEPS
        yield key.at("UNION")


@rule
def column_order(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """The right columns at other places; in a step, where others may take them by name, only if nothing else differs."""
    if difference.part is not Part.SELECT or difference.changed is None:
        return
    if step_of(difference.block) and any(each.block is not difference.block for each in scene.differences):
        return
    other = difference.wanted[0].find_ancestor(exp.Select)
    if not isinstance(difference.block, exp.Select) or other is None:
        return
    ours, theirs = ([printed(item.unalias()) for item in block.expressions] for block in (difference.block, other))
    if ours != theirs and sorted(ours) == sorted(theirs):
        places = [place for place, name in enumerate(ours) if name != theirs[place]]
        names = [[block.expressions[place].alias for place in places] for block in (difference.block, other)]
        if len(places) == 2 and all(names[0]) and names[0] == names[1]:
            told = {"name": names[0][0], "other": names[0][1]}
            yield COLUMNS_EXCHANGED.at("SELECT", difference.own[0], told)
        yield COLUMN_ORDER.at("SELECT", difference.own[0], {"own": scene.quote(difference.own[0])})


@rule
def outputs(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """Columns missing, too many, or all that there are."""
    if difference.part is not Part.SELECT:
        return
    own, wanted = difference.own, difference.wanted
    if step_of(difference.block) or difference.block.find_ancestor(exp.Select) is not None:
        return  # what a step gives is not shown
    star = next((each for each in own if each.is_star), None)
    if star is not None and not any(each.is_star for each in wanted):
        yield EVERY_COLUMN.at("SELECT", star, {"own": scene.quote(star)})
    elif wanted and not own:
        yield COLUMN_MISSING.at("SELECT", None, {"name": ", ".join(_name(each) for each in wanted)})
    elif own and not wanted:
        yield COLUMN_EXTRA.at("SELECT", own[0], {"own": scene.quote(own[0])})


def _name(node: exp.Expr) -> str:
    if isinstance(node.parent, exp.Alias):
        return str(node.parent.alias)
    found = node if isinstance(node, exp.Column) else node.find(exp.Column)
    return found.name if found is not None else node.sql("duckdb")
