"""Some rows of a synthetic copy, references whole, as an INSERT script: what a company's drills are judged on besides generated data.

Generated databases fill the tables that a solution reads; on real ones, small as they are, an answer that joins a table too many shows.
"""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from coursebook.course import load_course
from coursebook.data_set import CopyOfTables
from coursebook.own_tables.script import literal
from coursebook.practice.sample_data import run_on
from marketplace.ownership import begins_as_ours
from marketplace.yourschema.copying import quoted
from marketplace.yourschema.fault import YourSchemaError
from marketplace.yourschema.schema import Kind
from marketplace.yourschema.table_order import table_order
from sqlgrade.engine.handmade import read_filling
from sqlgrade.record import ExerciseFault
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coursebook.practice.draw import Run
    from marketplace.yourschema.mapping import Mapping, TablePlan
    from marketplace.yourschema.schema import OwnColumn, Reference, Schema, Table

_log = logging.getLogger(__name__)
MARK = "-- Rows of the synthetic copy, made by penguin and made anew with it; take this line away to keep the file as you have changed it."
"""First line of a filling that may be written over."""
PLACE = "databases/01-copy.sql"
_SCALE = 0.05
"""Of the copy from which some rows are taken and nothing else."""
_ROWS, _OF_ONE_PARENT, _IN_ALL, _LEAST = 12, 3, 600, 4
_UNQUOTED = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.BOOLEAN})


def fill_course(folder: Path) -> None:
    """Write the filling of a course's folder from a small copy that is made for it.

    Raises:
        YourSchemaError: the copy can't be made, or the filling can't be written.
    """
    data = load_course(folder).data
    assert isinstance(data, CopyOfTables)  # noqa: S101  (a folder that was made of a script)
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "copy.duckdb"
        data.build(copy, "ja", _SCALE)
        with duckdb.connect(copy, read_only=True) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            write_filling(folder, *data.tables, run_on(connection))


def write_filling(folder: Path, schema: Schema, mapping: Mapping, run: Run) -> None:
    """Write the filling of a course's folder, unless somebody has made it their own; one that does not load is none.

    Raises:
        YourSchemaError: it can't be written.
    """
    place = folder / PLACE
    try:
        if begins_as_ours(place, (MARK,)):
            text = _loading(folder, filling_of(schema, mapping, run))
            place.parent.mkdir(parents=True, exist_ok=True)
            write_whole(place, f"{MARK}\n{text}".encode())
    except OSError as error:
        raise YourSchemaError("not_writable", path=str(place)) from error


def _loading(folder: Path, text: str) -> str:
    """The filling, if the course's tables take it."""
    try:
        read_filling(load_course(folder).schema.model, text)
    except ExerciseFault as fault:
        _log.warning("the copy's rows do not load into the course's tables, which go without them: %s", fault)
        return ""
    return text


def filling_of(schema: Schema, mapping: Mapping, run: Run) -> str:
    """INSERT statements, parents first.

    Args:
        schema: The tables.
        mapping: Their keys and references.
        run: Runs a SELECT on the copy.
    """
    order = [name for name in table_order(mapping, schema) if schema.table(name) is not None]
    plans = {name: plan for name in order if (plan := mapping.table(name)) is not None}
    chosen = _chosen(plans, run)
    parts: list[str] = []
    for name in order:
        table = schema.table(name)
        if table is not None and chosen[name]:
            parts += _insert(table, plans[name], chosen[name], run)
    return "\n".join(parts) + "\n"


