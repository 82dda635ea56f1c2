"""How the rows of tables meet, and which of those without a match a condition drops."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.comparing import CONDITION_COLUMN
from sqlgrade.diagnose.mistakes.lacking import BOUND_MISSING_ENDS
from sqlgrade.diagnose.mistakes.or_blank import FILTER_OR_BLANK
from sqlgrade.diagnose.mistakes.record import Before, Family, Mistake, Occurrence
from sqlgrade.diagnose.mistakes.rule import rule
from sqlgrade.diagnose.reading.contrast import Difference, Part, bare, printed
from sqlgrade.diagnose.reading.trees import (
    asks_for_blank,
    column_name,
    columns,
    is_filled,
    is_tie,
    joins_of,
    left_joins,
    mentions,
    names_in,
    period_of,
    step_of,
    values_of,
)
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlgrade.diagnose.mistakes.scene import Scene
    from sqlgrade.query.query import Query

_COMPARED = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.Like, exp.In)

FILTER_IN_WHERE = Mistake("filter_in_where", "E29", Family.TABLES, covers=(Part.ON,))


PERIOD_OF_OTHER = Mistake(
    "period_of_other",
    "E25",
    Family.TABLES,
    before=(Before("condition_extra", "a period is asked for, of another column"),),
    covers=(Part.ON, Part.WHERE),
)


DROPS_ROWS_ASKED = Mistake("drops_rows_asked", "E29", Family.TABLES, alike="too_much", covers=(Part.ON,))


BLANK_SIDE_ASKED = Mistake("blank_side_asked", "E29", Family.TABLES)


BLANK_WITH_MATCH = Mistake("blank_with_match", "E25", Family.TABLES)


FILTER_IN_ON = Mistake("filter_in_on", "E29", Family.TABLES, covers=(Part.WHERE,))


FILTER_BESIDE_WINDOW = Mistake("filter_beside_window", "E37", Family.TABLES, covers=(Part.WHERE,))


FILTER_BEFORE_WINDOW = Mistake("filter_before_window", "E37", Family.TABLES, covers=(Part.WHERE,))


FILTER_AFTER_WINDOW = Mistake("filter_after_window", "E37", Family.TABLES, covers=(Part.WHERE,))


FILTER_IN_OTHER_BLOCK = Mistake(
    "filter_in_other_block",
    "E20",
    Family.TABLES,
    before=(Before("condition_extra_here", "it says where the condition belongs"),),
    covers=(Part.WHERE,),
)


SMALLEST_LEFT_OUT = Mistake("smallest_left_out", "E28", Family.TABLES)


LARGEST_LEFT_OUT = Mistake("largest_left_out", "E28", Family.TABLES)


NOT_IN_NULL = Mistake(
    "not_in_null", "E12", Family.TABLES, before=(Before("missing", "the blank is what makes the list match nothing"),)
)


@rule
def moved_conditions(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A condition that stands in WHERE and belongs into ON, or the other way round, or beside a window."""
    if difference.part not in (Part.WHERE, Part.ON):
        return
    other = Part.ON if difference.part is Part.WHERE else Part.WHERE
    for own, target in itertools.product(difference.own, scene.beside(difference, other)):
        holder = (target if difference.part is Part.WHERE else difference).holder
        meant = _same_among(target.wanted, own)
        # an inner join drops the same rows wherever the condition stands
        if meant is not None and not (isinstance(holder, exp.Join) and not holder.side):
            yield _moved(own, meant, difference, target, scene)
    if difference.part is Part.WHERE:
        yield from _to_another_block(difference, scene)


