"""A solution varied as learners vary one: its columns in another order, a text where a number is asked for."""

from sqlglot import exp

from sqlgrade.parameters import from_literals
from sqlgrade.parse import parsed


def exchanged(sql: str) -> str | None:
    """The query with its columns in reverse order; None where there is nothing to exchange, or no telling what."""
    tree = parsed(sql)
    blocks = _blocks(tree)
    width = len(blocks[0].expressions) if blocks else 0
    if tree is None or width <= 1:
        return None
    for holder in blocks if tree in blocks else (tree, *blocks):
        _count_from_the_end(holder, width)
    for block in blocks:
        block.set("expressions", block.expressions[::-1])
    return from_literals(tree.sql(dialect="duckdb"))


def with_text(sql: str, place: int) -> str | None:
    """The query with the values of one column, counted from 0, as texts; None where they cannot be told."""
    tree = parsed(sql)
    blocks = _blocks(tree)
    if tree is None or not blocks:
        return None
    for block in blocks:
        shown = block.expressions[place]
        text = exp.cast(shown.unalias().copy(), "VARCHAR", dialect="duckdb")
        shown.replace(exp.alias_(text, shown.alias_or_name or "text", quoted=True))
    return from_literals(tree.sql(dialect="duckdb"))


def _blocks(tree: exp.Expr | None) -> list[exp.Select]:
    """The SELECTs whose columns are the result's; none if one of them shows a star."""
    if isinstance(tree, exp.SetOperation):
        sides = [_blocks(side.unnest()) for side in (tree.this, tree.expression)]
        return [block for side in sides for block in side] if all(sides) else []
    return [tree] if isinstance(tree, exp.Select) and not tree.is_star else []


def _count_from_the_end(holder: exp.Expr, width: int) -> None:
    """Let ORDER BY 2 and GROUP BY 2 name the column that they have named."""
    for clause in filter(None, (holder.args.get("order"), holder.args.get("group"))):
        for key in clause.expressions:
            place = key.this if isinstance(key, exp.Ordered) else key
            if isinstance(place, exp.Literal) and not place.is_string:
                place.replace(exp.Literal.number(width + 1 - int(place.name)))
