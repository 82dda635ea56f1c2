"""How fast answers are judged: accept path, refute path, each stage's share, batches on one and on all workers.

    python bench/judge.py [--answers 240] [--workers 2] [--no-nbgrader] [--out FILE]

The exercises and answers are those of tests/sqlgrade/wrong_answers, over schemas of one to four tables. Beside them, in
the same run, stands nbgrader's autograde of a notebook whose test cells compare a query's rows with fixed ones.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import nbformat
from wrong_answers import AnswerSet, read_answer_sets

from sqlgrade import Grader, Pack, Status, build_pack
from sqlgrade.service.memory import Memory

NBGRADER_CELLS = 10


def main() -> None:
    options = _options()
    sets = read_answer_sets()
    started = time.perf_counter()
    packs = {answers.name: build_pack(answers.exercise()) for answers in sets}
    figures: dict[str, object] = {"exercises": len(sets), "pack_seconds": _per(started, len(packs))}
    asked = list(itertools.islice(itertools.cycle(_answers(sets, packs)), options.answers))
    figures["answers"] = len(asked)
    with Grader(workers=1, memory=Memory(most=0)) as grader:
        for pack in packs.values():
            grader.grade(pack, "SELECT 1")
        figures |= _one_by_one(grader, asked)
        figures["batch_1_worker"] = _batch(grader, asked)
    with Grader(workers=options.workers, memory=Memory(most=0)) as grader:
        list(grader.grade_batch([(pack, "SELECT 1") for pack in packs.values() for _ in range(options.workers)]))
        figures[f"batch_{options.workers}_workers"] = _batch(grader, asked)
    if not options.no_nbgrader:
        figures["nbgrader_seconds_an_answer"] = _nbgrader()
    text = json.dumps(figures, indent=2)
    print(text)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--answers", type=int, default=240)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--no-nbgrader", action="store_true")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def _per(started: float, count: int) -> float:
    return round((time.perf_counter() - started) / count, 3)


def _answers(sets: list[AnswerSet], packs: dict[str, Pack]) -> list[tuple[Pack, str]]:
    """Right and wrong answers of all exercises in turn, none of them a solution's own text."""
    columns = [
        [(packs[s.name], sql) for sql in (*(sql for _, sql in s.alternatives), *(w.sql for w in s.wrong))] for s in sets
    ]
    return [pair for row in itertools.zip_longest(*columns) for pair in row if pair is not None]


def _one_by_one(grader: Grader, asked: list[tuple[Pack, str]]) -> dict[str, object]:
    """Milliseconds as the learner waits for them: the inline search only."""
    by_status: dict[str, list[float]] = defaultdict(list)
    stages: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for pack, sql in asked:
        started = time.perf_counter()
        verdict = grader.grade(pack, sql)
        path = "accept" if verdict.status is Status.ACCEPTED else "refute"
        by_status[path].append((time.perf_counter() - started) * 1000)
        for stage, ms in verdict.ms.items():
            stages[path][stage] += ms
    return {
        path: {"n": len(found), **_percentiles(found), "share": _shares(stages[path])}
        for path, found in by_status.items()
    }


def _percentiles(found: list[float]) -> dict[str, float]:
    if len(found) < 2:
        return {"p50": round(found[0], 1)}
    cuts = statistics.quantiles(found, n=100, method="inclusive")
    return {f"p{p}": round(cuts[p - 1], 1) for p in (50, 95, 99)}


def _shares(stages: dict[str, float]) -> dict[str, float]:
    whole = sum(stages.values()) or 1.0
    return {stage: round(ms / whole, 3) for stage, ms in stages.items()}


def _batch(grader: Grader, asked: list[tuple[Pack, str]]) -> dict[str, float]:
    """Answers a second with the deep search on; each answer once."""
    distinct = list({(pack.key, sql): (pack, sql) for pack, sql in asked}.values())
    started = time.perf_counter()
    for _ in grader.grade_batch(distinct):
        pass
    seconds = time.perf_counter() - started
    return {
        "answers": len(distinct),
        "seconds": round(seconds, 1),
        "answers_per_second": round(len(distinct) / seconds, 1),
    }


def _nbgrader() -> float | None:
    """Seconds that nbgrader's autograde takes for one answer of a notebook with ten."""
    with tempfile.TemporaryDirectory() as place:
        course = Path(place)
        (course / "nbgrader_config.py").write_text(f"c = get_config()\nc.CourseDirectory.root = {str(course)!r}\n")
        source = course / "source" / "ps1"
        source.mkdir(parents=True)
        nbformat.write(_notebook(), source / "p1.ipynb")
        tools = {**os.environ, "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))}
        run = (sys.executable, "-m", "nbgrader")
        for step in (("generate_assignment", "ps1"), ("autograde", "ps1")):
            if step[0] == "autograde":
                submitted = course / "submitted" / "ann" / "ps1"
                submitted.mkdir(parents=True)
                (submitted / "p1.ipynb").write_bytes((course / "release" / "ps1" / "p1.ipynb").read_bytes())
            started = time.perf_counter()
            done = subprocess.run([*run, *step], cwd=course, env=tools, capture_output=True, text=True, check=False)
            if done.returncode:
                print(done.stderr[-2000:], file=sys.stderr)
                return None
        return _per(started, NBGRADER_CELLS)


def _notebook() -> nbformat.NotebookNode:
    cells = [
        nbformat.v4.new_code_cell(
            "import duckdb\ncon = duckdb.connect()\ncon.execute('CREATE TABLE t AS FROM range(9)')"
        )
    ]
    for number in range(NBGRADER_CELLS):
        answer = nbformat.v4.new_code_cell(f"rows_{number} = con.execute('SELECT count(*) FROM t').fetchall()")
        test = nbformat.v4.new_code_cell(f"assert rows_{number} == [(9,)]")
        settings = {"grade": True, "locked": True, "points": 1, "schema_version": 3, "solution": False, "task": False}
        test.metadata["nbgrader"] = {**settings, "grade_id": f"test-{number}", "cell_type": "code"}
        cells += [answer, test]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


if __name__ == "__main__":
    main()
