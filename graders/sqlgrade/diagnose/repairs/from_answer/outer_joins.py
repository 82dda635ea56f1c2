"""Outer joins put right as a whole: conditions to the side where they belong, rows without a partner kept with their zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.trees import joins_of, left_joins, tables_in
from sqlgrade.mutate.mutant import Edit
from sqlgrade.query.clause import Clause
from sqlgrade.query.columns import NUMBER
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.diagnose.reading.query_pair import QueryPair
    from sqlgrade.query.query import Query


def conditions_into_join(pair: QueryPair) -> Iterator[Edit]:
    """Move all conditions of WHERE on a table that is joined from outside into its ON."""
    for block in pair.blocks():
        for join in joins_of(block):
            moved = _about(pair, join, _conditions(block.args.get("where")))
            if join.side == "LEFT" and join.args.get("on") is not None and moved:
                tree, copied = pair.learner.copy(block)
                _move_into(copied, join, moved)
                yield Edit(moved[0], tree, "E29", Clause.WHERE)


def conditions_out_of_join(pair: QueryPair) -> Iterator[Edit]:
    """Move the conditions of an outer join's ON that say nothing of the joined table into WHERE."""
    for block in pair.blocks():
        for join in joins_of(block):
            alias = join.this.alias_or_name.lower()
            parts = _conditions(join.args.get("on"))
            moved = [part for part in parts if alias not in _aliases(pair, part)]
            if join.side == "LEFT" and moved and len(moved) < len(parts):
                tree, copied = pair.learner.copy(block)
                kept = [part.copy() for part in parts if part not in moved]
                _join_of(copied, join).set("on", exp.and_(*kept))
                copied.where(*(part.copy() for part in moved), copy=False)
                yield Edit(moved[0], tree, "E29", Clause.FROM)


def sides_exchanged(learner: Query) -> Iterator[Edit]:
    """Keep the rows without a partner where they are dropped, and drop them where they are kept."""
    for join in learner.find(exp.Join):
        if join.side in ("", "LEFT") and join.kind in ("", "INNER") and (join.args.get("on") or join.args.get("using")):
            tree, counterpart = learner.copy(join)
            counterpart.set("side", None if join.side else "LEFT")
            counterpart.set("kind", None)
            yield Edit(join, tree, "E27", Clause.FROM)


def joins_made_outer(pair: QueryPair) -> Iterator[Edit]:
    """Keep the rows without a partner: one inner join made an outer one, then all of a block, with and without zeros."""
    for block in pair.blocks():
        inner = [j for j in block.args.get("joins") or () if not j.side and j.args.get("on") is not None]
        for joins in (*([join] for join in inner), *([inner] if len(inner) > 1 else ())):
            for zeros in (True, False):
                tree, copied = pair.learner.copy(block)
                for join in joins:
                    _move_into(copied, join, _about(pair, join, _conditions(block.args.get("where"))))
                    _join_of(copied, join).set("side", "LEFT")
                if zeros:
                    _fill(pair, block, copied, joins)
                yield Edit(joins[0], tree, "E27", Clause.FROM)


def zeros_everywhere(pair: QueryPair) -> Iterator[Edit]:
    """Put 0 for a blank into all output columns that come from tables joined from outside."""
    block = pair.learner.tree
    outer = left_joins(block)
    if isinstance(block, exp.Select) and outer:
        tree, copied = pair.learner.copy(block)
        if _fill(pair, block, copied, outer) > 1:
            yield Edit(block.expressions[-1], tree, "E33", Clause.SELECT)


def _fill(pair: QueryPair, block: exp.Select, copied: exp.Select, joins: Sequence[exp.Join]) -> int:
    """Write COALESCE around what comes from the joined tables, and COUNT(key) for COUNT(*); tells how often."""
    aliases = {join.this.alias_or_name.lower() for join in joins}
    filled = 0
    for item, place in zip(block.expressions, copied.expressions, strict=True):
        inner, target = item.unalias(), place.unalias()
        if isinstance(inner, exp.Column):
            source = pair.learner.source_of(inner)
            fits = source is not None and source.alias in aliases and pair.learner.family(inner) == NUMBER
        else:
            fits = isinstance(inner, exp.Sum) and bool(_aliases(pair, inner) & aliases)
        if fits:
            zero = exp.Coalesce(this=target.copy(), expressions=[exp.Literal.number(0)])
            named = exp.alias_(zero, item.alias_or_name, quoted=True) if item.alias_or_name else zero
            place.replace(named)
            filled += 1
    key = next((key for join in joins if (key := _key(pair, join)) is not None), None)
    if key is None:
        return filled
    for count in copied.find_all(exp.Count):
        if isinstance(count.this, exp.Star) and count.find_ancestor(exp.Select) is copied:
            count.set("this", key.copy())
            filled += 1
    return filled


