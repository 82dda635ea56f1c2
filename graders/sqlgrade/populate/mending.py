"""Rows changed as little as it takes to keep CHECKs on several columns."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from sqlgrade.engine.checker import checker_for

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Collection, Sequence

    from sqlgrade.populate.agreeing import Agreement, Agreements, Draft
    from sqlgrade.populate.columns_used import ColumnId
    from sqlgrade.populate.pools import Pools
    from sqlgrade.tables.model import SchemaModel, Table

_ROUNDS = 5
_MOST_SCANNED = 60


class Mender:
    """Mends the drafts of one table; keys, and columns that are tied to other tables, stay as they are."""

    def __init__(
        self,
        schema: SchemaModel,
        pools: Pools,
        agreements: Agreements,
        table: Table,
        tied: Collection[ColumnId],
        bundled: Collection[ColumnId],
        rng: random.Random,
        other: Callable[[ColumnId, Any], Any],
        kept: Collection[ColumnId] = (),
    ) -> None:
        """Take what the mending of a table goes by.

        `other` gives another value for a cell: for one that decides together with others, the next one to it. `kept` are
        columns whose values the rows are made for: they stay while a CHECK can be kept by changing others.
        """
        self._schema, self._pools, self._table, self._rng, self._other = schema, pools, table, rng, other
        self._agreements = agreements.of(table)
        self._keys = {name for key in table.uniques for name in key}
        self._tied = {name for owner, name in tied if owner == table.name} - self._keys
        self._frozen = self._keys | {name for name in self._tied if not table.column(name).nullable}
        self._bundled = {name for owner, name in bundled if owner == table.name}
        self._kept = {name for owner, name in kept if owner == table.name}
        self._placed = False
        self._named = Counter(name for agreement in self._agreements for name in agreement.names)

    def mend(self, drafts: Sequence[Draft], *, placed: bool = False) -> None:
        """Swaps values, then takes others, in the rows that break a CHECK; not every one can be mended.

        In a row that is placed among others, a column that is tied to another table may be NULL but name no other row.
        """
        self._placed = placed
        for attempt in range(_ROUNDS if self._agreements else 0):
            broken = self._broken(drafts)
            for number, agreements in broken.items():
                for agreement in agreements:
                    self._change(drafts[number], agreement, attempt)
            if not broken:
                return

    def _broken(self, drafts: Sequence[Draft]) -> dict[int, list[Agreement]]:
        """The drafts, by their numbers, that break CHECKs on several columns, and what these allow."""
        found: dict[int, list[Agreement]] = defaultdict(list)
        rows = [tuple(draft[c.name] for c in self._table.columns) for draft in drafts]
        for agreement in self._agreements:
            good = checker_for(self._schema).holding(self._table, agreement.check, rows)
            for number in (number for number, holds in enumerate(good) if not holds):
                found[number].append(agreement)
        return found

    def _change(self, draft: Draft, agreement: Agreement, attempt: int) -> None:
        loose = [name for name in agreement.names if name not in self._frozen]
        free = [name for name in loose if name not in self._kept] or loose
        if not attempt and len(free) > 1 and self._swappable(draft, *free[:2]):
            draft[free[0]], draft[free[1]] = draft[free[1]], draft[free[0]]
        elif (self._bundled.intersection(free) and attempt < _ROUNDS - 1) or (
            not self._replace_one(draft, agreement, free)
            and (len(free) < len(loose) or not self._replace_more(draft, agreement))
            and free
        ):
            self._take_other(draft, free)

    def _take_other(self, draft: Draft, free: Sequence[str]) -> None:
        name = self._rng.choice(free)
        draft[name] = self._other((self._table.name, name), draft[name])

    def _swappable(self, draft: Draft, one: str, other: str) -> bool:
        kinds, values = (self._table.column(one).type, self._table.column(other).type), (draft[one], draft[other])
        if kinds[0] != kinds[1] or None in values:
            return False
        return self._keeps(one, *values) and self._keeps(other, *reversed(values))

    def _replace_one(self, draft: Draft, agreement: Agreement, free: Sequence[str]) -> bool:
        """Gives one column a value that agrees with the others: one that few CHECKs name, and no condition less met."""
        order = sorted(free, key=lambda name: (self._named[name], name))
        found = [(name, value) for name in order for value in self._allowed(draft, agreement, name)]
        chosen = [(name, value) for name, value in found if self._keeps(name, draft[name], value)] or found
        if chosen:
            name = chosen[0][0]
            draft[name] = self._rng.choice([value for each, value in chosen if each == name])
        return bool(chosen)

    def _allowed(self, draft: Draft, agreement: Agreement, name: str) -> Sequence[Any]:
        values = agreement.replacements(draft, name)
        if self._placed and name in self._tied:
            return [value for value in values if value is None]
        return values

    def _keeps(self, name: str, old: Any, new: Any) -> bool:
        """Tell whether the new value meets as many of the queries' conditions as the old one."""
        met = self._pools[self._table.name, name].met
        return met.get(repr(new), 0) >= met.get(repr(old), 0)

    def _replace_more(self, draft: Draft, agreement: Agreement) -> bool:
        """Takes all values from a combination that is allowed, of some the one with the fewest changes."""
        some = self._rng.sample(agreement.allowed, min(len(agreement.allowed), _MOST_SCANNED))
        told = [dict(zip(agreement.names, values, strict=True)) for values in some]
        frozen = self._keys | self._tied if self._placed else self._frozen
        fitting = [each for each in told if all(each[n] == draft[n] for n in each if n in frozen)]
        nearest = min(fitting, key=lambda each: sum(each[n] != draft[n] for n in agreement.names), default=None)
        draft.update(nearest or {})
        return nearest is not None
