"""Why a mutant that nothing kills is the solution in other words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp
from sqlglot.optimizer.simplify import simplify

from sqlgrade.query.query import Query
from sqlgrade.query.surgery import columns_in, conjuncts, has_window, is_grouped
from sqlgrade.record import RowOrder

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlgrade.mutate import Mutant
    from sqlgrade.query.query import Source
    from sqlgrade.record import Rules

    Rule = Callable[["Twin"], str]


_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Between, exp.Like, exp.In)


class Twin:
    """A surviving mutant beside its solution."""

    def __init__(self, mutant: Mutant, solution: Query, rules: Rules) -> None:
        self.mutant = mutant
        self.solution = solution
        self.rules = rules
        self.query = Query(mutant.sql, solution.schema)


def explain(mutant: Mutant, solution: Query, rules: Rules) -> str:
    """Give the rule that makes a mutant equivalent to its solution, or an empty text."""
    twin = Twin(mutant, solution, rules)
    return next((reason for rule in RULES if (reason := rule(twin))), "")


def order_is_free(twin: Twin) -> str:
    """A sort order that the task does not ask for, or NULLs whose place is free."""
    if not twin.mutant.operator.startswith("ord_") and twin.mutant.operator != "clause_drop":
        return ""
    unordered = twin.rules.row_order is RowOrder.IGNORED and not twin.solution.tree.find(exp.Limit)
    if unordered and twin.mutant.clause == "ORDER BY":
        return "the order of rows is not judged"
    if twin.mutant.operator == "ord_nulls" and twin.rules.nulls == "free":
        return "the place of NULLs is free"
    return ""


def order_by_whole_rows(twin: Twin) -> str:
    """A sort key after one that is already different in every row."""
    if not twin.mutant.operator.startswith("ord_"):
        return ""
    tree = twin.solution.tree
    keys = tree.args["order"].expressions if tree.args.get("order") else []
    select = tree if isinstance(tree, exp.Select) else None
    if select is None or not keys:
        return ""
    groups = _group_names(select)
    names = {key.this.name.lower() for key in keys[:1]}
    return "the first sort key is different in every row" if groups and groups <= names else ""


def not_null(twin: Twin) -> str:
    """A test, default or count that only matters for NULLs, over a column without any."""
    if twin.mutant.operator not in {"null_test", "coalesce_drop", "count_form", "left_zero", "else_drop", "anti_form"}:
        return ""
    gone = _changed_columns(twin)
    if gone and all(twin.solution.never_null(column) for column in gone):
        return "the column is NOT NULL"
    return ""


def distinct_rows(twin: Twin) -> str:
    """DISTINCT over rows that hold a key, or over groups."""
    if twin.mutant.operator not in {"sel_distinct", "agg_distinct", "union_all"}:
        return ""
    for select in twin.solution.selects():
        if select.args.get("from_") is None:
            return "there is only one row"
        shown = {item.unalias().name.lower() for item in select.expressions if isinstance(item.unalias(), exp.Column)}
        shown |= {item.alias_or_name.lower() for item in select.expressions}
        groups = _group_names(select)
        if groups and groups <= shown:
            return "the rows are different: they show every grouping column"
        if _shows_key(twin, select, shown):
            return "the rows are different: they show a key"
    if twin.mutant.operator == "sel_distinct" and _inside_membership(twin):
        return "duplicates do not matter inside IN or EXISTS"
    return ""


def join_over_reference(twin: Twin) -> str:
    """An inner join instead of an outer one along a foreign key that is never NULL."""
    if twin.mutant.operator not in {"join_type", "survivor", "spine_drop"}:
        return ""
    schema = twin.solution.schema
    for join in twin.solution.find(exp.Join):
        for part in conjuncts(join.args.get("on")):
            sides = [twin.solution.source_of(column) for column in columns_in(part)]
            tables = {source.table for source in sides if source is not None}
            names = {column.name.lower() for column in columns_in(part)}
            for key in schema.foreign_keys:
                linked = {key.table, key.target} == tables and {key.columns[0], key.target_columns[0]} == names
                if linked and (key.table, key.columns[0]) in schema.not_null:
                    return "every row has its partner: the foreign key is NOT NULL"
    return ""


def filter_passes_through(twin: Twin) -> str:
    """A filter on plain columns moved past a block that neither numbers nor cuts rows."""
    if twin.mutant.operator not in {"pred_level", "pred_move", "on_where"}:
        return ""
    blocked = any(
        has_window(select) or select.args.get("limit") or select.args.get("distinct")
        for select in twin.solution.selects()
        if select.parent is not None
    )
    outer = any(join.side for join in twin.solution.find(exp.Join))
    if blocked or (outer and twin.mutant.operator == "on_where"):
        return ""
    if twin.mutant.operator == "pred_move" and any(has_window(select) for select in twin.solution.selects()):
        return ""
    return "the condition removes the same rows in either place"


def grouped_by_key(twin: Twin) -> str:
    """A grouping column that another one decides."""
    if twin.mutant.operator not in {"grp_add", "grp_drop"}:
        return ""
    schema = twin.solution.schema
    for select in twin.query.selects():
        names = _group_names(select)
        for source in twin.query.sources(select).values():
            keys = schema.keys.get(source.table or "", ())
            if any(set(key) <= names for key in keys):
                return "a key among the grouping columns decides the others"
            for link in schema.foreign_keys:
                if link.target == source.table and set(link.columns) <= names:
                    return "a key among the grouping columns decides the others"
    return ""


def implied_condition(twin: Twin) -> str:
    """A test for NULL beside a comparison of the same column, which no NULL passes."""
    if twin.mutant.operator not in {"conj_drop", "clause_drop", "pred_col", "col_to_str"}:
        return ""
    gone = {column.sql().lower() for column in _changed_columns(twin)}
    for holder in twin.solution.find(exp.Where):
        having = holder.parent.args.get("having") if holder.parent is not None else None
        parts = conjuncts(holder.this) + (conjuncts(having.this) if having is not None else [])
        tests = [p for p in parts if isinstance(p, exp.Not) and isinstance(p.this, exp.Is)]
        for test in tests:
            others = {c.sql().lower() for p in parts if isinstance(p, _COMPARISONS) for c in columns_in(p)}
            if gone and gone == {c.sql().lower() for c in columns_in(test)} and gone <= others:
                return "a comparison of the same column already leaves out its NULLs"
    return ""


def ranks_from_one(twin: Twin) -> str:
    """`= 1` and `<= 1` of a rank, which begins at 1."""
    if twin.mutant.operator != "cmp_op":
        return ""
    for node in twin.solution.find(exp.EQ, exp.LTE):
        ranked = node.left.find(exp.RowNumber, exp.Rank, exp.DenseRank)
        other = next(
            (n for n in twin.query.find(exp.EQ, exp.LTE) if n.left == node.left and n.right == node.right), None
        )
        if ranked is not None and node.right.name == "1" and other is not None and type(other) is not type(node):
            return "ranks begin at 1"
    return ""


def constant_key(twin: Twin) -> str:
    """A grouping or partition column that WHERE holds at one value."""
    if twin.mutant.operator not in {"grp_add", "win_part", "grp_drop"}:
        return ""
    for holder in twin.solution.find(exp.Where):
        for part in conjuncts(holder.this):
            column = _held(part)
            if column is not None and _only_differs_by(twin, column.name.lower()):
                return "WHERE holds the column at one value"
    return ""


def _held(condition: exp.Expr) -> exp.Column | None:
    """The column that a condition holds at one value: `c = 1`, `c IS NULL`, `c IS TRUE`, `c`, `NOT c`."""
    held: object = condition.this if isinstance(condition, exp.Not) else condition
    if isinstance(condition, exp.EQ):
        held = condition.left if isinstance(condition.right, exp.Literal) else None
    elif isinstance(condition, exp.Is):
        held = condition.this if isinstance(condition.expression, (exp.Null, exp.Boolean)) else None
    return held if isinstance(held, exp.Column) else None


def _only_differs_by(twin: Twin, name: str) -> bool:
    """Tell whether a grouping or partition list gained or lost just one column of that name."""
    ours = [c.name.lower() for c in twin.query.tree.find_all(exp.Column) if c.name.lower() == name]
    theirs = [c.name.lower() for c in twin.solution.find(exp.Column) if c.name.lower() == name]
    return len(ours) != len(theirs)


def counted_once(twin: Twin) -> str:
    """DISTINCT over the key of the table whose rows the block counts."""
    if twin.mutant.operator not in {"agg_distinct", "count_form"}:
        return ""
    for select in twin.solution.selects():
        sources = list(twin.solution.sources(select).values())
        for count in select.find_all(exp.Count):
            column = count.this.expressions[0] if isinstance(count.this, exp.Distinct) else count.this
            source = twin.solution.source_of(column) if isinstance(column, exp.Column) else None
            keys = twin.solution.schema.keys.get(source.table or "", ()) if source is not None else ()
            own = isinstance(column, exp.Column) and (column.name.lower(),) in keys
            if own and source is not None and all(o is source or _single_per_row(twin, o, source) for o in sources):
                return "each row is counted once: the column is a key"
    return ""


def _single_per_row(twin: Twin, other: Source, source: Source) -> bool:
    """Tell whether a row of a table meets at most one row of another, along a foreign key."""
    links = twin.solution.schema.foreign_keys
    return any(link.table == source.table and link.target == other.table for link in links)


def window_over_key(twin: Twin) -> str:
    """Ranks and frames that can only differ on ties, over an order without ties."""
    if twin.mutant.operator not in {"rank_fn", "rows_range", "win_order", "touch_tie", "win_frame"}:
        return ""
    schema = twin.solution.schema
    for window in twin.solution.find(exp.Window):
        order = window.args.get("order")
        names = {key.this.name.lower() for key in order.expressions} if order is not None else set()
        names |= {key.name.lower() for key in window.args.get("partition_by") or ()}
        select = window.find_ancestor(exp.Select)
        for source in twin.solution.sources(select).values() if select is not None else ():
            if any(set(key) <= names for key in schema.keys.get(source.table or "", ())):
                return "the window's order has no ties"
    return ""


def said_otherwise(twin: Twin) -> str:
    """The same conditions turned round: NOT over a comparison, or the next whole number as a bound."""
    same = _plain(twin.query) == _plain(twin.solution)
    return "it is the solution in other words" if same else ""


def _plain(query: Query) -> exp.Expr:
    plain = Query(simplify(query.tree.copy(), dialect="duckdb").sql("duckdb"), query.schema)
    for node in list(plain.find(exp.GTE, exp.LTE)):
        bound = _open_bound(node) if _is_whole(plain, node.left) else None
        if bound is not None:
            node.replace(bound)
    return plain.tree


def _open_bound(node: exp.Expr) -> exp.Expr | None:
    """Write `x >= 2` as `x > 1`."""
    left, right = node.args["this"], node.args["expression"]
    if not isinstance(right, exp.Literal) or not right.is_int:
        return None
    kind, step = (exp.GT, -1) if isinstance(node, exp.GTE) else (exp.LT, 1)
    return kind(this=left.copy(), expression=exp.Literal.number(int(right.name) + step))


def _is_whole(query: Query, node: exp.Expr) -> bool:
    if not isinstance(node, exp.Column):
        return isinstance(node, exp.Count | exp.RowNumber | exp.Rank | exp.DenseRank | exp.DateDiff | exp.Extract)
    source = query.source_of(node)
    return source is not None and (source.table, node.name.lower()) in query.schema.whole


RULES: tuple[Rule, ...] = (
    order_is_free,
    order_by_whole_rows,
    not_null,
    distinct_rows,
    join_over_reference,
    filter_passes_through,
    grouped_by_key,
    implied_condition,
    constant_key,
    counted_once,
    ranks_from_one,
    window_over_key,
    said_otherwise,
)
"""Rules in the order in which they are tried; each gives its reason or an empty text."""


def _changed_columns(twin: Twin) -> list[exp.Column]:
    site = twin.mutant.site
    if site is None:
        return []
    return [
        column
        for column in twin.solution.find(exp.Column)
        if isinstance(column.this, exp.Identifier) and site.start <= column.this.meta.get("start", -1) < site.end
    ]


def _group_names(select: exp.Select) -> set[str]:
    group = select.args.get("group")
    if group is None:
        return set()
    names: set[str] = set()
    for key in group.expressions:
        if isinstance(key, exp.Literal) and key.is_int and 0 < int(key.name) <= len(select.expressions):
            item = select.expressions[int(key.name) - 1]
            names.add((item.unalias().name or item.alias_or_name).lower())
        else:
            names.add(key.name.lower())
    return names


def _shows_key(twin: Twin, select: exp.Select, shown: set[str]) -> bool:
    """Tell whether rows show the key of a table that meets at most one row of every other, or groups by it."""
    sources = list(twin.solution.sources(select).values())
    for source in sources:
        keys = twin.solution.schema.keys.get(source.table or "", ())
        if not any(set(key) <= shown for key in keys):
            continue
        if is_grouped(select):
            return any(set(key) <= _group_names(select) & shown for key in keys) and _grouped_by_one(
                twin, select, source
            )
        if all(other is source or _single_per_row(twin, other, source) for other in sources):
            return True
    return False


def _grouped_by_one(twin: Twin, select: exp.Select, source: Source) -> bool:
    """Tell whether every grouping column is of one table."""
    group = select.args.get("group")
    keys = group.expressions if group is not None else []
    return bool(keys) and all(isinstance(key, exp.Column) and twin.solution.source_of(key) is source for key in keys)


def _inside_membership(twin: Twin) -> bool:
    site = twin.mutant.site
    for query in twin.solution.find(exp.In, exp.Exists):
        starts = [node.meta["start"] for node in query.walk() if "start" in node.meta]
        if site is not None and starts and min(starts) <= site.start <= max(starts):
            return True
    return False
