"""The same query with the queries in brackets that its outermost FROM reads as WITH steps, as another answer may have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.trees import tables_in
from sqlgrade.query.query import Query, from_items

if TYPE_CHECKING:
    from collections.abc import Iterator


def lifted(query: Query) -> Query | None:
    """The query with what stands in brackets in FROM as steps of the same name; None where there is nothing of the kind.

    Args:
        query: It is read anew, so it is left as it is. The places of its text stay with the nodes that are left.
    """
    found = query.again()
    block = found.tree
    taken = {table.name.lower() for table in found.find(exp.Table)} | {
        step.alias.lower() for step in found.find(exp.CTE)
    }
    items = [each for each in _in_brackets(block) if each.alias.lower() not in taken]
    if not isinstance(block, exp.Select) or not items:
        return None
    with_ = block.args.get("with_") or exp.With(expressions=[])
    for item in items:
        step = exp.CTE(this=item.this, alias=exp.TableAlias(this=item.args["alias"].this.copy()))
        with_.append("expressions", step)
        item.replace(exp.to_table(item.alias))
    rest = {name: value for name, value in block.args.items() if name != "with_"}
    block.set("with_", None)
    block.args = {"with_": with_, **rest}
    with_.parent, with_.arg_key = block, "with_"
    return Query(block.sql("duckdb"), query.schema, block)


def _in_brackets(block: exp.Expr) -> Iterator[exp.Subquery]:
    """The queries in a block's FROM that read nothing of what stands beside them."""
    for item in from_items(block) if isinstance(block, exp.Select) else ():
        if not isinstance(item, exp.Subquery) or not item.alias or item.alias_column_names:
            continue
        known = {each.alias_or_name.lower() for each in item.find_all(exp.Table, exp.Subquery)}
        if isinstance(item.this, exp.Query) and tables_in(item.this) <= {"", *known}:
            yield item
