"""Which rows the parts of a query take: a SELECT, a branch of a CASE, a FILTER, each with its own conditions."""

from __future__ import annotations

import functools
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.parse import all_parsed
from sqlgrade.populate.columns_used import Atom, ColumnFinder
from sqlgrade.populate.questions import conjuncts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlgrade.tables.model import SchemaModel

Asked = tuple[str, Atom]
"""A condition with the name of the source whose column it asks about."""


@dataclass(frozen=True)
class Block:
    """A part of a query that takes rows of some tables by conditions of its own."""

    tables: frozenset[str]
    atoms: frozenset[Atom]


@functools.lru_cache(maxsize=256)
def blocks_of(sql: str, schema: SchemaModel) -> frozenset[Block]:
    """The blocks of a query; none for a text that cannot be read."""
    names = {table.name.lower(): table.name for table in schema.tables}
    found: set[Block] = set()
    for tree in all_parsed(sql):
        finder = ColumnFinder(tree, schema)
        for select in tree.find_all(exp.Select):
            found.update(_of_select(select, finder, names))
    return frozenset(found)


def _of_select(select: exp.Select, finder: ColumnFinder, names: dict[str, str]) -> Iterator[Block]:
    joins = select.args.get("joins") or []
    read = [node for part in (select.args.get("from_"), *joins) if part is not None for node in (part.this,)]
    tables = {names[node.name.lower()] for node in read if isinstance(node, exp.Table) and node.name.lower() in names}
    parts = list(conjuncts_of(select.args.get("where")))
    parts += [each for join in joins for each in conjuncts_of(join.args.get("on"))]
    base = _asked(parts, finder)
    yield from _split(tables, base)
    for branch in _own(select, exp.Filter, exp.If):
        condition = branch.expression.this if isinstance(branch, exp.Filter) else branch.this
        yield from _split(tables, [*base, *_asked(conjuncts_of(condition), finder)])


def _own(select: exp.Select, *kinds: type[exp.Expr]) -> Iterator[exp.Expr]:
    """The nodes that stand in the SELECT itself, not in one within it."""
    return (node for node in select.find_all(*kinds) if node.find_ancestor(exp.Select) is select)


def _asked(parts: Iterable[exp.Expr], finder: ColumnFinder) -> list[Asked]:
    """The conditions on a single column against constants."""
    found = []
    for part in parts:
        columns = finder.columns(part)
        if len(columns) == 1 and not part.find(exp.Select, exp.AggFunc, exp.Window, exp.Placeholder):
            told, sources = finder.alone(part, columns[0]), {each.table.lower() for each in part.find_all(exp.Column)}
            if told is not None and len(sources) == 1:
                found.append((sources.pop(), Atom(columns[0], told.sql(dialect="duckdb"))))
    return found


def _split(tables: set[str], asked: list[Asked]) -> Iterator[Block]:
    """One block for each of the sources that read the same table, one for all that read different ones."""
    sources: dict[str, set[str]] = defaultdict(set)
    for source, atom in asked:
        sources[atom.column[0]].add(source)
    twice = {table: found for table, found in sources.items() if len(found) > 1}
    read = frozenset(tables | sources.keys())
    if not read:
        return
    others = [atom for _, atom in asked if atom.column[0] not in twice]
    if not twice:
        yield Block(read, frozenset(others))
    for table, found in twice.items():
        for each in found:
            own = [atom for source, atom in asked if atom.column[0] == table and source == each]
            yield Block(read, frozenset([*others, *own]))
