"""Conditions of the solution's put into the learner's query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.query_pair import condition_parts
from sqlgrade.diagnose.reading.trees import joins_of, names_in
from sqlgrade.diagnose.repairs.from_answer.codes import code_of_condition
from sqlgrade.mutate.mutant import Edit
from sqlgrade.query.clause import Clause, clause_of
from sqlgrade.query.surgery import BOUND_MOVED, add_condition, drop_condition, has_aggregate, has_window

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlgrade.diagnose.reading.lineage import Lineage
    from sqlgrade.diagnose.reading.query_pair import QueryPair


_LOWER, _UPPER = (exp.GT, exp.GTE), (exp.LT, exp.LTE)


def drop_extra_condition(pair: QueryPair) -> Iterator[Edit]:
    """Take away a condition of the learner's that the solution does not have; the only one of a join stays."""
    for own in pair.own_conditions():
        if not isinstance(own.parent, exp.Join):
            tree, counterpart = pair.learner.copy(own)
            drop_condition(counterpart)
            yield Edit(own, tree, "E20", clause_of(own))


def replace_condition(pair: QueryPair) -> Iterator[Edit]:
    """Exchange a condition of the learner's for one of the solution's, or for all of its on the same columns."""
    theirs = pair.missing_conditions()
    for own in pair.own_conditions():
        block = own.find_ancestor(exp.Select)
        for part in (*theirs, *_said_elsewhere(pair, own, theirs)):
            for reading in _same_ends(pair, own, pair.readings(part, block)):
                if has_aggregate(reading) == has_aggregate(own) and has_window(reading) == has_window(own):
                    changed = pair.learner.replace(own, _bracketed(reading))
                    yield Edit(own, changed, code_of_condition(own, part), clause_of(own))
        yield from _replace_by_several(pair, own, theirs)


def _same_ends(pair: QueryPair, own: exp.Expr, readings: Iterable[exp.Expr]) -> Iterator[exp.Expr]:
    """The readings of a condition, of a BETWEEN the same end as that which the learner's is, where its other end is a condition too.

    All of it in the place of one end would do the work of the other one, which may be the wrong one.
    """
    lower = isinstance(own, _LOWER)
    other = _UPPER if lower else _LOWER
    beside = [
        each
        for each in pair.own_conditions()
        if isinstance(each, other) and each.parent_select is own.parent_select and names_in(each) == names_in(own)
    ]
    for reading in readings:
        if beside and isinstance(own, (*_LOWER, *_UPPER)) and isinstance(reading, exp.Between):
            end = exp.GTE if lower else exp.LTE
            yield end(this=reading.this.copy(), expression=reading.args["low" if lower else "high"].copy())
        else:
            yield reading


def touch_bounds(pair: QueryPair) -> Iterator[Edit]:
    """Let a bound belong, or not belong: `<=` for `<`."""
    for own in pair.own(*BOUND_MOVED):
        changed = BOUND_MOVED[type(own)](this=own.left.copy(), expression=own.right.copy())
        yield Edit(own, pair.learner.replace(own, changed), "E22", clause_of(own))


def _said_elsewhere(pair: QueryPair, own: exp.Expr, missing: list[exp.Expr]) -> list[exp.Expr]:
    """List the solution's conditions on the same columns that the learner has, but in another block."""
    origins = _origins(pair.learner_lineage, own)
    known = {id(part) for part in missing}
    parts = [part for part in condition_parts(pair.solution) if id(part) not in known]
    return [part for part in parts if origins and _origins(pair.solution_lineage, part) == origins]


def _origins(lineage: Lineage, part: exp.Expr) -> set[str]:
    return {lineage.of(column) for column in part.find_all(exp.Column)}


def _replace_by_several(pair: QueryPair, own: exp.Expr, theirs: list[exp.Expr]) -> Iterator[Edit]:
    """Exchange one condition for the two ends of a range."""
    block = own.find_ancestor(exp.Select)
    columns = _origins(pair.learner_lineage, own)
    about = [part for part in theirs if _origins(pair.solution_lineage, part) <= columns]
    readings = [next(iter(pair.readings(part, block)), None) for part in about]
    if len(about) > 1 and all(reading is not None for reading in readings):
        joined = exp.and_(*(reading for reading in readings if reading is not None))
        code = "E36" if own.find(exp.Between) else "E21" if isinstance(own.unnest(), exp.Or) else "E22"
        yield Edit(own, pair.learner.replace(own, exp.Paren(this=joined)), code, clause_of(own))


