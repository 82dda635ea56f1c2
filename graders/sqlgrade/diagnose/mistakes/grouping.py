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
        yield _other_group(own[0], wanted[0], scene)
    elif len(own) == len(wanted) == 1 and isinstance(own[0], exp.Column) and _is_made_of(wanted[0], own[0]):
        yield GROUP_FINER.at("GROUP BY", own[0], {"own": scene.quote(own[0])})


def _other_group(own: exp.Column, wanted: exp.Column, scene: Scene) -> Occurrence:
    """Another grouping column, if only that of another table of the same name."""
    same = own.name.lower() == wanted.name.lower()
    twice = read_twice(own, wanted, scene) if same else ""
    key = GROUP_OTHER if not same else COLUMN_OF_OTHER_ALIAS if twice else COLUMN_OF_OTHER_TABLE
    return key.at("GROUP BY", own, {"own": scene.quote(own), "alias": own.table, "table": twice}, code="E26")


def _missing(key: exp.Expr, block: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """A key that GROUP BY lacks, alone or beside others; of a column that another key is made of, or OVER splits by, less is said."""
    group, at, asked = block.args.get("group"), step_of(block), names_in(key)
    told = {"column": _name(key), "at": at}
    ours = grouping_keys(block) if isinstance(block, exp.Select) else []
    split = [part for window in block.find_all(exp.Window) for part in window.args.get("partition_by") or ()]
    known = any(asked & names_in(each) for each in (*ours, *split))
    keys = ", ".join(map(scene.called, ours))
    if group is None:
        yield from _ungrouped(block, told, scene, known=known)
    elif at and (one := _one_kept(block, asked)) is not None:
        yield ONE_OF_EACH.at("GROUP BY", one, {"own": scene.quote(one), "at": at, "key": keys})
    elif known:
        yield GROUP_COARSER.at("GROUP BY", group, {"own": keys})
    else:
        yield GROUP_MISSING.at("GROUP BY", None, told)


def _gives_one_value(block: exp.Expr) -> bool:
    """Whether a block stands where one value belongs, so that groups in it make no sense."""
    around = block.parent if isinstance(block.parent, exp.Subquery) else None
    return around is not None and not isinstance(around.parent, exp.From | exp.Join | exp.In)


def _ungrouped(block: exp.Expr, told: dict[str, str], scene: Scene, *, known: bool) -> Iterator[Occurrence]:
    """No GROUP BY, of a block with an aggregate or without one."""
    if isinstance(block, exp.Select) and not any(map(has_aggregate, block.expressions)):
        if block.args.get("distinct") is None or _added_up(block, scene):
            yield (NOT_GROUPED_IN if told["at"] else NOT_GROUPED).at("GROUP BY", None, told)
    elif not known and not _gives_one_value(block):
        yield (NO_GROUPING_IN if told["at"] else NO_GROUPING).at("GROUP BY", None, told)


def _added_up(block: exp.Expr, scene: Scene) -> bool:
    """Whether an output is asked for that is worked out of several rows, which DISTINCT does not do."""
    outputs = [each for each in scene.differences if each.part is Part.SELECT and each.block is block]
    return any(any(map(has_aggregate, each.wanted)) for each in outputs)


@rule
def grouped_outputs(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A column that is shown and grouped by, where the groups are made without it."""
    blocks = _both_blocks(difference)
    if blocks is None:
        return
    ours, theirs = (set(map(bare, grouping_keys(each))) for each in blocks)
    for own in difference.own if theirs < ours else ():
        if isinstance(own, exp.Column) and bare(own) in ours - theirs:
            yield GROUP_EXTRA.at("GROUP BY", own, {"own": scene.quote(own)})
    if not difference.own and blocks[0].args.get("group") is not None and ours <= theirs:
        lacking = [each for each in difference.wanted if bare(each) in theirs - ours]
        yield from _missing(lacking[0], blocks[0], scene) if lacking else ()


def _both_blocks(difference: Difference) -> tuple[exp.Select, exp.Select] | None:
    """The block whose outputs differ, and the one that is asked for."""
    other = difference.wanted[0].find_ancestor(exp.Select) if difference.wanted else None
    if difference.part is not Part.SELECT or not isinstance(difference.block, exp.Select) or other is None:
        return None
    return difference.block, other


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
    blocks = _both_blocks(difference) if difference.changed is not None else None
    if blocks is None:
        return
    if step_of(blocks[0]) and any(each.block is not blocks[0] for each in scene.differences):
        return
    ours, theirs = ([printed(item.unalias()) for item in each.expressions] for each in blocks)
    if ours != theirs and sorted(ours) == sorted(theirs):
        if len(names := _exchanged(*blocks)) == 2:
            yield COLUMNS_EXCHANGED.at("SELECT", difference.own[0], {"name": names[0], "other": names[1]})
        yield COLUMN_ORDER.at("SELECT", difference.own[0], {"own": scene.quote(difference.own[0])})


def _exchanged(own: exp.Select, wanted: exp.Select) -> list[str]:
    """The names of the outputs that read otherwise, as far as both blocks give them the same names at these places."""
    pairs = list(zip(own.expressions, wanted.expressions, strict=True))
    apart = [pair for pair in pairs if printed(pair[0].unalias()) != printed(pair[1].unalias())]
    return [one.alias for one, other in apart if one.alias and one.alias == other.alias] if len(apart) == 2 else []


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
