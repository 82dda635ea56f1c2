"""The learner's room in seconds: a kernel's start, restart and first result, an answer run and graded, the usable page.

    python bench/room.py [--rounds 5] [--answers 40] [--scale std] [--no-browser] [--out FILE]

Running the same query is also measured with jupyter-duckdb's kernel and with JupySQL's %%sql, where they are installed
(`uv pip install jupyter-duckdb jupysql duckdb-engine` into an environment of their own, named by --other); neither grades.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_client.manager import KernelManager
from start import add, kernel, measure_pages, prepare, timed

if TYPE_CHECKING:
    from collections.abc import Callable

QUERY = """SELECT prefecture, count(*) AS guests FROM guests
WHERE NOT is_test GROUP BY prefecture ORDER BY guests DESC, prefecture"""
RIGHT = """-- Answer L1-07
SELECT guest_id, registered_at_utc FROM guests
WHERE prefecture = 'Tokyo' AND NOT is_test
ORDER BY registered_at_utc DESC, guest_id LIMIT 10"""
WRONG = RIGHT.replace(" AND NOT is_test", "")
FIRST = """-- Answer L1-02
SELECT guest_id, verified_at_utc FROM guests"""
READING = 10  # seconds from the opened lesson to its first query; a quick reader needs over a minute
TARGETS = {
    "start to first result": 1.5,
    "restart to first result": 2.0,
    "first evening: first answer": 1.0,
    "another evening: first answer": 1.0,
    "answer run and graded, p50": 0.2,
    "answer run and graded, p95": 0.5,
}


def main() -> None:
    options = read_options()
    figures: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "second-penguin"
        prepare(folder, options.scale)
        data = folder / ".penguin" / "marketplace-en.duckdb"
        for _ in range(options.rounds):
            measure_room(data, figures)
        measure_evenings(folder, figures)
        measure_answers(data, figures, options.answers)
        for name, command in others(options.other, data).items():
            measure_other(name, command, figures, options.rounds)
        if options.browser:
            for _ in range(min(options.rounds, 3)):
                measure_pages(folder, figures, options.scale)
    report(figures, options.out)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--answers", type=int, default=40)
    parser.add_argument("--scale", default="std")
    parser.add_argument("--other", type=Path, help="a Python with jupyter-duckdb and JupySQL")
    parser.add_argument("--no-browser", dest="browser", action="store_false")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def measure_room(data: Path, figures: dict[str, list[float]]) -> None:
    """A kernel's start and restart, each until the first result is there."""
    variables = {**os.environ, "PENGUIN_DATA": str(data), "PENGUIN_LANG": "en"}
    with kernel("penguin-sql", variables) as (begun, run):
        run(QUERY)
        add(figures, "start to first result", time.perf_counter() - begun)
        for _ in range(5):
            add(figures, "a query again", timed(lambda: run(QUERY)))
    add(figures, "restart to first result", restart_seconds(variables))


def restart_seconds(variables: dict[str, str]) -> float:
    manager = KernelManager(kernel_name="penguin-sql")
    manager.start_kernel(env=variables)
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=120)
    client.execute_interactive(QUERY, timeout=120, output_hook=lambda _: None)
    begun = time.perf_counter()
    manager.restart_kernel(now=False)
    client.wait_for_ready(timeout=120)
    client.execute_interactive(QUERY, timeout=120, output_hook=lambda _: None)
    seconds = time.perf_counter() - begun
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    return seconds


def measure_evenings(folder: Path, figures: dict[str, list[float]]) -> None:
    """The first answer of an evening: the lesson is opened, its first lines are read, its first query is run.

    The kernel makes the databases of the first exercise that is not done while the learner reads. The first evening finds
    nothing in the cache, the second what the first one left there.
    """
    notebook = next(folder.glob("01 *.ipynb"))
    with tempfile.TemporaryDirectory() as cache:
        variables = {
            **os.environ,
            "PENGUIN_DATA": str(folder / ".penguin" / "marketplace-en.duckdb"),
            "PENGUIN_LANG": "en",
            "JPY_SESSION_NAME": str(notebook),
            "XDG_CACHE_HOME": cache,
        }
        for evening in ("first evening", "another evening"):
            with kernel("penguin-sql", variables) as (_, run):
                time.sleep(READING)
                add(figures, f"{evening}: first answer", timed(lambda: run(FIRST)))
                add(figures, f"{evening}: second answer", timed(lambda: run(f"{FIRST} -- again")))


