"""The file of a second month: a copy of the data set that goes on until whoever came last has been watched, with the plan and who took part."""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np

from marketplace import days
from marketplace.columns import pa
from marketplace.manifest import manifest_of
from marketplace.nights.arrivals import arrivals
from marketplace.nights.files import facts_of, quoted, writing_config
from marketplace.nights.merging import FIXED_NAME, go_on
from marketplace.schema import TABLES, keyless_ddl
from marketplace.secondmonth.metrics import arms_query
from marketplace.secondmonth.month import quiet_month, with_measure
from marketplace.secondmonth.units import OPENS, closes
from marketplace.settings import Settings
from marketplace.workplace import put_in_place, workplace

if TYPE_CHECKING:
    from collections.abc import Callable

    from marketplace.columns import Rows
    from marketplace.keys import Flags
    from marketplace.manifest import Manifest
    from marketplace.secondmonth.month import SecondMonth
    from marketplace.secondmonth.plan import Plan, Target

LEAST_POWER = 0.8
"""Below it a plan is said to be too small for what was drawn."""


@dataclass(frozen=True)
class Drawn:
    """What the mentors alone know of a second month."""

    units: int
    """Guests or casts who take part, test accounts left out."""
    base: float
    """The metric without the measure."""
    difference: float
    """By which the measure changes it on average."""
    power: float
    """The chance that the planned analysis finds it, two-sided at 5 %."""
    power_of_whole_group: float
    """The same for a plan that takes in everybody in as many months."""


def make_second_month(data: Path, plan: Plan, settings: Settings, target: Target | None = None) -> Manifest:
    """Write the file of a plan's second month and its manifest, which alone knows the effect; raises MarketplaceError.

    Args:
        data: The data set that the month follows on; it stays as it is.
        plan: The measure.
        settings: Where to write, and with how many threads; scale, seed and locale are those of the data.
        target: Runs the plan's condition; needed if there is one.
    """
    started = time.perf_counter()
    facts, used = facts_of(data)
    settings = replace(settings, scale=float(facts["scale"]), seed=int(facts["seed"]), locale=facts["locale"])
    with workplace(settings) as place:
        month = with_measure(*quiet_month(settings, plan.months), plan, _chooser(place, data, plan, target))
        made = place / settings.out.name
        shutil.copyfile(data, made)
        with duckdb.connect(str(made), config=writing_config(settings)) as connection:
            connection.execute(f"ATTACH {quoted(data)} AS {FIXED_NAME} (READ_ONLY); BEGIN")
            go_on(connection, arrivals(month.world, used))
            _write_plan(connection, month)
            labels = ", ".join(f"'{name}={value}'" for name, value in {**facts, "kind": "measure"}.items())
            connection.execute(f"DROP TYPE marketplace_build; CREATE TYPE marketplace_build AS ENUM ({labels})")
            connection.execute("COMMIT; CHECKPOINT")
            counts = {table: _one(connection, f"SELECT count(*) FROM {table}") for table in TABLES}
            arms = connection.execute(arms_query(plan.metric, plan.key, plan.area)).fetchall()
        manifest = _manifest(month, counts, arms, time.perf_counter() - started)
        put_in_place(settings, made, manifest, place)
        return manifest


def what_is_drawn(data: Path, plan: Plan, target: Target | None = None) -> Drawn:
    """Return the truth of a plan's second month without writing it; raises MarketplaceError where it can't be run.

    Args:
        data: The data set that the month would follow on; it stays as it is.
        plan: The measure.
        target: Runs the plan's condition; needed if there is one.
    """
    facts, _ = facts_of(data)
    settings = Settings(float(facts["scale"]), int(facts["seed"]), facts["locale"])
    with tempfile.TemporaryDirectory() as folder:
        month = with_measure(*quiet_month(settings, plan.months), plan, _chooser(Path(folder), data, plan, target))
    size = month.effect.target
    return Drawn(size.units, size.base, size.difference, size.power, month.effect.whole.power)


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _chooser(place: Path, data: Path, plan: Plan, target: Target | None) -> Callable[[Rows, Flags], Flags]:
    """Return a function that lets the target's condition choose, on a file that holds those of the group alone."""

    def chosen(rows: Rows, belongs: Flags) -> Flags:
        if target is None:
            raise ValueError("a plan with a condition needs somebody to run it")
        path = place / "group.duckdb"
        write_group(path, data, plan, rows.chosen(belongs))
        found = target(path, plan.table, plan.key)
        if plan.is_of_days:
            return belongs & np.isin(np.arange(rows.count), [days.number_of(day) for day in found])
        return belongs & np.isin(np.arange(1, rows.count + 1), np.fromiter(found, np.int64))

    return chosen


def write_group(path: Path, data: Path, plan: Plan, rows: Rows) -> None:
    """Write the small file on which a condition is run: those of the group, and of the history what the condition names."""
    named = plan.condition.lower()
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"ATTACH {quoted(data)} AS {FIXED_NAME} (READ_ONLY); BEGIN; {keyless_ddl()}")
        connection.register("armful", pa.Table.from_batches([rows.to_batch({})]))
        connection.execute(f"INSERT INTO {plan.table} BY NAME FROM armful")
        connection.unregister("armful")
        for table in TABLES:
            if table in named and table != plan.table:
                connection.execute(f"INSERT INTO {table} FROM {FIXED_NAME}.{table}")
        connection.execute("COMMIT; CHECKPOINT")


def _write_plan(connection: duckdb.DuckDBPyConnection, month: SecondMonth) -> None:
    plan = month.plan
    ddl = (files("marketplace") / "secondmonth" / "plan_tables.sql").read_text(encoding="utf-8")
    connection.execute(ddl.format(key=plan.key, kind="DATE" if plan.is_of_days else "INTEGER"))
    first, last = (str(days.calendar_day(int(days.day_number(moment)))) for moment in (OPENS, closes(plan) - 1))
    last = first if plan.is_of_casts else last
    row = [plan.group, plan.area or None, plan.condition or None, plan.metric_name, plan.treatment_percent, first, last]
    connection.execute("INSERT INTO measure_plan VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    connection.register("armful", pa.Table.from_batches([month.units.to_rows().to_batch({})]))
    connection.execute("INSERT INTO measure_units BY NAME FROM armful")
    connection.unregister("armful")


def _manifest(month: SecondMonth, counts: dict[str, int], arms: list[tuple[Any, ...]], seconds: float) -> Manifest:
    plan, effect, world = month.plan, month.effect, month.world
    planted = {
        **{name: value for name, value in asdict(plan).items() if value != ""},
        "relative_lift": round(effect.lift, 4),
        "whole_group": _rounded(asdict(effect.whole)),
        "plan": _rounded(asdict(effect.target)),
        "found": {variant: {"units": units, "mean": round(total / units, 4)} for variant, units, total, _ in arms},
    }
    return manifest_of(world, 0, counts, seconds, {"second_month": planted})


def _rounded(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in facts.items()}
