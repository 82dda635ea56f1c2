"""Drafts of rows put into a database: keys kept, foreign keys led to rows that are there, assumptions met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlgrade.engine.checker import checker_for
from sqlgrade.populate.derived import Deriver
from sqlgrade.populate.fresh import fresh_value
from sqlgrade.populate.mending import Mender

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Collection, Mapping, Sequence

    from sqlgrade.populate.agreeing import Agreements, Draft
    from sqlgrade.populate.columns_used import ColumnId
    from sqlgrade.populate.keys import KeyClasses
    from sqlgrade.populate.pools import Pools
    from sqlgrade.tables.bonds import Bond, Dependency
    from sqlgrade.tables.model import ForeignKey, SchemaModel, Table
    from sqlgrade.tables.result import Row

_TRIES = 6


class Placer:
    """Holds the rows of one database as they are put there, parents first."""

    def __init__(
        self,
        schema: SchemaModel,
        pools: Pools,
        keys: KeyClasses,
        agreements: Agreements,
        bundled: Mapping[ColumnId, Sequence[Any]],
        rng: random.Random,
        other: Callable[[ColumnId, Any], Any],
        kept: Collection[ColumnId] = (),
    ) -> None:
        """`other` gives another value for a cell; `kept` are columns whose values the rows are made for."""
        self._schema, self._pools, self._keys, self._agreements = schema, pools, keys, agreements
        self._bundled, self._rng, self._other, self._kept = bundled, rng, other, kept
        self.rows: dict[str, list[Row]] = {table.name: [] for table in schema.varied}
        self.serial = 0
        """How many values have been made up so far."""
        self._named_by: dict[tuple[str, ForeignKey], tuple[list[Row], frozenset[Row]]] = {}
        """What a table's foreign key may name, which does not change while that table is filled."""
        self._deriver: Deriver
        """Of the table that is being filled."""
        self._varied: dict[tuple[str, tuple[str, ...]], str] = {}
        """The column of a key that is varied to keep rows apart; one a database, so that the others still group."""

    def place(self, table: Table, drafts: Sequence[Draft], copied: float) -> None:
        """Turns drafts into rows that keep the table's keys; a draft that cannot be kept is dropped.

        Args:
            table: Where the rows go.
            drafts: Its rows as they were drawn.
            copied: How often a row repeats another in all but its keys.
        """
        taken: list[set[Row]] = [set() for _ in table.uniques]
        mender = Mender(
            self._schema,
            self._pools,
            self._agreements,
            table,
            self._keys.number,
            self._bundled,
            self._rng,
            self._other,
            self._kept,
        )
        self._deriver = deriver = Deriver(self._schema, table)
        deriver.work_out(drafts)
        mender.mend(drafts)
        for made in drafts:
            again = bool(self.rows[table.name]) and self._rng.random() < copied
            draft = self._copy(table, made) if again else made
            if self._tie(table, draft) and self._make_unique(table, draft, taken):
                self._put_later(table, draft)
                self._share(table, draft)
                mender.mend([draft], placed=True)
                deriver.work_out([draft])
                self.rows[table.name].append(tuple(draft[c.name] for c in table.columns))

    def _copy(self, table: Table, draft: Draft) -> Draft:
        """The draft with another row's values everywhere but in its keys."""
        model = self._rng.choice(self.rows[table.name])
        fixed = {name for key in table.uniques for name in key}
        return {c.name: draft[c.name] if c.name in fixed else v for c, v in zip(table.columns, model, strict=True)}

    def _tie(self, table: Table, draft: Draft) -> bool:
        return all(self._tie_link(table, link, draft) for link in table.foreign_keys)

    def _tie_link(self, table: Table, link: ForeignKey, draft: Draft) -> bool:
        """Makes a foreign key point to a row that is there, or to nothing; False if neither is possible."""
        value = tuple(draft[c] for c in link.columns)
        if None in value:
            return True
        known, there = self._known(table, link)
        if value in there:
            self._take_over(table, link, draft)
            return True
        loose = [c for c in link.columns if table.column(c).nullable]
        if loose and (not known or self._rng.random() < 0.5):
            draft[loose[0]] = None
            return True
        if known:
            draft.update(zip(link.columns, self._rng.choice(known), strict=True))
            self._take_over(table, link, draft)
            return True
        if table.may_name_itself(link):
            draft.update(zip(link.columns, (draft[c] for c in link.parent_columns), strict=True))
            return True
        return False

    def _make_unique(self, table: Table, draft: Draft, taken: list[set[Row]]) -> bool:
        self._deriver.work_out([draft])
        for key, seen in zip(table.uniques, taken, strict=True):
            for attempt in range(_TRIES):
                if self._row_key(draft, key) not in seen:
                    break
                if not self._redraw(table, key, draft, attempt):
                    return False
                self._deriver.work_out([draft])
            else:
                return False
        for key, seen in zip(table.uniques, taken, strict=True):
            value = self._row_key(draft, key)
            if None not in value:
                seen.add(value)
        return True

    @staticmethod
    def _row_key(draft: Draft, key: tuple[str, ...]) -> Row:
        return tuple(draft[c] for c in key)

    def _redraw(self, table: Table, key: tuple[str, ...], draft: Draft, attempt: int) -> bool:
        """Another value for one column of a key: from a free column first, else another parent."""
        linked = {c for link in table.foreign_keys for c in link.columns}
        free = [c for each in key for c in self._deriver.given(each) if c not in linked]
        if free:
            name = self._varied.setdefault((table.name, key), self._rng.choice(free))
            column = table.column(name)
            pool = self._pools[table.name, name]
            if attempt < 2 and (table.name, name) not in self._keys.number:
                draft[name] = self._rng.choice(self._bundled.get((table.name, name)) or pool.values)
                return draft[name] is not None or column.nullable
            self.serial += 1
            draft[name] = fresh_value(column.type, self.serial, pool.values)
            return draft[name] is not None
        link = self._rng.choice([k for k in table.foreign_keys if set(k.columns) & set(key)])
        known, _ = self._known(table, link)
        if not known:
            return False
        draft.update(zip(link.columns, self._rng.choice(known), strict=True))
        return True

    def _take_over(self, table: Table, link: ForeignKey, draft: Draft) -> None:
        """Gives a row the values that the assumptions say it shares with the row it names."""
        for bond in (each for each in self._schema.bonds if each.table == table.name and each.link == link):
            named = self._named(bond, draft)
            draft.update({own: named[theirs] for own, theirs in bond.inherited} if named else {})

    def _named(self, bond: Bond, draft: Draft) -> Draft:
        """The row that a draft names, empty if there is none."""
        parent, value = self._schema.table(bond.link.parent), tuple(draft[c] for c in bond.link.columns)
        rows = self._schema.fixed.get(parent.name) or self.rows[parent.name]
        return next((parent.named(row) for row in rows if parent.pick(row, bond.link.parent_columns) == value), {})

    def _put_later(self, table: Table, draft: Draft) -> None:
        """Takes other moments where a row lies before one that it names."""
        for bond in (each for each in self._schema.bonds if each.table == table.name and each.later):
            named = self._named(bond, draft)
            for own, theirs in bond.later if named else ():
                least = named[theirs]
                if draft[own] is not None and least is not None and draft[own] < least:
                    draft[own] = self._at_least((table.name, own), draft[own], least)

    def _share(self, table: Table, draft: Draft) -> None:
        """Repeats what rows of a kind share from one of them that is there."""
        for shared in (each for each in self._schema.dependencies if each.table == table.name):
            twins = (table.named(row) for row in self.rows[table.name])
            twin = next((each for each in twins if all(each[c] == draft[c] for c in shared.key)), None)
            if twin is not None and not (
                self._is_made_otherwise(table, shared, draft, twin) and self._set_apart(table, shared.key, draft)
            ):
                draft.update({name: twin[name] for name in shared.columns})

    def _is_made_otherwise(self, table: Table, shared: Dependency, draft: Draft, twin: Draft) -> bool:
        """Whether a draft is made to differ from a row of its kind in what they share."""
        return any((table.name, name) in self._kept and twin[name] != draft[name] for name in shared.columns)

    def _set_apart(self, table: Table, key: Sequence[str], draft: Draft) -> bool:
        """Makes a draft a row of its own and no repeat, by a new value in its key; False where the key is what rows are made for."""
        linked = {c for link in table.foreign_keys for c in link.columns}
        free = [name for name in key if name not in linked and (table.name, name) not in self._kept]
        if not free:
            return False
        self.serial += 1
        value = fresh_value(table.column(free[0]).type, self.serial, self._pools[table.name, free[0]].values)
        draft[free[0]] = value if value is not None else draft[free[0]]
        return value is not None

    def _at_least(self, column: ColumnId, value: Any, least: Any) -> Any:
        met = self._pools[column].met
        values = [v for v in self._bundled.get(column) or self._pools[column].values if v is not None and v >= least]
        kept = [v for v in values if met.get(repr(v), 0) >= met.get(repr(value), 0)]
        return self._rng.choice(kept or values or [least])

    def _known(self, table: Table, link: ForeignKey) -> tuple[list[Row], frozenset[Row]]:
        """What a foreign key of a table that is being filled may name by now, in the order in which it stands there."""
        if link.parent == table.name:
            known = self._keys_of(link)
            return known, frozenset(known)
        if (table.name, link) not in self._named_by:
            known = self._keys_of(link)
            self._named_by[table.name, link] = known, frozenset(known)
        return self._named_by[table.name, link]

    def _keys_of(self, link: ForeignKey) -> list[Row]:
        parent = self._schema.table(link.parent)
        if parent.fixed:
            return list(self._schema.fixed_keys(link))
        rows = self.rows[link.parent]
        for rule in (rule for bond in self._schema.bonds if bond.link == link for rule in bond.rules):
            rows = [
                r for r, good in zip(rows, checker_for(self._schema).holding(parent, rule, rows), strict=True) if good
            ]
        return [parent.pick(row, link.parent_columns) for row in rows]