def measure_answers(data: Path, figures: dict[str, list[float]], answers: int) -> None:
    """Right and wrong answers in turn, each another text, so that none is remembered."""
    variables = {**os.environ, "PENGUIN_DATA": str(data), "PENGUIN_LANG": "en"}
    with kernel("penguin-sql", variables) as (_, run):
        add(figures, "an answer out of turn, its databases made or read", timed(lambda: run(WRONG)))
        for number in range(answers):
            text = f"{(RIGHT, WRONG)[number % 2]} -- {number}"
            add(figures, "answer run and graded", timed(lambda text=text: run(text)))


def others(python: Path | None, data: Path) -> dict[str, tuple[list[str], list[str]]]:
    """Name -> the kernel's command and the cells that make it ready."""
    if python is None:
        print("jupyter-duckdb, JupySQL: not measured (no --other)")
        return {}
    connection = f"%sql duckdb:///{data}"
    commands = {
        "jupyter-duckdb": ([str(python), "-m", "duckdb_kernel", "-f", "{connection_file}"], [f"%LOAD {data}"]),
        "JupySQL": (
            [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            ["%load_ext sql", "%config SqlMagic.displaycon = False", connection],
        ),
    }
    modules = {"jupyter-duckdb": "duckdb_kernel", "JupySQL": "sql.magic"}
    found = {}
    for name, module in modules.items():
        known = subprocess.run([str(python), "-c", f"import {module}"], capture_output=True, check=False)
        if known.returncode == 0:
            found[name] = commands[name]
        else:
            print(f"{name}: not measured ({module} is not installed)")
    return found


def measure_other(name: str, command: Any, figures: dict[str, list[float]], rounds: int) -> None:
    arguments, ready = command
    for _ in range(rounds):
        begun = time.perf_counter()
        manager = KernelManager(kernel_name="python3")
        manager.kernel_spec.argv = arguments
        manager.start_kernel()
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=120)
        run = runner(client, "%%sql\n" if name == "JupySQL" else "")
        for cell in ready:
            client.execute_interactive(cell, timeout=120, output_hook=lambda _: None)
        run(QUERY)
        add(figures, f"{name}: start to first result", time.perf_counter() - begun)
        for _ in range(5):
            add(figures, f"{name}: a query again", timed(lambda run=run: run(QUERY)))
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def runner(client: Any, prefix: str) -> Callable[[str], None]:
    """Runs a cell and fails if it shows nothing."""

    def run(code: str) -> None:
        shown: list[str] = []
        client.execute_interactive(
            f"{prefix}{code}", timeout=120, output_hook=lambda each: shown.append(each["msg_type"])
        )
        if not {"display_data", "execute_result", "stream"} & set(shown):
            message = f"nothing was shown: {shown}"
            raise RuntimeError(message)

    return run


def report(figures: dict[str, list[float]], out: Path | None) -> None:
    rows = {}
    for name, seconds in figures.items():
        ordered = sorted(seconds)
        p95 = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
        rows[name] = {"n": len(ordered), "p50": statistics.median(ordered), "p95": p95}
        print(f"{name:55} n={len(ordered):3}  p50 {1000 * rows[name]['p50']:7.0f} ms  p95 {1000 * p95:7.0f} ms")
    for target, limit in TARGETS.items():
        name, _, which = target.partition(", p")
        value = rows[name][f"p{which or '50'}"]
        print(f"target {target} <= {limit} s: {'met' if value <= limit else 'missed'} ({value:.2f} s)")
    if out:
        out.write_text(json.dumps({"python": sys.version, "figures": figures}, indent=1))


if __name__ == "__main__":
    main()
