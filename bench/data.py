"""How fast the practice data is made: rows/s and peak memory, beside Faker and mimesis row by row and TPC-H's dbgen.

    python bench/data.py [--sizes tiny,std,large,xl] [--baseline-events 10000000] [--threads 2]

Each line is made in a process of its own. Ours is the whole schema of 20 tables, keys and planted truths and all; the row-by-row
generators make five narrow tables (guests, casts, impressions 70 %, messages 25 %, payments 5 % of the events) and hand them to
DuckDB through Arrow in chunks of 100,000 rows. `cpu` is user + system time, which other work on the machine disturbs less than `wall`.
The goals are printed last; the load average says how quiet the machine was.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EVENT_TABLES = (
    "sessions",
    "list_impressions",
    "talks",
    "messages",
    "appointments",
    "appointment_status_log",
    "payments",
    "point_ledger",
)
_CHUNK = 100_000


def main() -> None:
    """Run every line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="tiny,std,large,xl")
    parser.add_argument("--baseline-events", type=int, default=10_000_000)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--line", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.line:
        print(json.dumps(run_line(options.line, options)))
        return
    lines = [f"ours:{size}" for size in options.sizes.split(",") if size] + ["faker", "mimesis", "dbgen"]
    print(
        f"{'':14}{'rows':>13}{'events':>13}{'wall s':>9}{'cpu s':>9}{'rows/s':>12}{'rows/cpu s':>12}{'peak MB':>9}{'file MB':>9}"
    )
    results = {}
    for line in lines:
        results[line] = in_own_process(line, options)
        print(as_text(line, results[line]), flush=True)
    print(f"\n{options.threads} threads of {os.cpu_count()} cores; load average {load()}")
    for goal, found in goals(results):
        print(f"{goal:64}{found}")


