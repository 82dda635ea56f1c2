"""Names that stand behind a source, `AS r(d)`: BigQuery has none there, so what stands in FROM names its columns itself."""

from typing import TypeGuard

from sqlglot import exp

_SERIES = (exp.GenerateSeries, exp.GenerateDateArray, exp.GenerateTimestampArray)


def lists_to_from(tree: exp.Expr) -> None:
    """`SELECT unnest(list) AS d`, without FROM: the list stands in FROM."""
    for select in tree.find_all(exp.Select):
        if select.args.get("from_") is not None or len(select.expressions) != 1:
            continue
        rows = select.expressions[0].unalias()
        if isinstance(rows, exp.Unnest | exp.Explode):
            name = select.expressions[0].alias or "unnest"
            values = rows.this if isinstance(rows, exp.Explode) else rows.expressions[0]
            listed = _of_elements(exp.Unnest(expressions=[values.copy()]), exp.to_identifier(name))
            select.set("expressions", [exp.column(exp.to_identifier(name))])
            select.set("from_", exp.From(this=listed))


def names_into_sources(tree: exp.Expr) -> None:
    """`range(1, 7) AS r(n)` and `(SELECT …) AS r(a, b)`; what has no such form keeps its names, and is refused."""
    for alias in reversed(list(tree.find_all(exp.TableAlias))):
        if alias.columns and isinstance(alias.parent, exp.Subquery):
            if _name_outputs(alias.parent, [column.copy() for column in alias.columns]):
                alias.set("columns", None)
        elif alias.this is not None and len(alias.columns) == 1 and _is_list(alias.parent):
            _name_elements(alias, tree)


def _is_list(source: exp.Expr | None) -> TypeGuard[exp.Expr]:
    return isinstance(source, exp.Unnest) or (isinstance(source, exp.Table) and isinstance(source.this, _SERIES))


def _of_elements(source: exp.Expr, name: exp.Identifier) -> exp.Expr:
    """A list whose elements have this name; an UNNEST keeps it among its columns."""
    alias = exp.TableAlias(columns=[name]) if isinstance(source, exp.Unnest) else exp.TableAlias(this=name)
    source.set("alias", alias)
    return source


def _name_elements(alias: exp.TableAlias, tree: exp.Expr) -> None:
    """BigQuery names the elements of a list, not their column; where the table's name is used, it is that of a subquery."""
    source, table, column = alias.parent, alias.this, alias.columns[0]
    assert source is not None  # noqa: S101  (an alias belongs to what it names)
    used = any(each.table.lower() == table.name.lower() for each in tree.find_all(exp.Column))
    bare = _of_elements(source.copy(), column.copy())
    if not used:
        source.replace(bare)
    else:
        inner = exp.Select(expressions=[exp.column(column.copy())], from_=exp.From(this=bare))
        source.replace(exp.Subquery(this=inner, alias=exp.TableAlias(this=table.copy())))


def _name_outputs(around: exp.Expr, names: list[exp.Identifier]) -> bool:
    """Give the first columns of a subquery these names; False where they are not written out."""
    query = around.this
    while isinstance(query, exp.SetOperation | exp.Subquery):
        query = query.this
    if not isinstance(query, exp.Select) or len(query.expressions) < len(names):
        return isinstance(query, exp.Select) and _name_of_star(query, names)
    if query.is_star:
        return _name_of_star(query, names)
    given = [each.alias for each in query.expressions if isinstance(each, exp.Alias)]
    if given:  # inside, its own names may be used
        return _rename(around, [each.alias_or_name for each in query.expressions], names)
    for output, name in zip(list(query.expressions), names, strict=False):
        output.replace(exp.Alias(this=output.copy(), alias=name))
    return True


def _rename(around: exp.Expr, given: list[str], names: list[exp.Identifier]) -> bool:
    if not all(given) or len(set(given)) < len(given):
        return False
    outputs: list[exp.Expr] = [exp.column(exp.to_identifier(each)) for each in given]
    for place, name in enumerate(names):
        outputs[place] = exp.Alias(this=outputs[place], alias=name)
    inner = exp.Subquery(this=around.this.copy(), alias=exp.TableAlias(this=exp.to_identifier("_named")))
    around.set("this", exp.Select(expressions=outputs, from_=exp.From(this=inner)))
    return True


def _name_of_star(query: exp.Select, names: list[exp.Identifier]) -> bool:
    """`SELECT * FROM range(1, 7)`: the names are those of the only source."""
    source = query.args["from_"].this if query.args.get("from_") is not None else None
    if len(query.expressions) != 1 or query.args.get("joins") or not isinstance(query.expressions[0], exp.Star):
        return False
    if _is_list(source) and len(names) == 1:
        _of_elements(source, names[0])
        return True
    if isinstance(source, exp.Values):
        source.set("alias", exp.TableAlias(this=exp.to_identifier("_rows"), columns=names))
        return True
    return isinstance(source, exp.Subquery) and _name_outputs(source, names)
