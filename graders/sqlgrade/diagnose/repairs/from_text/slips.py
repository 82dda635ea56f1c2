"""Slips that can be undone without a look at a right answer: what the text itself says is enough."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.aggregated import adds_group_sizes, choice_of, counts_of_some
from sqlgrade.diagnose.reading.trees import asks_for_blank, joins_of, left_joins, names_in, number_of
from sqlgrade.diagnose.repairs.from_text.arms import arms_alike
from sqlgrade.diagnose.repairs.from_text.blanks_tied import blanks_tied
from sqlgrade.diagnose.repairs.from_text.extremes import extremes_settled
from sqlgrade.diagnose.repairs.from_text.means import added_up_first
from sqlgrade.diagnose.repairs.from_text.moments import by_moments
from sqlgrade.diagnose.repairs.from_text.of_block_around import asked_around
from sqlgrade.mutate.mutant import Edit
from sqlgrade.query.clause import Clause
from sqlgrade.query.surgery import BOUND_MOVED, conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query
    from sqlgrade.record import Clock

_MOST_BRANCHES = 6


def slips(learner: Query, clock: Clock | None = None) -> Iterator[Edit]:
    """What people do without meaning to, each undone by itself: counts of what is joined, lists, zeros, clocks, and so on."""
    yield from _matches_counted(learner)
    yield from _blanks_averaged(learner)
    yield from _matches_asked_by_key(learner)
    yield from blanks_tied(learner)
    yield from arms_alike(learner)
    yield from asked_around(learner)
    yield from _lists_in_full(learner)
    yield from _equal_rows_kept(learner)
    yield from _zeros_added(learner)
    yield from added_up_first(learner)
    yield from by_moments(learner)
    yield from _ones_exchanged(learner)
    yield from _bounds_of_cases(learner)
    yield from _rounded_last(learner)
    yield from _left_unrounded(learner)
    yield from _groups_counted(learner)
    yield from _repeats_counted_once(learner)
    yield from _asked_too_much_of_counts(learner)
    yield from _subtracted_the_other_way(learner)
    yield from _days_by_another_clock(learner, clock) if clock is not None else ()
    yield from _looked_into_for_joined(learner)
    yield from _asked_too_late(learner)
    yield from _windows_sorted_otherwise(learner)
    yield from _ties_numbered(learner)
    yield from extremes_settled(learner)
    yield from _of_those_before(learner)


def _matches_counted(learner: Query) -> Iterator[Edit]:
    """COUNT(*) made a count of the joined table's own key, in a block that keeps the rows without a match."""
    for block in learner.selects():
        counts = [each for each in block.find_all(exp.Count) if each.find_ancestor(exp.Select) is block]
        counts = [each for each in counts if isinstance(each.this, exp.Star | exp.Literal)]
        for join in block.args.get("joins") or () if counts else ():
            key = _own_key(join) if join.side == "LEFT" else None
            if key is not None:
                tree, copied = learner.copy_all(*counts)
                for count in copied:
                    count.set("this", key.copy())
                yield Edit(counts[0], tree, "E30", Clause.SELECT)


def _own_key(join: exp.Join) -> exp.Column | None:
    """The joined table's side of the equality that ties it."""
    name = join.this.alias_or_name.lower()
    ties = [each.unnest() for each in conjuncts(join.args.get("on"))]
    sides = [side for tie in ties if isinstance(tie, exp.EQ) for side in (tie.left, tie.right)]
    return next((side for side in sides if isinstance(side, exp.Column) and side.table.lower() == name), None)


def _blanks_averaged(learner: Query) -> Iterator[Edit]:
    """AVG of a column of the table of a LEFT JOIN made one that takes 0 for the rows without a match."""
    for block in learner.selects():
        names = {join.this.alias_or_name.lower() for join in left_joins(block)}
        for mean in block.find_all(exp.Avg) if names else ():
            if isinstance(mean.this, exp.Column) and mean.this.table.lower() in names:
                filled = exp.Coalesce(this=mean.this.copy(), expressions=[exp.Literal.number(0)])
                yield Edit(mean, learner.replace(mean.this, filled), "E32", Clause.SELECT)


def _matches_asked_by_key(learner: Query) -> Iterator[Edit]:
    """`IS NULL` on a column of the table of a LEFT JOIN made one on its key, which is blank only where nothing matches."""
    for block in learner.selects():
        where = block.args.get("where")
        for part in conjuncts(where.this) if where is not None else ():
            asked = part.unnest()
            if not asks_for_blank(asked):
                continue
            for join in joins_of(block):
                key = _own_key(join) if join.side == "LEFT" else None
                column = asked.this.unnest()
                if key is None or not isinstance(column, exp.Column) or column.table.lower() != key.table.lower():
                    continue
                if column.name.lower() != key.name.lower():
                    yield Edit(part, learner.replace(column, key.copy()), "E25", Clause.WHERE)


