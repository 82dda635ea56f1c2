"""Parts of a query that are read alike wherever they stand: aliases, LIMIT, and what nobody reads."""

from __future__ import annotations

from sqlglot import exp

from sqlgrade.dialect.forms import Unspoken, number_of, written


def alias_of(node: exp.Expr) -> exp.TableAlias | None:
    """The alias of a source; one that names columns too is none of GoogleSQL's."""
    alias = node.args.get("alias")
    if alias is None:
        return None
    if alias.columns:
        raise Unspoken("no_such", f"AS {alias.name}(…)", node, f"AS {alias.name}")
    return exp.TableAlias(this=alias.this.copy())


def limits(node: exp.Expr) -> dict[str, exp.Expr]:
    """LIMIT and OFFSET; both are whole numbers."""
    found: dict[str, exp.Expr] = {}
    for name, kind in (("limit", exp.Limit), ("offset", exp.Offset)):
        given = node.args.get(name)
        if given is None:
            continue
        count = number_of(given.expression) if isinstance(given, kind) else None
        if count is None or count < 0:
            raise Unspoken("form", name.upper(), node, f"{name.upper()} 10")
        found[name] = kind(expression=exp.Literal.number(count))
    return found


def only(node: exp.Expr, known: frozenset[str] | set[str]) -> None:
    """Refuse a part that nobody reads: left unread it would be left out."""
    for name, part in node.args.items():
        if part and name not in known:
            listed = part if isinstance(part, list) else [part]
            shown = next((written(each) for each in listed if isinstance(each, exp.Expr)), "")
            raise Unspoken("unsupported", shown or f"{node.key} {name}".upper().replace("_", " "), node)
