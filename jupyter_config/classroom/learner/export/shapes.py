"""Rewrites of whole clauses: aliases that BigQuery does not see yet, SEMI and ANTI joins, pairs in IN, ORDER BY ALL."""

from sqlglot import exp


def write_out_aliases(tree: exp.Expr) -> None:
    """BigQuery knows no output alias in WHERE, in a join condition or beside it in SELECT: write the expression there."""
    for select in tree.find_all(exp.Select):
        named: dict[str, exp.Expr] = {}
        for projection in select.expressions:
            _replace_columns(projection.this if isinstance(projection, exp.Alias) else projection, named)
            if isinstance(projection, exp.Alias) and not _is_own_column(projection):
                named[projection.alias.lower()] = projection.this
        where = select.args.get("where")
        if where is not None:
            _replace_columns(where, named)


def write_out_order_by_all(tree: exp.Expr) -> None:
    """`ORDER BY ALL` is every output column in turn, unless a star hides how many there are."""
    for select in tree.find_all(exp.Select):
        order = select.args.get("order")
        if (
            order is None
            or len(order.expressions) != 1
            or order.expressions[0].this.name.upper() != "ALL"
            or select.is_star
        ):
            continue
        order.set("expressions", [exp.Ordered(this=exp.Literal.number(i + 1)) for i in range(len(select.expressions))])


def give_qualify_a_where(tree: exp.Expr) -> None:
    """BigQuery wants WHERE, GROUP BY or HAVING beside QUALIFY."""
    for select in tree.find_all(exp.Select):
        if select.args.get("qualify") and not any(select.args.get(clause) for clause in ("where", "group", "having")):
            select.where(exp.true(), copy=False)


def semi_joins_to_exists(tree: exp.Expr) -> None:
    """A SEMI or ANTI join is a condition: EXISTS or NOT EXISTS."""
    for select in tree.find_all(exp.Select):
        for join in list(select.args.get("joins") or []):
            kind = str(join.args.get("kind") or "").upper()
            condition = _condition(select, join) if kind in {"SEMI", "ANTI"} else None
            if condition is None:
                continue
            exists: exp.Expr = exp.Exists(this=exp.select("1").from_(join.this.copy()).where(condition))
            select.args["joins"].remove(join)
            select.where(exists if kind == "SEMI" else exists.not_(), copy=False)


def pairs_in_one_column(tree: exp.Expr) -> None:
    """`(a, b) IN (SELECT x, y …)`, `COUNT(DISTINCT (a, b))`: BigQuery compares with one column and counts no pairs."""
    for distinct in tree.find_all(exp.Distinct):
        if isinstance(distinct.parent, exp.Count) and isinstance(pair := distinct.expressions[0], exp.Tuple):
            fields = exp.Anonymous(this="STRUCT", expressions=pair.expressions)
            distinct.set("expressions", [exp.Anonymous(this="TO_JSON_STRING", expressions=[fields])])
    for node in tree.find_all(exp.In):
        query = node.args.get("query")
        select = query.unnest() if query is not None and isinstance(node.this, exp.Tuple) else None
        if isinstance(select, exp.Select) and len(select.expressions) > 1 and not select.is_star:
            outputs = [each.unalias().copy() for each in select.expressions]
            select.set("expressions", [exp.Tuple(expressions=outputs)])


def _condition(select: exp.Select, join: exp.Join) -> exp.Expr | None:
    on = join.args.get("on")
    if on is not None:
        return exp.and_(on.copy())
    source = select.args.get("from_") or select.args.get("from")
    names = [column.name for column in join.args.get("using") or []]
    if source is None or not names:
        return None
    left, right = source.this.alias_or_name, join.this.alias_or_name
    return exp.and_(*(exp.EQ(this=exp.column(name, left), expression=exp.column(name, right)) for name in names))


def _is_own_column(alias: exp.Alias) -> bool:
    return isinstance(alias.this, exp.Column) and alias.this.name.lower() == alias.alias.lower()


def _replace_columns(node: exp.Expr, named: dict[str, exp.Expr]) -> None:
    for column in list(node.find_all(exp.Column)):
        meaning = named.get(column.name.lower())
        inside = (
            any(column.name.lower() == inner.name.lower() for inner in meaning.find_all(exp.Column))
            if meaning
            else True
        )
        if (
            meaning is None
            or column.table
            or inside
            or column.find_ancestor(exp.Select) is not node.find_ancestor(exp.Select)
        ):
            continue
        column.replace(exp.paren(meaning.copy()) if isinstance(meaning, exp.Binary) else meaning.copy())