def _lists_in_full(learner: Query) -> Iterator[Edit]:
    """The different values of a column that occur somewhere, made the table in which each value has its row."""
    for item in learner.find(exp.Subquery):
        inner = item.this
        if not isinstance(item.parent, exp.From | exp.Join) or not isinstance(inner, exp.Select):
            continue
        if len(inner.expressions) != 1 or not (inner.args.get("distinct") or inner.args.get("group")):
            continue
        name = inner.expressions[0].alias_or_name.lower()
        for table, keys in learner.schema.keys.items():
            if (name,) in keys and all(each.name.lower() != table for each in inner.find_all(exp.Table)):
                whole = exp.to_table(table, alias=item.alias_or_name)
                yield Edit(item, learner.replace(item, whole), "E27", Clause.FROM)


def _equal_rows_kept(learner: Query) -> Iterator[Edit]:
    """UNION made UNION ALL: each alone, then all."""
    found = [each for each in learner.find(exp.Union) if each.args.get("distinct")]
    for chosen in (*([each] for each in found), *([found] if len(found) > 1 else ())):
        tree, copied = learner.copy_all(*chosen)
        for union in copied:
            union.set("distinct", False)
        yield Edit(chosen[0], tree, "E44", Clause.FROM)


def _zeros_added(learner: Query) -> Iterator[Edit]:
    """ELSE 0 in every CASE that is added up and leaves its other rows blank."""
    cases = [
        total.this
        for total in learner.find(exp.Sum)
        if isinstance(total.this, exp.Case) and total.this.args.get("default") is None
    ]
    if cases:
        tree, copied = learner.copy_all(*cases)
        for case in copied:
            case.set("default", exp.Literal.number(0))
        yield Edit(cases[0], tree, "E33", Clause.SELECT)


def _ones_exchanged(learner: Query) -> Iterator[Edit]:
    """The ones and zeros that a CASE gives the other way round; where one value is asked for, it is that which is another."""
    for case in learner.find(exp.Case):
        given = [branch.args["true"] for branch in case.args["ifs"]]
        given += [each for each in (case.args.get("default"),) if each is not None and not isinstance(each, exp.Null)]
        numbers = {number_of(each) for each in given}
        asked = case.args["ifs"][0].this.unnest()
        one_value = len(case.args["ifs"]) == 1 and isinstance(asked, exp.EQ | exp.NEQ | exp.In | exp.Like)
        if numbers == {0, 1} and not one_value:
            tree, copied = learner.copy_all(*given)
            for each in copied:
                each.replace(exp.Literal.number(1 - int(number_of(each) or 0)))
            yield Edit(case, tree, "E33", Clause.SELECT)


def _left_unrounded(learner: Query) -> Iterator[Edit]:
    """A ROUND around an output taken away."""
    for each in learner.find(exp.Round):
        if _is_shown(each):
            yield Edit(each, learner.replace(each, each.this.copy()), "E48", Clause.SELECT)


def _groups_counted(learner: Query) -> Iterator[Edit]:
    """SUM of the number of rows that a step counts in each group, made a count of the groups."""
    for total in learner.find(exp.Sum):
        if adds_group_sizes(total, learner) and not isinstance(total.parent, exp.Window | exp.Filter):
            yield Edit(total, learner.replace(total, exp.Count(this=exp.Star())), "E45", Clause.SELECT)


def _repeats_counted_once(learner: Query) -> Iterator[Edit]:
    """COUNT(*) of the rows of which the same table holds others alike, made a count of what they are alike in."""
    for block in learner.selects():
        counts = [each for each in block.expressions if isinstance(each.unalias(), exp.Count)]
        where, from_ = block.args.get("where"), block.args.get("from_")
        if where is None or from_ is None or block.args.get("joins") or len(counts) != 1 or len(block.expressions) != 1:
            continue
        count, table = counts[0].unalias(), from_.this
        for inner in where.find_all(exp.Select) if isinstance(count.this, exp.Star) else ():
            keys = _alike_in(inner, table)
            if keys:
                what = keys[0] if len(keys) == 1 else exp.Tuple(expressions=keys)
                once = exp.Count(this=exp.Distinct(expressions=[what]))
                yield Edit(count, learner.replace(count, once), "E24", Clause.SELECT)


