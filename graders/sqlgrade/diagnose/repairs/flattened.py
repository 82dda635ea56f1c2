"""The same query in fewer blocks: a step that only picks, filters or names is written into the block that reads it.

What an answer keeps in one block a right query may keep in two, and the other way round. Written flat, both can be held
against each other block by block.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.blocks import grouping_keys
from sqlgrade.diagnose.repairs.rewritten import qualified
from sqlgrade.query.query import Query, from_items
from sqlgrade.query.span import BROUGHT, MADE_AT
from sqlgrade.query.surgery import NEEDS_BRACKETS, add_condition, conjuncts, has_window, is_grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlgrade.query.query import Source

_MOST_MERGES = 12
_KEEPS_APART = ("distinct", "limit", "offset", "with_", "windows", "laterals", "sample", "operation_modifiers")
"""What a block can't be written into another with."""
_TEARS = (exp.Binary, exp.Unary, exp.Between, exp.In, exp.Is)
"""What might tear apart what is written into it."""


@dataclass(frozen=True)
class _Mergeable:
    """A block, the item of its FROM that can be written into it, and what that one gives by name."""

    outer: exp.Select
    source: Source
    inner: exp.Select
    outputs: Mapping[str, exp.Expr]
    read: tuple[exp.Column, ...]
    """The columns that read it, wherever they stand."""


def flattened(query: Query) -> Query | None:
    """The query with all steps that can be merged merged; None where there is none.

    Args:
        query: It is read anew, so it is left as it is. The places of its text stay with the nodes that are left.
    """
    flat = qualified(_without_stars(_all_named(query.again())))
    for merged in range(_MOST_MERGES):
        found = next((merge for block in flat.selects() for merge in _merges(flat, block)), None)
        if found is None:
            return flat if merged else None
        _take(found)
        flat = Query(flat.tree.sql("duckdb"), query.schema, flat.tree)
    return flat


def _all_named(query: Query) -> Query:
    """Give a name to each query in brackets that a FROM reads without one."""
    for place, item in enumerate(query.find(exp.Subquery)):
        if isinstance(item.parent, exp.From | exp.Join) and not item.alias:
            item.set("alias", exp.TableAlias(this=exp.to_identifier(f"step_{place}")))
    return query


def _without_stars(query: Query) -> Query:
    """Write out each `SELECT *` that stands for known columns, each of another name; not one that shows a whole table."""
    written: list[exp.Select] = []
    for block in reversed(list(query.selects())):
        sources = query.sources(block).values()
        named = [(source.alias, name) for source in sources for name in source.families]
        unique = len({name for _, name in named}) == len(named) and all(source.families for source in sources)
        inner = block.parent is not None or not any(
            source.table or query.block_of(source) in written for source in sources
        )
        if unique and inner and block.expressions == [exp.Star()]:
            block.set("expressions", [exp.column(name, alias) for alias, name in named])
            written.append(block)
    return Query(query.sql, query.schema, query.tree)


def _merges(query: Query, outer: exp.Select) -> Iterator[_Mergeable]:
    """What can be written into a block: at most one thing is done at a time."""
    for source in query.sources(outer).values():
        merge = _merge(query, outer, source)
        if merge is not None and (_is_inlined(merge) or _is_folded(merge)):
            yield merge


def _merge(query: Query, outer: exp.Select, source: Source) -> _Mergeable | None:
    holder = _holder(query, source)
    inner = holder.this if holder is not None and not holder.alias_column_names else None
    if not isinstance(inner, exp.Select) or any(inner.args.get(name) for name in _KEEPS_APART):
        return None
    if any(item.is_star for item in (*inner.expressions, *outer.expressions)):
        return None
    columns = [column for column in query.find(exp.Column) if query.source_of(column) is source]
    outputs = {item.alias_or_name.lower(): item.unalias() for item in inner.expressions}
    known = all(column.name.lower() in outputs for column in columns)
    return _Mergeable(outer, source, inner, outputs, tuple(columns)) if known else None


def _holder(query: Query, source: Source) -> exp.CTE | exp.Subquery | None:
    """The step or the query in brackets that a FROM item is; None for what the task gives or others read as well."""
    if isinstance(source.node, exp.Subquery):
        return source.node
    block = query.block_of(source)
    step = block.parent if block is not None else None
    if not isinstance(step, exp.CTE) or query.is_given(step):
        return None
    readers = [table for table in query.find(exp.Table) if table.name.lower() == step.alias.lower()]
    return step if len(readers) == 1 else None


def _is_inlined(merge: _Mergeable) -> bool:
    """Whether the inner block only picks and filters rows, so that the outer one can read what it reads."""
    inner, join = merge.inner, merge.source.node.parent
    counts = is_grouped(inner) or any(map(has_window, inner.expressions))
    if counts or inner.args.get("having") or inner.args.get("qualify"):
        return False
    if inner.args.get("from_") is None:
        return _is_row_of_constants(merge)
    others = {item.alias_or_name.lower() for item in from_items(merge.outer)} - {merge.source.alias}
    if others & {item.alias_or_name.lower() for item in from_items(inner)}:
        return False
    if isinstance(join, exp.Join):
        return join.side in ("", "LEFT") and not inner.args.get("joins") and bool(join.args.get("on"))
    return all(each.side not in ("RIGHT", "FULL") for each in merge.outer.args.get("joins") or ())


