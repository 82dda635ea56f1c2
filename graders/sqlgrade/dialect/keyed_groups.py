"""GROUP BY that leans on a table's key: PostgreSQL and MySQL take the rest of the key's row for known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect.dependent_columns import determined, equalities_of, is_one_group, outside_aggregates, tables_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlgrade.dialect.system_types import Tables


@dataclass(frozen=True)
class KeyedGroups:
    """What the blocks of a query may name beside what they group by."""

    system: str
    tables: Tables
    keys: Mapping[str, tuple[str, ...]]
    """Table -> the columns of its primary key."""

    def name_what_leans(self, select: exp.Select) -> None:
        """Names in GROUP BY what leans on a table's key there: these systems take the rest of its row for known.

        MySQL follows equalities as well, and to constants without any GROUP BY.
        """
        group: exp.Group | None = select.args.get("group")
        by_constants = group is None and self.system == "mysql" and is_one_group(select)
        if not by_constants and (group is None or not group.expressions):
            return
        sources = {each.alias_or_name.lower(): each.name.lower() for each in tables_of(select)}
        grouped = self._grouped(select, group, sources) if group is not None else set()
        known = self._known(select, grouped, sources)
        starred = self._starred(select, sources) if group is not None else ()
        for column in (*starred, *outside_aggregates(select)):
            leaning = (self._owner(column, sources), column.name.lower())
            if leaning not in known or leaning in grouped:
                continue
            if group is None:
                column.replace(exp.AnyValue(this=column.copy()))
            else:
                grouped.add(leaning)
                group.append("expressions", column.copy())

    def _starred(self, select: exp.Select, sources: Mapping[str, str]) -> Iterator[exp.Column]:
        """The columns that `*` and `t.*` of SELECT stand for."""
        stars = {
            each.args["table"].name.lower() if each.args.get("table") else ""
            for each in select.expressions
            if each.is_star
        }
        for alias, table in sources.items():
            if stars & {"", alias}:
                for _, name in sorted(self._columns_of(alias, table)):
                    yield exp.column(exp.to_identifier(name, quoted=True), table=exp.to_identifier(alias, quoted=True))

    def _known(
        self, select: exp.Select, grouped: set[tuple[str | None, str]], sources: Mapping[str, str]
    ) -> set[tuple[str | None, str]]:
        """The columns that have one value where these have."""
        keyed = {alias: table for alias, table in sources.items() if table in self.keys}
        rows = {alias: (self._key_of(alias, table), self._columns_of(alias, table)) for alias, table in keyed.items()}
        if self.system != "mysql":
            return determined(grouped, (), rows)
        pairs, constant = equalities_of(select, lambda column: (self._owner(column, sources), column.name.lower()))
        return determined(grouped | constant, pairs, rows)

    def _columns_of(self, alias: str, table: str) -> set[tuple[str | None, str]]:
        columns = next((each for name, each in self.tables.items() if name.lower() == table), {})
        return {(alias, name.lower()) for name in columns}

    def _key_of(self, alias: str, table: str) -> set[tuple[str | None, str]]:
        return {(alias, name.lower()) for name in self.keys.get(table, ())}

    def _grouped(self, select: exp.Select, group: exp.Group, sources: Mapping[str, str]) -> set[tuple[str | None, str]]:
        """The columns that GROUP BY names, by their places and by names of SELECT too."""
        outputs = {each.alias.lower(): each.unalias() for each in select.expressions if each.alias}
        found = set()
        for each in group.expressions:
            meant = each
            if isinstance(each, exp.Literal) and each.is_int and int(each.name) <= len(select.expressions):
                meant = select.expressions[int(each.name) - 1].unalias()
            elif isinstance(each, exp.Column) and not each.table and self._owner(each, sources) is None:
                meant = outputs.get(each.name.lower(), each)
            if isinstance(meant, exp.Column):
                found.add((self._owner(meant, sources), meant.name.lower()))
        return found

    def _owner(self, column: exp.Column, sources: Mapping[str, str]) -> str | None:
        if column.table:
            return column.table.lower() if column.table.lower() in sources else None
        having = self.sources_with(column.name, sources)
        return having[0] if len(having) == 1 else None

    def sources_with(self, name: str, sources: Mapping[str, str]) -> list[str]:
        """The aliases of the tables that have a column of that name."""
        return [
            alias
            for alias, table in sources.items()
            if name.lower() in {each.lower() for each in self.tables.get(table, {})}
        ]