def _asked_too_much_of_counts(learner: Query) -> Iterator[Edit]:
    """One of the conditions taken away that an aggregate asks at once, in its CASE or FILTER."""
    for aggregate in learner.find(exp.AggFunc):
        choice = choice_of(aggregate)
        filtered = aggregate.parent.expression if isinstance(aggregate.parent, exp.Filter) else None
        asked: exp.Expr = choice[0] if choice is not None else filtered.this if filtered is not None else exp.true()
        parts = conjuncts(asked)
        for part in parts if len(parts) > 1 else ():
            left = exp.and_(*(each.copy() for each in parts if each is not part))
            yield Edit(part, learner.replace(asked, left), "E20", Clause.SELECT)


def _subtracted_the_other_way(learner: Query) -> Iterator[Edit]:
    """The sides of a difference exchanged, where it is an output, whole or rounded."""
    for less in learner.find(exp.Sub):
        whole = less.parent
        while isinstance(whole, exp.Paren | exp.Round | exp.Cast):
            whole = whole.parent
        if isinstance(whole, exp.Alias | exp.Select) and all(side.find(exp.Column) for side in (less.left, less.right)):
            turned = exp.Sub(this=_in_brackets(less.right), expression=_in_brackets(less.left))
            yield Edit(less, learner.replace(less, turned), "E32", Clause.SELECT)


def _days_by_another_clock(learner: Query, clock: Clock) -> Iterator[Edit]:
    """Days that begin at another hour, in all places at once: what is cut to days, and bounds as moments are stored."""
    known = {each.name for each in learner.find(exp.Interval)}
    both = (clock.ahead, clock.ahead - clock.day_begins)
    for own, other in (both, both[::-1]) if clock.day_begins else ():
        if not known.isdisjoint((str(other), str(clock.day_begins))):
            continue  # both clocks are known, so that one of them is not taken for the other everywhere
        bound, moved = (f"{-hours % 24:02}:00" for hours in (own, other))
        added = [each for each in learner.find(exp.Interval) if each.name == str(own) and _is_cut_to_days(each)]
        texts = [each for each in learner.find(exp.Literal) if each.is_string and _is_at(each.name, bound)]
        if added:
            tree, copied = learner.copy_all(*added, *texts)
            for each in copied[: len(added)]:
                each.set("this", exp.Literal.string(str(other)))
            for each in copied[len(added) :]:
                each.set("this", each.name.replace(f" {bound}", f" {moved}"))
            yield Edit(added[0], tree, "E35", Clause.WHERE)


def _is_at(text: str, time: str) -> bool:
    """Whether a text is a moment of a day at this time."""
    return re.search(rf" {time}(:00)?$", text) is not None


def _is_cut_to_days(hours: exp.Interval) -> bool:
    """Whether hours are added to a moment, and no others taken off, before its day is taken, from which nothing is counted."""
    if isinstance(hours.find_ancestor(exp.DateDiff, exp.Select), exp.DateDiff):
        return False
    cut = hours.find_ancestor(exp.Cast, exp.TimestampTrunc, exp.DateTrunc, exp.Select)
    days = isinstance(cut, exp.TimestampTrunc | exp.DateTrunc) or (isinstance(cut, exp.Cast) and cut.is_type("date"))
    alone = isinstance(hours.parent, exp.Add) and not isinstance(hours.parent.parent, exp.Sub)
    return days and alone and str(hours.unit).upper().startswith("HOUR")


def _looked_into_for_joined(learner: Query) -> Iterator[Edit]:
    """A LEFT JOIN of which only is asked whether there is a match, made EXISTS, in a step that groups nothing."""
    for block in learner.selects():
        for join in left_joins(block) if block.parent is not None and not block.args.get("group") else ():
            tests = _tests_of(join, block)
            if not tests or join.args.get("on") is None:
                continue
            tree, (copied, *copies) = learner.copy_all(join, *tests)
            inner = exp.select("1").from_(copied.this.copy()).where(copied.args["on"].copy())
            for test in copies:
                test.replace(exp.Not(this=exp.Exists(this=inner.copy())))
            copied.pop()
            yield Edit(join, tree, "E31", Clause.FROM)


def _tests_of(join: exp.Join, block: exp.Select) -> list[exp.Is]:
    """Where a joined table is asked whether it has a match, if nothing else of it is used."""
    name = join.this.alias_or_name.lower()
    used = [each for each in block.find_all(exp.Column) if each.table.lower() == name]
    asked = [each.parent for each in used if each.find_ancestor(exp.Join) is not join]
    tests = [each for each in asked if isinstance(each, exp.Is)]
    return tests if len(tests) == len(asked) else []


def _asked_too_late(learner: Query) -> Iterator[Edit]:
    """A WHEN put before others that take its rows."""
    for case in learner.find(exp.Case):
        branches = case.args["ifs"] if len(case.args["ifs"]) <= _MOST_BRANCHES else []
        for before, after in itertools.combinations(range(len(branches)), 2):
            moved = [*branches[:before], branches[after], *branches[before:after], *branches[after + 1 :]]
            tree, copied = learner.copy(case)
            copied.set("ifs", [each.copy() for each in moved])
            yield Edit(branches[after], tree, "E33", Clause.SELECT)


