"""Which tables and columns can play a pattern's parts."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coursebook.own_tables.facts import LEAST_ROWS
from coursebook.own_tables.pattern import AFTER, KEY, REFERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coursebook.own_tables.facts import Facts, OwnField, OwnTable
    from coursebook.own_tables.pattern import DrillPattern

_CASTS = 3
"""Ways in which the columns of one choice of tables are tried."""
_MOST_CHOICES = 4000
"""Choices of tables that are looked at; a schema of hundreds of tables has more than anybody will practise with."""


@dataclass(frozen=True)
class CastTable:
    """A table in a part, with the columns that play its roles."""

    table: OwnTable
    fields: Mapping[str, OwnField]


_STAGES = ("created_at", "time", "updated_at", "ended_at", "deleted_at")
"""What times mean, in the order in which they come: something starts before it is done, and is done before it is closed."""

Cast = dict[str, CastTable]
"""Part -> who plays it."""


class UsedUp:
    """How often tables and columns have been spoken of, so that practice goes round all of them."""

    def __init__(self) -> None:
        self._tables: Counter[str] = Counter()
        self._fields: Counter[tuple[str, str]] = Counter()

    def weight(self, cast: Cast) -> int:
        """How worn a choice is; the least worn is taken first."""
        tables = sum(self._tables[each.table.name] for each in cast.values())
        fields = (self._fields[each.table.name, own.name] for each in cast.values() for own in each.fields.values())
        return tables + 2 * sum(fields)

    def take(self, cast: Cast) -> None:
        """Count what is spoken of once more."""
        for each in cast.values():
            self._tables[each.table.name] += 1
            for role, own in each.fields.items():
                self._fields[each.table.name, own.name] += role != "id"


def bindings(pattern: DrillPattern, facts: Facts, used: UsedUp) -> Iterator[Cast]:
    """Who can play a pattern, least worn first, each choice of tables once before any comes again."""
    found = list(itertools.islice(_casts(pattern, facts), _MOST_CHOICES))
    seen: Counter[tuple[str, ...]] = Counter()
    while found:
        best = min(found, key=lambda cast: (seen[_tables(cast)], used.weight(cast)))
        found.remove(best)
        seen[_tables(best)] += 1
        yield best


def _tables(cast: Cast) -> tuple[str, ...]:
    return tuple(each.table.name for each in cast.values())


def _casts(pattern: DrillPattern, facts: Facts) -> Iterator[Cast]:
    names = list(pattern.parts)

    def choose(place: int, chosen: dict[str, OwnTable]) -> Iterator[dict[str, OwnTable]]:
        if place == len(names):
            yield dict(chosen)
            return
        part = pattern.parts[names[place]]
        for table in facts.tables:
            if table not in chosen.values() and _may_play(table, part, chosen):
                yield from choose(place + 1, {**chosen, names[place]: table})

    for chosen in choose(0, {}):
        yield from itertools.islice(_with_columns(pattern, chosen), _CASTS)


def _may_play(table: OwnTable, part: Mapping[str, str], chosen: Mapping[str, OwnTable]) -> bool:
    if any(each.startswith(REFERS) for each in part.values()) and table.rows < LEAST_ROWS:
        return False
    return all(bool(_candidates(table, role, chosen)) for role in part.values())


def _candidates(table: OwnTable, role: str, chosen: Mapping[str, OwnTable]) -> list[OwnField]:
    if role == KEY:
        return [each for each in table.fields if each.name == table.key]
    if role.startswith(REFERS):
        parent = chosen.get(role.removeprefix(REFERS))
        return table.referring(parent.name) if parent else []
    return table.playing("blank_later" if role.startswith(AFTER) else role)


def _with_columns(pattern: DrillPattern, chosen: dict[str, OwnTable]) -> Iterator[Cast]:
    """The tables with columns, each column in one role."""
    wanted = [(part, name, role) for part, columns in pattern.parts.items() for name, role in columns.items()]
    offered = [_candidates(chosen[part], role, chosen) for part, _, role in wanted]
    for fields in itertools.product(*offered):
        named = [(part, own.name) for (part, _, _), own in zip(wanted, fields, strict=True)]
        if len(set(named)) < len(named) or not _stages_in_turn(wanted, fields, chosen):
            continue
        yield {
            part: CastTable(table, {name: own for (of, name, _), own in zip(wanted, fields, strict=True) if of == part})
            for part, table in chosen.items()
        }


def _stages_in_turn(
    wanted: list[tuple[str, str, str]], fields: tuple[OwnField, ...], chosen: Mapping[str, OwnTable]
) -> bool:
    """Whether each time that is to come after another one does."""
    playing = {(part, name): own for (part, name, _), own in zip(wanted, fields, strict=True)}
    return all(
        _comes_after(playing[part, role.removeprefix(AFTER)], own, chosen[part])
        for (part, _, role), own in zip(wanted, fields, strict=True)
        if role.startswith(AFTER)
    )


def _comes_after(first: OwnField, second: OwnField, table: OwnTable) -> bool:
    """By what the mapping says; else by what the two mean, then by the order in which the table has them."""
    if first.name == second.after or second.name == first.after:
        return first.name == second.after
    places = [(_STAGES.index(each.meaning), table.fields.index(each)) for each in (first, second)]
    return places[0] < places[1]