def load() -> str:
    """Return the load average of the last 1, 5 and 15 minutes, where the system tells."""
    return ", ".join(f"{each:.1f}" for each in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"


def goals(results: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield what is aimed at and what came out, for the lines that were run."""
    tiny, std, large, xl, faker, mimesis = (
        results.get(line) for line in ("ours:tiny", "ours:std", "ours:large", "ours:xl", "faker", "mimesis")
    )
    if tiny:
        yield "tiny in 0.3 s", f"{tiny['wall']:.2f} s ({tiny['cpu']:.2f} s CPU)"
    if std:
        yield "std in 2 s", f"{std['wall']:.2f} s ({std['cpu']:.2f} s CPU)"
    if large:
        rates = f"{large['events'] / large['wall']:,.0f} ({large['events'] / large['cpu']:,.0f} a CPU second)"
        yield "whole schema at large: 1,000,000 events/s", rates
    for name, other, goal in (("Faker", faker, "20 x "), ("mimesis", mimesis, "")):
        if large and other and "note" not in other:
            ratio = large["rows"] / large["cpu"] / (other["rows"] / other["cpu"])
            yield f"{goal}{name} row by row, rows a CPU second at {other['events']:,} events", f"{ratio:.1f} x"
    if xl and large:
        yield "xl within 3 GB", f"{xl['peak'] / 1000:.2f} GB"
        share = xl["rows"] / xl["cpu"] / (large["rows"] / large["cpu"])
        yield "xl at 70 % of large's rows a CPU second", f"{100 * share:.0f} %"


def in_own_process(line: str, options: argparse.Namespace) -> dict[str, Any]:
    """Return the result of one line, run by itself."""
    command = [sys.executable, __file__, "--line", line, "--threads", str(options.threads)]
    command += ["--baseline-events", str(options.baseline_events)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"note": (done.stderr.strip().splitlines() or ["failed"])[-1]}
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def as_text(line: str, result: dict[str, Any]) -> str:
    """Return one line of the table."""
    if "note" in result:
        return f"{line:14}{result['note']}"
    rows, wall, cpu = result["rows"], result["wall"], result["cpu"]
    return (
        f"{line:14}{rows:>13,}{result['events']:>13,}{wall:>9.2f}{cpu:>9.2f}{rows / wall:>12,.0f}{rows / cpu:>12,.0f}"
        f"{result['peak']:>9,.0f}{result['file']:>9,.0f}"
    )


def run_line(line: str, options: argparse.Namespace) -> dict[str, Any]:
    """Make one data set and return what it took."""
    kind, _, size = line.partition(":")
    if kind == "dbgen":
        return dbgen(options.threads)
    with tempfile.TemporaryDirectory(prefix="bench-data-") as folder:
        out = Path(folder) / "data.duckdb"
        maker: Callable[[], tuple[int, int]]
        if kind == "ours":
            maker = ours(size, out, options.threads)
        else:
            maker = row_by_row(FAKES[kind](), out, options.baseline_events)
        started, cpu = time.perf_counter(), time.process_time()
        rows, events = maker()
        return {
            "rows": rows,
            "events": events,
            "wall": time.perf_counter() - started,
            "cpu": time.process_time() - cpu,
            "peak": peak_megabytes(),
            "file": out.stat().st_size / 1e6,
        }


def peak_megabytes() -> float:
    """Return the process's peak resident memory, 0 where the system does not tell."""
    try:
        resource: Any = import_module("resource")
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(peak) / (1e6 if sys.platform == "darwin" else 1e3)


def ours(size: str, out: Path, threads: int) -> Callable[[], tuple[int, int]]:
    """Return a maker of our data, with imports done."""
    import marketplace
    import marketplace.building

    def make() -> tuple[int, int]:
        settings = marketplace.Settings(scale=marketplace.scale_factor(size), out=out, threads=threads)
        manifest = marketplace.build(settings)
        return manifest.rows, sum(manifest.counts[table] for table in EVENT_TABLES)

    return make


def fake_with_faker() -> dict[str, Callable[[], Any]]:
    """Return Faker's functions for the columns."""
    from faker import Faker

    fake = Faker("ja_JP", use_weighting=False)
    fake.seed_instance(1)
    return {
        "name": fake.name,
        "email": fake.ascii_email,
        "address": fake.address,
        "phone": fake.phone_number,
        "word": fake.word,
        "number": lambda: fake.random_int(1, 100_000),
        "time": lambda: fake.date_time_between("-2y", "now"),
    }


def fake_with_mimesis() -> dict[str, Callable[[], Any]]:
    """Return mimesis's functions for the columns."""
    from mimesis import Generic
    from mimesis.locales import Locale

    fake = Generic(Locale.JA, seed=1)
    return {
        "name": fake.person.full_name,
        "email": fake.person.email,
        "address": fake.address.address,
        "phone": fake.person.phone_number,
        "word": fake.text.word,
        "number": lambda: fake.numeric.integer_number(1, 100_000),
        "time": lambda: fake.datetime.datetime(2024, 2025),
    }


FAKES = {"faker": fake_with_faker, "mimesis": fake_with_mimesis}
MINI = {
    "guests": (0.008, ("number", "name", "email", "address", "phone", "time")),
    "casts": (0.0004, ("number", "name", "word", "time")),
    "impressions": (0.70, ("number", "number", "number", "number", "time")),
    "messages": (0.25, ("number", "number", "word", "time")),
    "payments": (0.05, ("number", "number", "number", "time")),
}
"""Share of the events, and columns, of each table."""


def row_by_row(fake: dict[str, Callable[[], Any]], out: Path, events: int) -> Callable[[], tuple[int, int]]:
    """Return a maker of the five tables, a row at a time."""
    import duckdb

    arrow: Any = import_module("pyarrow")

    def make() -> tuple[int, int]:
        total = 0
        with duckdb.connect(str(out)) as connection:
            for table, (share, columns) in MINI.items():
                makers = [fake[column] for column in columns]
                for part, count in enumerate(chunks(int(events * share))):
                    rows = [[maker() for maker in makers] for _ in range(count)]
                    chunk = arrow.table(
                        {f"c{place}": list(values) for place, values in enumerate(zip(*rows, strict=True))}
                    )
                    connection.register("chunk", chunk)
                    verb = f"CREATE TABLE {table} AS" if part == 0 else f"INSERT INTO {table}"
                    connection.execute(f"{verb} FROM chunk")
                    total += count
        return total, events

    return make


def chunks(count: int) -> Iterator[int]:
    """Yield the sizes of the chunks of so many rows."""
    for start in range(0, count, _CHUNK):
        yield min(_CHUNK, count - start)


def dbgen(threads: int) -> dict[str, Any]:
    """Return what TPC-H at scale factor 1 takes, if its extension can be loaded without a network."""
    import duckdb

    with duckdb.connect(config={"threads": threads}) as connection:
        try:
            connection.execute("LOAD tpch")
        except duckdb.Error:
            return {"note": f"extension not available (DuckDB {duckdb.__version__} cannot load tpch offline)"}
        started, cpu = time.perf_counter(), time.process_time()
        connection.execute("CALL dbgen(sf = 1)")
        took, used = time.perf_counter() - started, time.process_time() - cpu
        counted = connection.execute("SELECT sum(estimated_size) FROM duckdb_tables()").fetchone()
        rows = int(counted[0]) if counted else 0
        return {"rows": rows, "events": rows, "wall": took, "cpu": used, "peak": peak_megabytes(), "file": 0.0}


if __name__ == "__main__":
    main()
