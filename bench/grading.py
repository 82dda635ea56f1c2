"""Seconds a submission costs: plain nbgrader, nbgrader with our kernel, nbgrader with our step, the desk on 1 and 2 cores and on Dask.

    uv run python bench/grading.py [--sizes 40 400] [--plain 20] [--kernel 5] [--out table.md]

All on this machine in one run, with the same queries; about seven minutes on a quiet machine of two cores. Plain nbgrader and
our kernel are measured on fewer submissions, as their time grows with the number: each starts a kernel. The packs of the
mentor's seed are made beforehand (`penguin mentor prepare`), timed apart. All of our ways must give the same scores.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "classroom" / "mentor"))

from cohort import STOCK_STEPS, answered, hand_in, mixed_answers, released  # noqa: E402

from coursebook import load_course  # noqa: E402

LESSON = "L1"
PYTHON_CHECK = """
import duckdb
con = duckdb.connect({practice!r}, read_only=True)
def result(sql):
    try:
        return con.execute(sql).fetchall()
    except Exception as fault:
        return repr(fault)
"""


@dataclass(frozen=True)
class Timing:
    """One way of grading on so many submissions."""

    way: str
    submissions: int
    seconds: float
    cpu: float
    """Processor seconds of the command and its processes, which other work on the machine does not lengthen."""
    peak_mb: float

    @property
    def each(self) -> float:
        """Seconds a submission."""
        return self.seconds / self.submissions


def run(command: list[str], folder: Path, **variables: str) -> tuple[float, float, float]:
    """Seconds, processor seconds and peak memory (MB, the sum over the process tree) of a command."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, **variables}
    peak, started, used = 0.0, time.perf_counter(), processor_seconds()
    with (folder / "bench.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        while process.poll() is None:
            peak = max(peak, tree_mb(process.pid))
            time.sleep(0.1)
    seconds = time.perf_counter() - started
    if process.returncode != 0:
        print((folder / "bench.log").read_text(encoding="utf-8")[-3000:], file=sys.stderr)
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return seconds, processor_seconds() - used, peak


def processor_seconds() -> float:
    """Processor time of all processes that this one has waited for."""
    used = os.times()
    return used.children_user + used.children_system


def tree_mb(root: int) -> float:
    """Proportional set size of a process and its descendants, from /proc; 0 where there is none."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
    family = {root}
    while grown := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= grown
    total = 0
    for pid in family:
        try:
            lines = (Path("/proc") / str(pid) / "smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except (OSError, StopIteration, ValueError):
            continue
    return total / 1024


def nbgrader(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "nbgrader", *arguments]


def penguin(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "classroom", "mentor", *arguments]


def sql_class(place: Path, count: int) -> Path:
    """A mentor's folder with `count` hand-ins of the realistic mix."""
    folder = place / f"class-{count}"
    (folder / "desk").mkdir(parents=True)
    (folder / "desk" / "seed.txt").write_text("20270401\n", encoding="ascii")
    run(penguin("init", str(folder), "--lang", "ja"), folder)
    run(penguin("release", LESSON, "--no-exchange"), folder)
    name, notebook = released(folder, LESSON)
    course = load_course()
    exercises = [each.id for each in course.lesson(LESSON).exercises]
    for number in range(count):
        hand_in(folder, f"s{number:03d}", LESSON, name, answered(notebook, mixed_answers(course, exercises, number)))
    return folder


def python_class(place: Path, count: int, practice: Path) -> Path:
    """The same queries as a Python course: each answer a string, compared with the solution's result."""
    folder = place / f"python-{count}"
    source = folder / "source" / LESSON / "lesson.ipynb"
    source.parent.mkdir(parents=True)
    course = load_course()
    exercises = course.lesson(LESSON).exercises
    cells = [code_cell("setup", PYTHON_CHECK.format(practice=str(practice)))]
    for exercise in exercises:
        text = exercise.solutions[0].sql
        cells.append(
            code_cell(
                f"answer-{exercise.id}", f"### BEGIN SOLUTION\nanswer = {text!r}\n### END SOLUTION", solution=True
            )
        )
        check = f"assert result(answer) == result({text!r})"
        cells.append(code_cell(f"grade-{exercise.id}", check, points=exercise.points))
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    source.write_text(
        json.dumps({"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8"
    )
    run(nbgrader("generate_assignment", LESSON, "--create"), folder)
    name, notebook = released(folder, LESSON)
    for number in range(count):
        answers = mixed_answers(course, [each.id for each in exercises], number)
        copy: dict[str, Any] = json.loads(json.dumps(notebook))
        for cell in copy["cells"]:
            if cell["id"].startswith("answer-"):
                cell["source"] = f"answer = {answers.get(cell['id'].removeprefix('answer-'), '')!r}"
        hand_in(folder, f"s{number:03d}", LESSON, name, copy)
    return folder


def code_cell(cell_id: str, source: str, *, solution: bool = False, points: float | None = None) -> dict[str, Any]:
    nbgrader_metadata: dict[str, Any] = {
        "grade": points is not None,
        "grade_id": cell_id,
        "locked": points is not None,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    if points is not None:
        nbgrader_metadata["points"] = points
    metadata = {"nbgrader": nbgrader_metadata} if solution or points is not None else {}
    return {
        "cell_type": "code",
        "id": cell_id,
        "metadata": metadata,
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def fresh(folder: Path) -> Path:
    """The folder as it was before anything was graded; the packs stay in the user's cache."""
    for name in ("autograded", "desk/desk.db", "desk/desk.db-wal", "desk/desk.db-shm"):
        target = folder / name
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)
    with sqlite3.connect(folder / "gradebook.db") as connection:
        for table in ("grade", "comment", "submitted_notebook", "submitted_assignment"):
            connection.execute(f"DELETE FROM {table}")
    return folder


def scores(folder: Path) -> list[tuple[Any, ...]]:
    query = """
        SELECT submitted_assignment.student_id, base_cell.name, round(grade.auto_score, 6) FROM grade
        JOIN base_cell ON base_cell.id = grade.cell_id
        JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
        JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id ORDER BY 1, 2"""
    with sqlite3.connect(folder / "gradebook.db") as connection:
        return connection.execute(query).fetchall()


def check_equal(found: object, expected: object) -> None:
    if found != expected:
        raise SystemExit("two ways of grading gave different scores")


def on_cluster(folder: Path, count: int) -> Timing:
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        peaks, stop = [0.0], threading.Event()

        def watch() -> None:
            while not stop.wait(0.2):
                peaks.append(tree_mb(os.getpid()))

        watcher = threading.Thread(target=watch)
        watcher.start()
        seconds, cpu, _ = run(penguin("grade", LESSON, "--scheduler", cluster.scheduler_address), folder)
        stop.set()
        watcher.join()
    return Timing("desk, Dask, 2 workers (their CPU not counted)", count, seconds, cpu, max(peaks))


def measure(place: Path, sizes: list[int], plain: int, kernel: int) -> list[Timing]:
    timings = []

    def note(way: str, folder: Path, count: int, command: list[str], **variables: str) -> None:
        timings.append(Timing(way, count, *run(command, folder, **variables)))
        print(f"{way:34} {count:5} {timings[-1].seconds:8.1f} s {timings[-1].each:8.3f} s each", flush=True)

    practice = place / "practice.duckdb"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "classroom",
            "data",
            "build",
            "--scale",
            "small",
            "--locale",
            "ja",
            "--out",
            str(practice),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    note("plain nbgrader, Python kernel", python_class(place, plain, practice), plain, nbgrader("autograde", LESSON))
    small = sql_class(place, kernel)
    note("making the packs, once", small, 1, penguin("prepare", LESSON))
    config = small / "nbgrader_config.py"
    config.write_text(config.read_text(encoding="utf-8") + STOCK_STEPS, encoding="utf-8")
    quiet = {"PENGUIN_DATA": str(practice), "PENGUIN_LANG": "ja"}
    note("nbgrader, SQL kernel", small, kernel, nbgrader("autograde", LESSON), **quiet)
    for size in sizes:
        folder = sql_class(place, size)
        note("nbgrader autograde, our step", fresh(folder), size, nbgrader("autograde", LESSON))
        expected = scores(folder)
        for cores in (1, 2):
            note(f"desk, {cores} core", fresh(folder), size, penguin("grade", LESSON, "--workers", str(cores)))
            check_equal(scores(folder), expected)
        note("desk, again with nothing new", folder, size, penguin("grade", LESSON))
        timings.append(on_cluster(fresh(folder), size))
        check_equal(scores(folder), expected)
    return timings


def table(timings: list[Timing]) -> str:
    plain = next(each for each in timings if each.way.startswith("plain"))
    lines = [
        "| way | submissions | seconds | s each | × plain | CPU s each | × plain | peak MB |",
        "|---|" + "---:|" * 7,
    ]
    lines += [
        f"| {each.way} | {each.submissions} | {each.seconds:.1f} | {each.each:.3f}"
        f" | {plain.each / each.each:.1f} | {each.cpu / each.submissions:.3f}"
        f" | {plain.cpu / plain.submissions / (each.cpu / each.submissions):.1f} | {each.peak_mb:.0f} |"
        for each in timings
    ]
    return "\n".join([*lines, "", *growth(timings)])


def growth(timings: list[Timing]) -> list[str]:
    """What each further submission costs between the smallest and the largest class: equal to the first ones' if it is linear."""
    lines = ["| way | from … to | s each further | CPU s each further |", "|---|---:|---:|---:|"]
    for way in dict.fromkeys(each.way for each in timings):
        found = sorted((each for each in timings if each.way == way), key=lambda each: each.submissions)
        first, last = found[0], found[-1]
        if further := last.submissions - first.submissions:
            seconds, cpu = (last.seconds - first.seconds) / further, (last.cpu - first.cpu) / further
            lines.append(f"| {way} | {first.submissions} … {last.submissions} | {seconds:.3f} | {cpu:.3f} |")
    return lines if len(lines) > 2 else []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[40, 400])
    parser.add_argument("--plain", type=int, default=20, help="submissions for plain nbgrader")
    parser.add_argument("--kernel", type=int, default=5, help="submissions for nbgrader with the SQL kernel")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="grading-") as place:
        found = table(measure(Path(place), given.sizes, given.plain, given.kernel))
    print(found)
    if given.out:
        given.out.write_text(found + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