def _windows_sorted_otherwise(learner: Query) -> Iterator[Edit]:
    """The one key of a window made another output of its block that names no total: the month instead of the number."""
    for window in learner.find(exp.Window):
        block, order = window.find_ancestor(exp.Select), window.args.get("order")
        keys = order.expressions if isinstance(order, exp.Order) else []
        if block is None or len(keys) != 1 or not isinstance(keys[0].unnest(), exp.Ordered):
            continue
        outputs = [item.unalias() for item in block.expressions if item.find(exp.Window, exp.AggFunc) is None]
        for output in outputs if keys[0].this.find(exp.AggFunc) is not None else ():
            yield Edit(keys[0], learner.replace(keys[0].this, output.copy()), "E37", Clause.WINDOW)


def _ties_numbered(learner: Query) -> Iterator[Edit]:
    """RANK made ROW_NUMBER, its ties settled by the columns that the block shows and the window does not name."""
    for window in learner.find(exp.Window):
        block, order = window.find_ancestor(exp.Select), window.args.get("order")
        if not isinstance(window.this, exp.Rank | exp.DenseRank) or block is None or not isinstance(order, exp.Order):
            continue
        known = names_in(window)
        shown = (item for item in block.expressions if isinstance(item, exp.Column) and item.name.lower() not in known)
        keys = [exp.Ordered(this=each.copy()) for each in shown]
        if keys:
            tree, numbered = learner.copy(window)
            numbered.set("this", exp.RowNumber())
            numbered.args["order"].set("expressions", [*numbered.args["order"].expressions, *keys])
            yield Edit(window, tree, "E38", Clause.WINDOW)


def _in_brackets(side: exp.Expr) -> exp.Expr:
    return exp.Paren(this=side.copy()) if isinstance(side, exp.Add | exp.Sub) else side.copy()


def _alike_in(inner: exp.Select, table: exp.Expr) -> list[exp.Expr]:
    """The columns in which a query inside asks for rows of the same table that are like the row outside."""
    from_, where = inner.args.get("from_"), inner.args.get("where")
    if from_ is None or where is None or not isinstance(table, exp.Table) or not isinstance(from_.this, exp.Table):
        return []
    if from_.this.name.lower() != table.name.lower():
        return []
    keys: list[exp.Expr] = []
    for tie in (each.unnest() for each in conjuncts(where.this)):
        sides = (
            [side for side in (tie.left, tie.right) if isinstance(side, exp.Column)] if isinstance(tie, exp.EQ) else []
        )
        if len(sides) == 2 and sides[0].name.lower() == sides[1].name.lower():
            keys += [side.copy() for side in sides if side.table.lower() == table.alias_or_name.lower()][:1]
    return keys


def _of_those_before(learner: Query) -> Iterator[Edit]:
    """The condition of the count before asked of a count as well."""
    for block in learner.selects():
        for (_, before), (_, asked) in itertools.pairwise(counts_of_some(block)):
            both = exp.and_(before.copy(), asked.copy())
            yield Edit(asked, learner.replace(asked, both), "E20", Clause.SELECT)


def _rounded_last(learner: Query) -> Iterator[Edit]:
    """Every ROUND in an output of a step taken away, so that what comes after goes on with the number as it is."""
    found = [each for each in learner.find(exp.Round) if each.find_ancestor(exp.CTE, exp.Subquery) and _is_shown(each)]
    if found:
        tree, copied = learner.copy_all(*found)
        for each in copied:
            each.replace(each.this)
        yield Edit(found[0], tree, "E48", Clause.SELECT)


def _is_shown(node: exp.Expr) -> bool:
    """Whether something is an output column of its block, by a name or by itself."""
    whole = node.parent if isinstance(node.parent, exp.Alias) else node
    return isinstance(whole.parent, exp.Select) and whole.arg_key == "expressions"


def _bounds_of_cases(learner: Query) -> Iterator[Edit]:
    """The bound of a WHEN taken in or left out, whatever the right answer computes instead of a CASE."""
    for compared in learner.find(*BOUND_MOVED):
        branch = compared.find_ancestor(exp.If, exp.Select)
        if compared.find(exp.DateDiff) is not None:
            continue  # it counts boundaries: what has the same count as the bound lies on either side of it
        if isinstance(branch, exp.If) and any(node is compared for node in branch.this.walk()):
            moved = BOUND_MOVED[type(compared)](this=compared.this.copy(), expression=compared.expression.copy())
            yield Edit(compared, learner.replace(compared, moved), "E22", Clause.SELECT)