def _key(pair: QueryPair, join: exp.Join) -> exp.Column | None:
    """The joined table's own column of its ON."""
    alias = join.this.alias_or_name.lower()
    found = join.args["on"].find_all(exp.Column) if join.args.get("on") is not None else ()
    return next((column for column in found if _aliases(pair, column) == {alias}), None)


def _move_into(block: exp.Select, join: exp.Join, moved: Sequence[exp.Expr]) -> None:
    if not moved:
        return
    texts = {part.sql() for part in moved}
    kept = [part.copy() for part in _conditions(block.args.get("where")) if part.sql() not in texts]
    block.set("where", exp.Where(this=exp.and_(*kept)) if kept else None)
    target = _join_of(block, join)
    target.set("on", exp.and_(target.args["on"].copy(), *(part.copy() for part in moved)))


def _join_of(block: exp.Select, join: exp.Join) -> exp.Join:
    name = join.this.alias_or_name.lower()
    joins: list[exp.Join] = block.args["joins"]
    return next(each for each in joins if each.this.alias_or_name.lower() == name)


def _about(pair: QueryPair, join: exp.Join, parts: Sequence[exp.Expr]) -> list[exp.Expr]:
    """The conditions on the joined table alone; a test for blanks asks for the rows without a partner and stays."""
    alias = {join.this.alias_or_name.lower()}
    return [part for part in parts if _aliases(pair, part) == alias and not part.find(exp.Null)]


def _aliases(pair: QueryPair, node: exp.Expr) -> set[str]:
    sources = (pair.learner.source_of(column) for column in node.find_all(exp.Column))
    return {source.alias for source in sources if source is not None}


def _conditions(holder: exp.Expr | None) -> list[exp.Expr]:
    if isinstance(holder, exp.Where):
        return conjuncts(holder.this)
    return conjuncts(holder) if holder is not None else []


def undoing(query: Query) -> Iterator[tuple[exp.Expr, exp.Join]]:
    """Yield the conditions of WHERE that no row without a match passes, with the LEFT JOIN that keeps such rows."""
    for block in query.selects():
        where = block.args.get("where")
        joins = {join.this.alias_or_name.lower(): join for join in joins_of(block) if join.side == "LEFT"}
        for part in conjuncts(where.this) if where is not None else ():
            inner = part.unnest()
            inner = inner.this.unnest() if isinstance(inner, exp.Not) else inner
            plain = isinstance(inner, exp.Column | exp.EQ | exp.LT | exp.LTE | exp.GT | exp.GTE | exp.In | exp.Between)
            sides = [column.table.lower() for column in inner.find_all(exp.Column)]
            join = next((joins[name] for name in sides if name in joins), None)
            if plain and join is not None and inner.find(exp.Coalesce, exp.Case, exp.If, exp.Select) is None:
                yield part, join


def dropping_listed(query: Query) -> tuple[exp.Expr, exp.Join, str] | None:
    """What WHERE asks of a list crossed with a table so that values of the list have no row, the join, and the query that keeps them.

    Only of a query that groups by what it lists, and reads one table beside it.
    """
    return next((found for block in query.selects() if (found := _kept_by_list(query, block)) is not None), None)


def _kept_by_list(query: Query, block: exp.Select) -> tuple[exp.Expr, exp.Join, str] | None:
    crossed = _list_and_table(block)
    if crossed is None:
        return None
    listed, read = crossed
    asked = _conditions(block.args.get("where"))
    parts = [each for each in asked if read.alias_or_name.lower() in tables_in(each)]
    tie = next((each for each in parts if listed.alias_or_name.lower() in tables_in(each)), None)
    if tie is None:
        return None
    kept = [each.copy() for each in asked if each not in parts]
    tree, changed = query.copy(block)
    changed.set("from_", exp.From(this=listed.copy()))
    changed.set("joins", [exp.Join(this=read.copy(), side="LEFT", on=exp.and_(*(each.copy() for each in parts)))])
    changed.set("where", exp.Where(this=exp.and_(*kept)) if kept else None)
    return tie, joins_of(block)[0], tree.sql("duckdb", copy=False)


def _list_and_table(block: exp.Select) -> tuple[exp.Expr, exp.Expr] | None:
    """Of two FROM items that are crossed the one that the query groups by, and the other one."""
    joins, group = joins_of(block), block.args.get("group")
    if group is None or len(joins) != 1 or joins[0].args.get("on") is not None or joins[0].args.get("using"):
        return None
    keys = {column.table.lower() for column in group.find_all(exp.Column)}
    items = sorted((block.args["from_"].this, joins[0].this), key=lambda each: each.alias_or_name.lower() not in keys)
    return (items[0], items[1]) if keys == {items[0].alias_or_name.lower()} else None
