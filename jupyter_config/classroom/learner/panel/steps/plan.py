"""Cuts a query into steps, each with SQL of its own that shows the rows at that point."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlglot import exp

from sqlgrade.parse import parsed

ROW_MARK = "penguin_row_"  # numbers the rows of the first table, so that one row can be followed through the steps
ROWS_PER_GROUP = "rows"


class StepKind(StrEnum):
    """The clause a step ends with."""

    FROM = "from"
    JOIN = "join"
    WHERE = "where"
    GROUP = "group"
    HAVING = "having"
    SELECT = "select"
    QUALIFY = "qualify"
    ORDER = "order"
    WHOLE = "whole"


@dataclass(frozen=True)
class Step:
    """One step of one query block.

    Attributes:
        block: the CTE's or derived table's name; empty for the query itself.
        kind: the clause that was applied last.
        clause: that clause, as SQL text.
        rows_sql: SELECT of the rows at this point, without a limit.
        spread_sql: SELECT of one number: in how many rows the most repeated row of the first table now stands (joins, and WHERE with
            tables after a comma).
    """

    block: str
    kind: StepKind
    clause: str
    rows_sql: str
    spread_sql: str | None = None


def plan_steps(sql: str) -> tuple[Step, ...]:
    """Cut `sql` into its steps, CTEs first; a query that can't be cut is a single step."""
    tree = parsed(sql)
    whole = (Step("", StepKind.WHOLE, sql.strip(), sql),)
    if not isinstance(tree, exp.Query):
        return whole
    try:
        return tuple(_query_steps(tree, "", ()))
    except RecursionError:
        return whole


def _query_steps(tree: exp.Query, block: str, known: tuple[exp.CTE, ...]) -> Iterator[Step]:
    """Steps of a query, with the CTEs that stand before it in force."""
    clause = tree.args.get("with_")
    for cte in clause.expressions if clause is not None and not clause.args.get("recursive") else ():
        yield from _query_steps(cte.this, cte.alias, known)
        known = (*known, cte)
    if isinstance(tree, exp.Select) and (clause is None or not clause.args.get("recursive")):
        yield from _select_steps(tree, block, known)
    else:
        yield Step(block, StepKind.WHOLE, "", _with(tree.copy(), known) if clause is None else tree.sql("duckdb"))


def _select_steps(select: exp.Select, block: str, known: tuple[exp.CTE, ...]) -> Iterator[Step]:
    source = select.args.get("from_")
    if source is None:
        yield Step(block, StepKind.SELECT, _sql(select), _with(_bare(select), known))
        return
    for derived in (source.this, *(join.this for join in select.args.get("joins") or [])):
        if isinstance(derived, exp.Subquery) and isinstance(derived.this, exp.Query):
            yield from _query_steps(derived.this, derived.alias, known)
    yield from _row_steps(select, block, known)
    if select.args.get("group") or any(_is_aggregate(projection) for projection in select.expressions):
        yield from _group_steps(select, block, known)
    yield from _output_steps(select, block, known)


def _row_steps(select: exp.Select, block: str, known: tuple[exp.CTE, ...]) -> Iterator[Step]:
    """FROM, each JOIN, WHERE: single rows, in the order of the first table's rows."""
    rows = exp.Select().select("*").from_(_marked(select.args["from_"].this))
    yield Step(block, StepKind.FROM, f"FROM {_sql(select.args['from_'].this)}", _row_sql(rows, known))
    joins, where = select.args.get("joins") or [], select.args.get("where")
    tied = next((at for at, join in enumerate(joins) if where is not None and _is_listed(join)), len(joins))
    for join in joins[:tied]:
        rows = rows.copy()
        rows.append("joins", join.copy())
        yield Step(block, StepKind.JOIN, _sql(join), _row_sql(rows, known), _spread(rows, known))
    if where is not None:
        rows = rows.copy()
        for join in joins[tied:]:
            rows.append("joins", join.copy())
        rows.set("where", where.copy())
        listed = "".join(text if text.startswith(",") else f" {text}" for text in map(_sql, joins[tied:]))
        clause = f"{listed} {_sql(where)}".strip()
        spread = _spread(rows, known) if joins[tied:] else None
        yield Step(block, StepKind.WHERE, clause, _row_sql(rows, known), spread)