@rule
def period_of_other(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A period of one column in WHERE, where in the ON of a join one of another column of that table is asked for, or the other way round."""
    if difference.part not in (Part.WHERE, Part.ON) or difference.wanted:
        return
    own = period_of(difference.own)
    other = Part.ON if difference.part is Part.WHERE else Part.WHERE
    asked = [period_of(each.wanted) for each in scene.beside(difference, other) if not each.own]
    if own is not None and any(
        each is not None and each.table == own.table and each.name != own.name for each in asked
    ):
        told = {"own": scene.quote(own), "condition": scene.quote(difference.own[0])}
        yield PERIOD_OF_OTHER.at(difference.part, difference.own[0], told)


def _same_among(wanted: Iterable[exp.Expr], own: exp.Expr) -> exp.Expr | None:
    """A condition of the learner's where it is asked for, without the blanks that it may let in."""
    sides = own.unnest().flatten() if _asks_for_blanks(own) else ()
    texts = {bare(_plainly(own)), *(bare(side) for side in sides)}
    return next((each for each in wanted if bare(_plainly(each)) in texts), None)


def _to_another_block(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A condition in WHERE that belongs into another block; the place of a period's beginning is no matter while it has no end."""
    others = [d for d in scene.differences if d.part is Part.WHERE and d.block is not difference.block]
    elsewhere = [each for each in others if not _are_arms(each.block, difference.block)]
    if scene.reads_elsewhere(difference):
        return  # it is another block, and its conditions came with it
    for own in difference.own:
        if not any(_asks_the_same(own, wanted) for each in elsewhere for wanted in each.wanted):
            continue
        inside = any(each.block.find(exp.Window) for each in (difference, *elsewhere))
        if isinstance(own.unnest(), exp.GT | exp.GTE) and scene.values.lacks_end(scene.learner.tree):
            yield BOUND_MISSING_ENDS.at("WHERE", own, {"column": column_name(own)})
        elif inside:
            yield _about_window(difference.block, elsewhere, scene).at("WHERE", own, {"condition": scene.quote(own)})
        else:
            yield FILTER_IN_OTHER_BLOCK.at("WHERE", own, {"condition": scene.quote(own)})


def _asks_the_same(own: exp.Expr, wanted: exp.Expr) -> bool:
    """Whether one condition is another one, or one bound of the period that the other one names."""
    period = period_of([wanted])
    if bare(wanted) == bare(own) or period is None or period_of([own]) is None:
        return bare(wanted) == bare(own)
    ours, theirs = ({each.name for each in values_of(side)} for side in (own, wanted))
    return period.name.lower() in names_in(own) and ours <= theirs


def _about_window(block: exp.Expr, asked: Sequence[Difference], scene: Scene) -> Mistake:
    """What a condition in WHERE is to a window: before it in the same block or in a step, after it in one around."""
    if any(each.find_ancestor(exp.Select) is block for each in block.find_all(exp.Window)):
        return FILTER_BESIDE_WINDOW
    step = step_of(block).lower()
    return (
        FILTER_BEFORE_WINDOW if step and any(_reads(each.block, step, scene) for each in asked) else FILTER_AFTER_WINDOW
    )


def as_written(mistake: str, learner: Query) -> str:
    """What is said of an answer in which a condition stands in a step before the window, though merged they are one block."""
    beside = any(
        block.args.get("where") and any(each.find_ancestor(exp.Select) is block for each in block.find_all(exp.Window))
        for block in learner.selects()
    )
    return FILTER_BEFORE_WINDOW.key if mistake == FILTER_BESIDE_WINDOW.key and not beside else mistake


def _reads(block: exp.Expr, step: str, scene: Scene) -> bool:
    """Whether a block reads a step, by itself or by way of others."""
    left, seen = [block], set[str]()
    while left:
        for name in {*(each.name.lower() for each in left.pop().find_all(exp.Table))} - seen:
            seen.add(name)
            read = scene.step(name)
            left += [read.this] if read is not None else []
    return step in seen


@rule
def blank_side_asked(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A condition in WHERE on the table of a LEFT JOIN, where the other table has a column of that name in every row."""
    joins = left_joins(difference.block)
    for own in difference.own if difference.part is Part.WHERE else ():
        meant = next((each for each in difference.wanted if bare(each) == bare(own)), None)
        if meant is None or own.find(exp.Null) is not None:  # a test for blanks keeps the rows without a match
            continue
        asked = set(tables_written(own)) - set(tables_written(meant))
        join = next((each for each in joins if each.this.alias_or_name.lower() in asked), None)
        if join is not None:
            column = next(each for each in columns(own) if each.table.lower() in asked)
            told = {"condition": scene.quote(own), "table": scene.table_of(join.this), "column": column.name}
            yield BLANK_SIDE_ASKED.at("WHERE", own, told)


@rule
def blank_with_match(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """Rows without a match looked for by a column that is blank in some matches as well."""
    if difference.part is not Part.WHERE or difference.changed is None:
        return
    own, wanted = (each.unnest() for each in difference.changed)
    if not all(asks_for_blank(each) for each in (own, wanted)):
        return
    for join in joins_of(difference.block):
        if join.side == "LEFT" and tables_written(own) == tables_written(wanted) == [join.this.alias_or_name.lower()]:
            told = {"condition": scene.quote(own), "column": column_name(own), "table": scene.table_of(join.this)}
            yield BLANK_WITH_MATCH.at("WHERE", own, told)


def _moved(own: exp.Expr, meant: exp.Expr, difference: Difference, target: Difference, scene: Scene) -> Occurrence:
    """What a condition at the other place does: one about another table, or about rows that have to be there, is not merely moved."""
    told = {"condition": scene.quote(own)}
    if set(tables_written(own)) != set(tables_written(meant)):  # the same words about another table
        return CONDITION_COLUMN.at(difference.part, own, {"own": scene.quote(columns(own)[0]), **told})
    key = FILTER_IN_WHERE if difference.part is Part.WHERE else FILTER_IN_ON
    shown = target.holder
    if key is FILTER_IN_WHERE and shown is not None and not _is_about(own, shown):
        return DROPS_ROWS_ASKED.at("WHERE", own, told)
    if _asks_for_blanks(own):
        key = FILTER_OR_BLANK
    elif key is FILTER_IN_ON:
        shown = difference.block.args.get("from_") or difference.holder
    return key.at(difference.part, own, {**told, "table": scene.table_of(shown.this) if shown is not None else ""})


def ties_otherwise(difference: Difference) -> bool:
    """Whether columns of two tables are held equal where others should be: then it is the key that is told."""
    sides = [part.unnest() for part in (*difference.own[:1], *difference.wanted[:1])]
    equal = all(isinstance(each, exp.EQ) and is_tie(each) for each in sides)
    return len(sides) == 2 and equal and stands_for_another(difference)


def tied_by_others(own: exp.Expr, difference: Difference, scene: Scene) -> bool:
    """Whether what ties two tables ties them as well where they are joined otherwise, so that it is asked for."""
    joins = (each for beside in scene.beside(difference, Part.JOIN) for each in beside.wanted)
    asked = [_tied(part.unnest()) for join in joins for part in conjuncts(join.args.get("on"))]
    return bool(_tied(own)) and _tied(own) in asked


def _tied(part: exp.Expr) -> set[str]:
    """The two columns that a condition holds equal; nothing for any other one."""
    return {printed(part.left), printed(part.right)} if isinstance(part, exp.EQ) and is_tie(part) else set()


def stands_for_another(difference: Difference) -> bool:
    """Whether one condition is in another's place, or all that an ON holds ties the tables."""
    several = difference.part is Part.ON and all(map(is_tie, (*difference.own, *difference.wanted)))
    return difference.part in (Part.ON, Part.WHERE) and (difference.changed is not None or several)


def uncounted_end(count: exp.Expr, block: exp.Expr, scene: Scene) -> Occurrence | None:
    """That a table joined to itself by < or > leaves its smallest or largest value out of what is counted."""
    if not isinstance(count, exp.Count) or len(columns(count)) != 1:
        return None
    counted = columns(count)[0]
    for join in joins_of(block):
        for part in conjuncts(join.args.get("on")):
            tie = part.unnest()
            if not isinstance(tie, exp.LT | exp.GT) or not is_tie(tie) or counted not in (tie.left, tie.right):
                continue
            origins = {scene.origin(side).lower() for side in (tie.left, tie.right) if isinstance(side, exp.Column)}
            if len(origins) == 1:
                larger = (counted == tie.left) == isinstance(tie, exp.GT)
                told = {"condition": scene.quote(tie), "column": counted.name}
                return (SMALLEST_LEFT_OUT if larger else LARGEST_LEFT_OUT).at("ON", tie, told)
    return None


@rule
def not_in(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """NOT IN over a sub-query that may hold a blank, or a sub-query asked in another way."""
    if difference.part is not Part.WHERE:
        return
    for own in difference.own:
        inner = own.unnest()
        listed = inner.this.unnest() if isinstance(inner, exp.Not) else None
        if isinstance(listed, exp.In) and listed.args.get("query") is not None:
            asked = _given(listed.args["query"], scene.learner)
            told = {"condition": scene.quote(inner), "column": asked[0].name if asked else ""}
            if asked:
                yield NOT_IN_NULL.at("WHERE", inner, told)
    for part in difference.wanted if not difference.own else ():
        around = _listed_in(difference.block, column_name(part)) if is_filled(part.unnest()) else None
        if around is not None:
            told = {"condition": scene.quote(around), "column": column_name(part)}
            yield NOT_IN_NULL.at("WHERE", around, told)


def _listed_in(block: exp.Expr, column: str) -> exp.Not | None:
    """The NOT IN whose list a block makes of a column."""
    above = block.parent
    while isinstance(above, exp.Subquery | exp.Paren):
        above = above.parent
    around = above.parent if isinstance(above, exp.In) and isinstance(block, exp.Select) else None
    if not isinstance(around, exp.Not) or not any(mentions(item, column) for item in block.expressions):
        return None
    return around


def _given(query: exp.Expr, learner: Query) -> list[exp.Column]:
    """The columns of which a sub-query makes its list and that may be blank there."""
    inner = query.unnest() if isinstance(query, exp.Subquery) else query
    outputs = inner.selects if isinstance(inner, exp.Query) else []
    return [each for item in outputs for each in columns(item) if not _never_blank(each, inner, learner)]


def _never_blank(column: exp.Column, block: exp.Expr, learner: Query) -> bool:
    """Whether a block's column holds a value in each of its rows: by the schema, by its WHERE, or as the step that it reads makes sure of it."""
    where = block.args.get("where")
    kept = {each.name.lower() for part in conjuncts(where.this if where else None) for each in _asked_a_value(part)}
    if column.name.lower() in kept or learner.never_null(column):
        return True
    source = learner.source_of(column)
    step = learner.block_of(source) if source is not None and not learner.may_lack(source) else None
    if step is None or step is block or isinstance(step.parent, exp.SetOperation):
        return False
    below = next((each.unalias() for each in step.expressions if each.alias_or_name == column.name), None)
    return isinstance(below, exp.Column) and _never_blank(below, step, learner)


def _asked_a_value(part: exp.Expr) -> list[exp.Column]:
    """The columns that are not blank where a condition holds."""
    if is_filled(part):
        return columns(part)
    plain = isinstance(part, _COMPARED) and part.find(exp.Null, exp.Func, exp.Case) is None
    return columns(part) if plain else []


def tables_written(part: exp.Expr) -> list[str]:
    """The tables of the columns below a node as they are written, one for each column."""
    return [column.table.lower() for column in columns(part)]


def _are_arms(block: exp.Expr, other: exp.Expr) -> bool:
    """Whether two blocks stand side by side in a UNION or the like, where neither is a step before the other."""
    return all(isinstance(each.parent, exp.SetOperation) for each in (block, other))


def _is_about(part: exp.Expr, join: exp.Expr) -> bool:
    """Whether a condition asks something of a joined table."""
    return isinstance(join, exp.Join) and join.this.alias_or_name.lower() in tables_written(part)


def _plainly(part: exp.Expr) -> exp.Expr:
    """`x = FALSE` as `NOT x`, and `x = TRUE` as `x`."""
    part = part.unnest()
    if isinstance(part, exp.EQ | exp.Is) and isinstance(part.expression, exp.Boolean):
        return part.this if part.expression.this else exp.Not(this=part.this.copy())
    return part


def _asks_for_blanks(part: exp.Expr) -> bool:
    return isinstance(part.unnest(), exp.Or) and part.find(exp.Null) is not None
