"""Seconds from a DDL to a room that can be asked, and to its first drill, on schemas of 8 and 80 tables.

    uv run python bench/own_tables.py [--tables 8 80] [--drills]

Each is a chain of shops: branches, items and customers, with orders, lines and payments that refer to them, made here.
A line a schema: the course and its copy made (`penguin start --schema … --prepare-only`, a process of its own), and then the
first query in a kernel of that folder. With --drills another: the first drill proved, all of them (`penguin drills`), the room
of them ready, and then the first one asked by `%practice`. Packs that the judge has made before are in the user's cache: with an empty
folder as XDG_CACHE_HOME it is as on the first day.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from jupyter_client.manager import KernelManager

_COLUMNS = (
    "  name TEXT NOT NULL,\n  category TEXT CHECK (category IN ('a', 'b', 'c')),\n  amount INTEGER CHECK (amount >= 0),\n"
    "  created_at TIMESTAMP NOT NULL,\n  closed_at TIMESTAMP"
)


def ddl(tables: int) -> str:
    """So many tables; each but the first refers to one or two of those before it."""
    made = []
    for number in range(tables):
        parents = sorted({number // 2, number // 3}) if number else []
        keys = "".join(f"  t{each}_id INTEGER NOT NULL REFERENCES t{each} (id),\n" for each in parents if each < number)
        made.append(f"CREATE TABLE t{number} (\n  id INTEGER PRIMARY KEY,\n{keys}{_COLUMNS}\n);")
    return "\n".join(made)


def seconds_to_room(place: Path, tables: int) -> tuple[float, float]:
    """Until the folder is ready, and from there until a kernel has answered the first query."""
    script = place / f"shops_{tables}.sql"
    script.write_text(ddl(tables), encoding="utf-8")
    folder, environment = place / f"room-{tables}", _environment()
    command = [sys.executable, "-m", "classroom", "start", "--schema", str(script), "--dir", str(folder)]
    began = time.perf_counter()
    subprocess.run([*command, "--prepare-only"], env=environment, check=True, capture_output=True)
    ready = time.perf_counter() - began
    return ready, seconds_to_answer(folder, environment, "SELECT count(*) FROM t1")


def seconds_to_answer(folder: Path, environment: dict[str, str], asked: str) -> float:
    """Until a kernel of a folder is there and has run one cell."""
    began, shown = time.perf_counter(), list[str]()
    manager = KernelManager(kernel_name="penguin-sql")
    manager.start_kernel(env=environment, cwd=folder)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        reply = client.execute_interactive(
            asked, timeout=60, output_hook=lambda each: shown.append(str(each["content"]))
        )
        if reply["content"]["status"] != "ok" or not any("text/plain" in each for each in shown):
            raise RuntimeError(reply["content"])
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return time.perf_counter() - began


def seconds_to_drill(place: Path, tables: int) -> tuple[int, float, float, float, float]:
    """How many drills are offered, the seconds until the first and all are, from there to their room, and until it asks one."""
    script = place / f"shops_{tables}.sql"
    script.write_text(ddl(tables), encoding="utf-8")
    course, folder, environment = place / f"drills-{tables}", place / f"practice-{tables}", _environment()
    penguin = [sys.executable, "-m", "classroom"]
    began, first = time.perf_counter(), 0.0
    command = [*penguin, "drills", "--schema", str(script), "--out", str(course)]
    making = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while making.poll() is None:
        if not first and any((course / "practice").rglob("*.toml")):
            first = time.perf_counter() - began
        time.sleep(0.2)
    if making.returncode:
        raise subprocess.CalledProcessError(making.returncode, command)
    made = time.perf_counter() - began
    began = time.perf_counter()
    start = [*penguin, "start", "--course", str(course), "--dir", str(folder), "--prepare-only"]
    subprocess.run(start, env=environment, check=True, capture_output=True)
    ready = time.perf_counter() - began
    offered = len(list((course / "practice").rglob("*.toml")))
    return offered, first, made, ready, seconds_to_answer(folder, environment, "%practice")


def _environment() -> dict[str, str]:
    environment = {**os.environ, "PENGUIN_LANG": "en"}
    for name in ("PENGUIN_COURSE", "PENGUIN_DATA"):
        environment.pop(name, None)
    return environment


def main() -> None:
    """Print a line a schema, or two."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=int, nargs="+", default=[8, 80])
    parser.add_argument("--drills", action="store_true", help="to the first drill as well, which takes minutes")
    told = parser.parse_args()
    for tables in told.tables:
        with tempfile.TemporaryDirectory() as place:
            ready, asked = seconds_to_room(Path(place), tables)
            print(f"{tables} tables: {ready:.1f} s from the DDL to the folder, {asked:.1f} s more to the first answer")
            if told.drills:
                offered, first, made, laid, drill = seconds_to_drill(Path(place), tables)
                print(
                    f"{tables} tables: {first:.1f} s from the DDL to a proved drill, {made:.1f} s to all {offered}, "
                    f"{laid:.1f} s more to their room, {drill:.1f} s more to the first drill",
                    flush=True,
                )


if __name__ == "__main__":
    main()