def _is_listed(join: exp.Join) -> bool:
    """Whether a table stands after a comma: what ties it to the others is in WHERE, and without that each row meets each row."""
    tie = any(join.args.get(name) for name in ("on", "using", "kind", "side", "method"))
    return not tie and isinstance(join.this, exp.Table | exp.Subquery)


def _spread(rows: exp.Select, known: tuple[exp.CTE, ...]) -> str:
    return f"SELECT MAX(n) FROM ({_with(_counted(rows), known)})"


def _group_steps(select: exp.Select, block: str, known: tuple[exp.CTE, ...]) -> Iterator[Step]:
    """GROUP BY and HAVING: one row a group, with the number of rows it was made of."""
    group = select.args.get("group")
    grouped = _bare(select)
    _write_out_positions(grouped)
    grouped.set("having", None)
    grouped.set("qualify", None)
    keys = [projection.copy() for projection in select.expressions if not _is_aggregate(projection)] if group else []
    grouped.set("expressions", [*keys, exp.alias_(exp.Count(this=exp.Star()), ROWS_PER_GROUP)])
    if group is not None and not keys:
        grouped.set("expressions", [*(key.copy() for key in group.expressions), *grouped.expressions])
    yield Step(block, StepKind.GROUP, _sql(group) if group else "", _with(grouped, known))
    if select.args.get("having"):
        kept = _bare(select)
        kept.set("qualify", None)
        yield Step(block, StepKind.HAVING, _sql(select.args["having"]), _with(kept, known))


def _output_steps(select: exp.Select, block: str, known: tuple[exp.CTE, ...]) -> Iterator[Step]:
    """SELECT, QUALIFY, and the order with its limit."""
    output = _bare(select)
    output.set("qualify", None)
    names = "SELECT " + ", ".join(_sql(projection) for projection in select.expressions)
    yield Step(block, StepKind.SELECT, names, _with(output, known))
    if select.args.get("qualify"):
        yield Step(block, StepKind.QUALIFY, _sql(select.args["qualify"]), _with(_bare(select), known))
    last = [select.args[key] for key in ("order", "limit", "offset") if select.args.get(key)]
    if last:
        whole = select.copy()
        whole.set("with_", None)
        yield Step(block, StepKind.ORDER, " ".join(_sql(clause).strip() for clause in last), _with(whole, known))


def _write_out_positions(select: exp.Select) -> None:
    """`GROUP BY 2` by the expression it stands for, since the columns shown at this step are others."""
    group = select.args.get("group")
    for key in list(group.expressions) if group is not None else ():
        if isinstance(key, exp.Literal) and not key.is_string and int(key.name) <= len(select.expressions):
            key.replace(select.expressions[int(key.name) - 1].unalias().copy())


def _marked(source: exp.Expr) -> exp.Expr:
    """The first table with its rows numbered, under the same name."""
    numbered = exp.select("*", f"row_number() OVER () AS {ROW_MARK}").from_(source.copy())
    return numbered.subquery(alias=source.alias_or_name or "first_table")


def _counted(rows: exp.Select) -> exp.Select:
    counted = rows.copy()
    counted.set("expressions", [exp.alias_(exp.Count(this=exp.Star()), "n")])
    return counted.where(f"{ROW_MARK} IS NOT NULL").group_by(ROW_MARK)


def _row_sql(rows: exp.Select, known: tuple[exp.CTE, ...]) -> str:
    return _with(rows.copy().order_by(f"{ROW_MARK} NULLS LAST"), known)


def _bare(select: exp.Select) -> exp.Select:
    """The block without its CTEs, order and limit."""
    bare = select.copy()
    for key in ("with_", "order", "limit", "offset"):
        bare.set(key, None)
    return bare


def _with(query: exp.Query, known: tuple[exp.CTE, ...]) -> str:
    if known:
        query.set("with_", exp.With(expressions=[cte.copy() for cte in known]))
    return query.sql("duckdb")


def _is_aggregate(projection: exp.Expr) -> bool:
    """Whether it folds rows: an aggregate that is neither a window function nor a subquery's own."""
    return any(
        not isinstance(found.parent, exp.Window | exp.IgnoreNulls)
        and not (isinstance(found.parent, exp.Filter) and isinstance(found.parent.parent, exp.Window))
        and found.find_ancestor(exp.Select) is projection.find_ancestor(exp.Select)
        for found in projection.find_all(exp.AggFunc)
    )


def _sql(node: exp.Expr) -> str:
    return node.sql("duckdb").strip()