def replace_literal(pair: QueryPair) -> Iterator[Edit]:
    """Exchange a constant for one of the solution's."""
    ours = {(node.name, node.is_string) for node in pair.learner.find(exp.Literal)}
    theirs = dict.fromkeys((n.name, n.is_string) for n in pair.solution.find(exp.Literal))
    missing = [value for value in theirs if value not in ours]
    for own in pair.learner.find(exp.Literal):
        if (own.name, own.is_string) in theirs:
            continue
        for text, is_string in missing:
            if is_string == own.is_string:
                changed = exp.Literal(this=text, is_string=is_string)
                yield Edit(own, pair.learner.replace(own, changed), "E22", clause_of(own))


def add_missing_condition(pair: QueryPair) -> Iterator[Edit]:
    """Add a condition that the learner does not have."""
    windowed = any(pair.learner.find(exp.Window))
    for part in pair.missing_conditions():
        if part.find(exp.Window) and not windowed:
            continue  # it would do the work of the whole answer, not mend it
        for block in pair.blocks():
            for reading in pair.readings(part, block):
                clause = "having" if has_aggregate(reading) else "qualify" if has_window(reading) else "where"
                tree, counterpart = pair.learner.copy(block)
                add_condition(counterpart, clause, _bracketed(reading))
                holder = block.args.get(clause) or block
                yield Edit(holder, tree, "E20", _stage(clause, part))


def exchange_condition(pair: QueryPair) -> Iterator[Edit]:
    """Take a condition away and add the solution's on a column of the same name, wherever that belongs."""
    for own in pair.own_conditions():
        names = names_in(own)
        for part in pair.missing_conditions():
            if names_in(part) != names or has_aggregate(part):
                continue
            for block in pair.blocks():
                for reading in pair.readings(part, block):
                    tree, copied, place = pair.learner.copy_with(block, own)
                    drop_condition(place)
                    add_condition(copied, "where", _bracketed(reading))
                    yield Edit(own, tree, "E25", clause_of(own))


def add_to_join(pair: QueryPair) -> Iterator[Edit]:
    """Add a condition to an outer join."""
    for part in pair.missing_conditions():
        for block in pair.blocks():
            outer = [j for j in joins_of(block) if j.side and j.args.get("on") is not None]
            for join in outer:
                for reading in pair.readings(part, block):
                    if any(c.table.lower() == join.this.alias_or_name.lower() for c in reading.find_all(exp.Column)):
                        tree, counterpart = pair.learner.copy(join)
                        on = exp.and_(counterpart.args["on"].copy(), _bracketed(reading))
                        counterpart.set("on", on)
                        yield Edit(join, tree, "E20", Clause.FROM)


def tie_cross_joins(pair: QueryPair) -> Iterator[Edit]:
    """Tie what a CROSS JOIN brings to the other tables by a column that both call the same."""
    for block in pair.blocks():
        sources = list(pair.learner.sources(block).values())
        crossed = [join.this for join in joins_of(block) if join.kind == "CROSS"]
        for source in (each for each in sources if each.node in crossed):
            for other in (each for each in sources if each is not source):
                for name in source.families.keys() & other.families.keys():
                    equal = exp.EQ(
                        this=exp.column(name, table=other.alias), expression=exp.column(name, table=source.alias)
                    )
                    tree, counterpart = pair.learner.copy(block)
                    add_condition(counterpart, "where", equal)
                    yield Edit(block, tree, "E20", Clause.FROM)


def link_sources(pair: QueryPair) -> Iterator[Edit]:
    """Tie two tables together, or a sub-query to the block around it, along a key."""
    for block in pair.blocks():
        inner = list(pair.learner.sources(block).values())
        above = block.find_ancestor(exp.Select)
        outer = list(pair.learner.sources(above).values()) if above is not None else []
        pairs = [(a, b) for n, a in enumerate(inner) for b in (*inner[n + 1 :], *outer) if a.alias != b.alias]
        for first, second in pairs:
            for left, right in pair.links(first, second):
                equal = exp.EQ(
                    this=exp.column(left, table=first.alias), expression=exp.column(right, table=second.alias)
                )
                tree, counterpart = pair.learner.copy(block)
                add_condition(counterpart, "where", equal)
                clause = Clause.FROM if second in inner else Clause.WHERE
                yield Edit(block.args.get("where") or block, tree, "E20", clause)


def _bracketed(reading: exp.Expr) -> exp.Expr:
    return exp.Paren(this=reading) if isinstance(reading, exp.Connector) else reading


def _stage(clause: str, part: exp.Expr) -> Clause:
    joins = isinstance(part, exp.EQ) and isinstance(part.left, exp.Column) and isinstance(part.right, exp.Column)
    if clause == "where" and joins:
        return Clause.FROM
    return {"where": Clause.WHERE, "having": Clause.HAVING, "qualify": Clause.WINDOW}[clause]