def _is_row_of_constants(merge: _Mergeable) -> bool:
    join = merge.source.node.parent
    beside = isinstance(join, exp.Join) and not join.side and not join.args.get("on")
    return beside and not merge.inner.args.get("where")


def _is_folded(merge: _Mergeable) -> bool:
    """Whether the outer block only picks, filters and sorts what the inner one groups or numbers."""
    outer = merge.outer
    apart = any(outer.args.get(name) for name in ("joins", "distinct", "having", "qualify", "windows", "laterals"))
    if apart or is_grouped(outer) or any(map(has_window, outer.expressions)):
        return False
    return all(column.find_ancestor(exp.Select) is outer for column in merge.read)


def _take(merge: _Mergeable) -> None:
    if _is_inlined(merge):
        _read(merge)
        _inline(merge)
    else:
        _fold(merge)


def _read(merge: _Mergeable) -> None:
    """Write what the inner block gives wherever the outer one reads it."""
    shown = {item.alias_or_name.lower() for item in merge.outer.expressions if item.unalias() in merge.read}
    taken = {column.name.lower() for column in merge.inner.find_all(exp.Column)}
    for column in merge.read:
        name = column.name.lower()
        output = merge.outputs[name]
        if isinstance(column.parent, exp.Ordered) and name in shown - taken and not isinstance(output, exp.Column):
            column.set(
                "table", None
            )  # it goes on being called by its heading, which stays the same when its value changes
        else:
            _put(column, output)


def _put(column: exp.Column, output: exp.Expr) -> None:
    value = output.copy()
    places = [node for node in value.walk() if "start" in node.meta]
    whole = isinstance(column.parent, exp.Select | exp.Alias)
    # what is said of a condition is shown where the condition stands, of an output or a part of it where it is made
    if not whole or not places:
        _bring(value, column, places)
    if whole and column.arg_key == "expressions":  # it keeps its heading
        value = exp.alias_(value, column.name, quoted=bool(column.this.quoted))
    elif isinstance(column.parent, _TEARS) and isinstance(value, NEEDS_BRACKETS):
        value = exp.Paren(this=value)
    column.replace(value)


def _bring(value: exp.Expr, column: exp.Column, places: list[exp.Expr]) -> None:
    """Note of a step's value that it is read where its name stands, and where it was made."""
    for node in value.walk():
        node.meta[BROUGHT] = True
    of = column.args.get("table")
    read_at = {**column.this.meta, **({"start": of.meta["start"]} if of is not None and "start" in of.meta else {})}
    for node in places or ([value.this] if isinstance(value, exp.Column) else []):
        brought = MADE_AT in read_at  # the step that made it is merged already: its name stands where that was made
        made_at = {MADE_AT: (node.meta["start"], node.meta["end"])} if "start" in node.meta and not brought else {}
        node.meta.update({**read_at, **made_at})


def _inline(merge: _Mergeable) -> None:
    outer, inner, node = merge.outer, merge.inner, merge.source.node
    join = node.parent
    _drop_step(merge)
    where = conjuncts(inner.args["where"].this) if inner.args.get("where") else []
    if not isinstance(join, exp.Join):
        outer.args["from_"].set("this", inner.args["from_"].this)
        outer.set("joins", [*(inner.args.get("joins") or ()), *(outer.args.get("joins") or ())])
    elif inner.args.get("from_") is None:
        outer.set("joins", [each for each in outer.args["joins"] if each is not join])
        return
    else:
        join.set("this", inner.args["from_"].this)
        if join.side:
            join.set("on", exp.and_(join.args["on"], *where, copy=False) if where else join.args["on"])
            return
    for condition in where:
        add_condition(outer, "where", condition)


def _fold(merge: _Mergeable) -> None:
    """Give the outer block the inner one's FROM, WHERE and groups; its own conditions come after these."""
    outer, inner = merge.outer, merge.inner
    keys = [key.copy() for key in grouping_keys(inner)]
    clause = "qualify" if inner.args.get("qualify") or any(map(has_window, inner.expressions)) else "having"
    _unname(inner, merge.outputs)
    _read(merge)
    _drop_step(merge)
    own = outer.args.get("where")
    for name in ("from_", "joins", "where", "having", "qualify"):
        outer.set(name, inner.args.get(name))
    outer.set("group", exp.Group(expressions=keys) if keys else None)
    for condition in conjuncts(own.this) if own is not None else ():
        add_condition(outer, clause, condition)


def _unname(inner: exp.Select, outputs: Mapping[str, exp.Expr]) -> None:
    """Write outputs that conditions call by their names in full: these names go with the block."""
    for name in ("having", "qualify"):
        holder = inner.args.get(name)
        for column in list(holder.find_all(exp.Column)) if holder is not None else ():
            if not column.table and column.name.lower() in outputs:
                _put(column, outputs[column.name.lower()])


def _drop_step(merge: _Mergeable) -> None:
    """Take away the step that nothing reads any more."""
    step = merge.inner.parent
    if isinstance(step, exp.CTE) and isinstance(step.parent, exp.With):
        with_ = step.parent
        with_.set("expressions", [each for each in with_.expressions if each is not step])
        if not with_.expressions:
            with_.pop()