def _chosen(plans: dict[str, TablePlan], run: Run) -> dict[str, set[int]]:
    """The rows' numbers in the copy: some of each table, children first, and all that they refer to."""
    chosen: dict[str, set[int]] = {name: set() for name in plans}
    count = max(_LEAST, min(_ROWS, _IN_ALL // max(1, len(plans))))
    for name in reversed(plans):
        more = max(count - len(chosen[name]), _LEAST)
        chosen[name] |= _some(plans[name], chosen[name], more, run)
        _add_parents(plans[name], chosen, run)
    grown = -1
    while grown != (grown := sum(map(len, chosen.values()))):  # circles, and rows that refer to their own table
        for plan in plans.values():
            _add_parents(plan, chosen, run)
    return chosen


def _some(plan: TablePlan, taken: set[int], count: int, run: Run) -> set[int]:
    """Rows of a few parents, some of each; the same parents in each table that refers to them."""
    first = next((each.columns for each in plan.references if each.table != plan.name), ())
    parent = f"hash({_listed(first)})" if first else "hash(rowid)"
    rows = run(
        f"SELECT rowid FROM {quoted(plan.name)} WHERE rowid NOT IN ({_numbers(taken)})"
        f" QUALIFY row_number() OVER (PARTITION BY {parent} ORDER BY hash(rowid)) <= {_OF_ONE_PARENT}"
        f" ORDER BY {parent}, hash(rowid) LIMIT {count}"
    )
    return {int(str(row[0])) for row in rows}


def _add_parents(plan: TablePlan, chosen: dict[str, set[int]], run: Run) -> None:
    for reference in plan.references:
        if reference.table in chosen:
            chosen[reference.table] |= {parent for _, parent in _links(plan, reference, chosen[plan.name], run)}


def _links(plan: TablePlan, reference: Reference, rows: set[int], run: Run) -> list[tuple[int, int]]:
    """Pairs of a row and the row that it refers to."""
    same = " AND ".join(
        f"a.{quoted(own)} = b.{quoted(other)}" for own, other in zip(reference.columns, reference.referred, strict=True)
    )
    return [
        (int(str(child)), int(str(parent)))
        for child, parent in run(
            f"SELECT a.rowid, min(b.rowid) FROM {quoted(plan.name)} AS a JOIN {quoted(reference.table)} AS b ON {same}"
            f" WHERE a.rowid IN ({_numbers(rows)}) GROUP BY a.rowid"
        )
    ]


def _insert(table: Table, plan: TablePlan, rows: set[int], run: Run) -> Iterator[str]:
    """The statements that fill a table: DuckDB sees no row of the same statement that another one refers to."""
    values = _texts_of(table, rows, run)
    to_itself = [each for each in plan.references if each.table == plan.name]
    head = f"INSERT INTO {quoted(table.name)} ({_listed(each.name for each in table.columns)}) VALUES"
    own = {name for each in to_itself for name in each.columns} - set(plan.key)
    links = [pair for each in to_itself for pair in _links(plan, each, rows, run)]
    for step, in_circle in _steps(rows, links):
        blank = own if in_circle else set()
        lines = (", ".join(_values(table.columns, values[row], blank)) for row in step)
        yield f"{head}\n" + ",\n".join(f"  ({line})" for line in lines) + ";"


def _texts_of(table: Table, rows: set[int], run: Run) -> dict[int, list[str | None]]:
    """The values of the rows, as text."""
    texts = ", ".join(f"CAST({quoted(each.name)} AS VARCHAR)" for each in table.columns)
    found = run(f"SELECT rowid, {texts} FROM {quoted(table.name)} WHERE rowid IN ({_numbers(rows)})")
    return {int(str(row[0])): [None if each is None else str(each) for each in row[1:]] for row in found}


def _steps(rows: set[int], links: list[tuple[int, int]]) -> Iterator[tuple[list[int], bool]]:
    """The rows of a table, each after those of the same table that it refers to; a circle is cut where its row refers on."""
    waits: dict[int, set[int]] = {row: set() for row in rows}
    for child, parent in links:
        waits[child].add(parent)
    while waits:
        free = sorted(row for row, before in waits.items() if not before & waits.keys())
        step = free or [min(waits)]
        yield step, not free
        for row in step:
            del waits[row]


def _values(columns: Iterable[OwnColumn], texts: Iterable[str | None], blank: set[str]) -> Iterator[str]:
    for column, text in zip(columns, texts, strict=True):
        if text is None or column.name in blank:
            yield "NULL"
        else:
            yield text if column.kind in _UNQUOTED else literal(text)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(quoted, names))


def _numbers(rows: Iterable[int]) -> str:
    """A list for IN, which is never empty."""
    return ", ".join(map(str, sorted(rows))) or "-1"
