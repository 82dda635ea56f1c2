"""Values of columns that hold lists of structs, made of what the queries compare with the structs' parts."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from sqlgrade.populate.neighbours import around
from sqlgrade.populate.plain import plain_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlgrade.tables.model import SchemaModel
    from sqlgrade.tables.sqltype import SqlType

_MOST_LEADING, _MOST_VARIANTS, _MOST_LISTS = 6, 6, 48
Path = tuple[str, ...]


@functools.lru_cache(maxsize=16)
def part_names(schema: SchemaModel) -> frozenset[str]:
    """The names, in lower case, of all that stands inside nested columns of a schema."""
    kinds = (column.type for table in schema.tables for column in table.columns)
    return frozenset(path[-1].lower() for kind in kinds for path, _ in leaves_of(kind) if path)


def leaves_of(kind: SqlType, path: Path = ()) -> Iterator[tuple[Path, SqlType]]:
    """What a value of the type is made of: the names that lead to each part, and the part's type."""
    if kind.family == "struct":
        for name, part in kind.fields:
            yield from leaves_of(part, (*path, name))
    elif kind.family == "list" and kind.fields[0][1].family == "struct":
        yield from leaves_of(kind.fields[0][1], path)
    else:
        yield path, kind


def parts_in(side: exp.Expr, names: frozenset[str]) -> set[str]:
    """The parts of nested columns that an expression names, in lower case."""
    found = {column.name for column in side.find_all(exp.Column)}
    found |= {dot.expression.name for dot in side.find_all(exp.Dot)}
    return {name.lower() for name in found} & names if names else set()


def lists_of_structs(kind: SqlType, named: Mapping[str, Sequence[Any]]) -> list[Any]:
    """Lists in which what is asked for stands alone, among others, behind others, twice, and not at all.

    Args:
        kind: A list of structs.
        named: The constants that the queries compare with the parts of that name (in lower case).
    """
    groups = _groups(kind.fields[0][1], named)
    if not groups:
        return []
    longest = max(map(len, groups))
    whole = [[group[turn % len(group)] for group in groups] for turn in range(longest)]
    other = plain_values(kind.fields[0][1], "")[:1]
    lists = [[*whole[0]], [*other, *reversed(whole[-1])], *whole[1:]]
    lists += [[item] for turn in range(longest) for group in groups for item in group[turn : turn + 1]]
    lists += [[item for item in made if item is not made[place]] for made in whole[:2] for place in range(len(made))]
    lists += [[*whole[0], group[-1]] for group in groups]
    return [each for each in lists if each][:_MOST_LISTS]


def _groups(kind: SqlType, named: Mapping[str, Sequence[Any]]) -> list[list[dict[str, Any]]]:
    """Structs by the constant that stands in the part which tells what they are, as a key does: each with several values."""
    leaves = list(leaves_of(kind))
    exact = {path: [v for c in named.get(path[-1].lower(), ()) for v in around(c, part)[:1]] for path, part in leaves}
    leading = max(leaves, key=lambda leaf: (leaf[1].family == "text", len(exact[leaf[0]])), default=None)
    if leading is None or not exact[leading[0]]:
        return []
    values = list(dict.fromkeys(exact[leading[0]]))[:_MOST_LEADING]
    rest = [(path, _choices(path, part, named)) for path, part in leaves if path != leading[0]]
    return [list(_variants(kind, leading[0], value, rest)) for value in values]


def _choices(path: Path, part: SqlType, named: Mapping[str, Sequence[Any]]) -> list[Any]:
    """Values of a part: what it is compared with and its neighbours, then ordinary ones."""
    pointed = [v for c in named.get(path[-1].lower(), ()) for v in around(c, part)[:3]]
    return list({repr(v): v for v in (*pointed, *plain_values(part, "")[:3])}.values())


def _variants(
    kind: SqlType, leading: Path, value: Any, rest: Sequence[tuple[Path, Sequence[Any]]]
) -> Iterator[dict[str, Any]]:
    """The struct with one of the other parts at a time, as where a value stands in the part for its type, then with all."""
    told = [
        {path: choices[turn % len(choices)]} for turn in range(_MOST_VARIANTS // 2) for path, choices in rest if choices
    ]
    for given in (*told[:_MOST_VARIANTS], {path: choices[0] for path, choices in rest if choices}):
        yield _struct(kind, {leading: value, **given})


def _struct(kind: SqlType, given: Mapping[Path, Any], path: Path = ()) -> dict[str, Any]:
    return {
        name: _struct(part, given, (*path, name)) if part.family == "struct" else given.get((*path, name))
        for name, part in kind.fields
    }
