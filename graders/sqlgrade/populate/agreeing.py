"""What CHECKs on several columns allow together, found out on the values of the columns' pools."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlgrade.engine.checker import checker_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlgrade.populate.pools import Pools
    from sqlgrade.tables.model import SchemaModel, Table

_MOST_COMBINED = 600

Draft = dict[str, Any]


@dataclass(frozen=True)
class Agreement:
    """What one CHECK allows, tried on the values of its columns' pools."""

    check: str
    names: tuple[str, ...]
    allowed: tuple[tuple[Any, ...], ...]

    def replacements(self, draft: Draft, name: str) -> Sequence[Any]:
        """Values for one of the columns that agree with what the draft holds in the others."""
        return self._by_others[name].get(_key(draft[other] for other in self.names if other != name), ())

    @cached_property
    def _by_others(self) -> Mapping[str, Mapping[str, list[Any]]]:
        found: dict[str, dict[str, list[Any]]] = {name: defaultdict(list) for name in self.names}
        for values in self.allowed:
            for place, name in enumerate(self.names):
                found[name][_key((*values[:place], *values[place + 1 :]))].append(values[place])
        return found


class Agreements:
    """The agreements of all tables for one set of pools; what a CHECK allows is found out when its table is first filled."""

    def __init__(self, schema: SchemaModel, pools: Pools) -> None:
        self._schema, self._pools = schema, pools
        self._known: dict[str, tuple[Agreement, ...]] = {}

    def of(self, table: Table) -> tuple[Agreement, ...]:
        """What the table's CHECKs on several columns allow."""
        if table.name not in self._known:
            named = ((check, checker_for(self._schema).named(table, check)) for check in table.checks)
            several = ((check, names) for check, names in named if len(names) > 1)
            self._known[table.name] = tuple(self._agreement(table, *each) for each in several)
        return self._known[table.name]

    def _agreement(self, table: Table, check: str, names: tuple[str, ...]) -> Agreement:
        choices = []
        for name in names:
            values = list(self._pools[table.name, name].values)
            if table.column(name).nullable and None not in values:
                values.append(None)
            choices.append(values)
        rng = random.Random(f"{table.name}/{check}")  # noqa: S311  (reproducible, not secret)
        combined = _product(choices, rng)
        rows = [self._row(table, names, values) for values in combined]
        good = checker_for(self._schema).holding(table, check, rows)
        return Agreement(check, names, tuple(v for v, holds in zip(combined, good, strict=True) if holds))

    @staticmethod
    def _row(table: Table, names: Sequence[str], values: Sequence[Any]) -> tuple[Any, ...]:
        told = dict(zip(names, values, strict=True))
        return tuple(told.get(column.name) for column in table.columns)


def _product(choices: Sequence[Sequence[Any]], rng: random.Random) -> list[tuple[Any, ...]]:
    """All combinations, or some of them if there are too many, every value in as many as any other."""
    count = 1
    for values in choices:
        count *= len(values)
    if count <= _MOST_COMBINED:
        return list(itertools.product(*choices))
    found: dict[str, tuple[Any, ...]] = {}
    for place in range(_MOST_COMBINED):
        column = place % len(choices)
        values = [rng.choice(each) for each in choices]
        values[column] = choices[column][place // len(choices) % len(choices[column])]
        found[repr(values)] = tuple(values)
    return list(found.values())


def _key(values: Any) -> str:
    return repr(tuple(values))
