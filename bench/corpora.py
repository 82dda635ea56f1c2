"""Judges the development pairs and prints what was refuted, how small the counterexamples are, and how long it took.

    python bench/corpora.py [--only PREFIX] [--workers N] [--out FILE] [--verify]

The pairs lie beside the checkout (../shared/corpora) or where SQLGRADE_CORPORA points.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
import tomllib
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Any

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "sqlgrade" / "corpora"))

from sqlgrade_corpora import ADJUDICATED, Pair, load_pairs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="pairs whose id begins so")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, help="write the judge's answers here, one JSON a line")
    parser.add_argument("--verify", action="store_true", help="re-run each counterexample under its constraints")
    chosen = parser.parse_args()
    pairs = [pair for pair in load_pairs() if pair.id.startswith(tuple(chosen.only.split(",")))]
    if not pairs:
        parser.error(f"no pair's id begins with {chosen.only!r}")
    started = time.perf_counter()
    answers = judge_all(pairs, chosen.workers, chosen.out)
    elapsed = time.perf_counter() - started
    report(pairs, answers, elapsed)
    if chosen.verify:
        verify(pairs, answers)


def judge_all(pairs: list[Pair], workers: int, out: Path | None) -> list[dict[str, Any]]:
    answers: dict[str, dict[str, Any]] = {}
    with ProcessPoolExecutor(workers) as pool, (out or Path(os.devnull)).open("w", encoding="utf-8") as told:
        for future in as_completed([pool.submit(judge, pair.line()) for pair in pairs]):
            answer = future.result()
            answers[answer["id"]] = answer
            told.write(json.dumps(answer, ensure_ascii=False) + "\n")
            told.flush()
    return [answers[pair.id] for pair in pairs]


def judge(line: dict[str, Any]) -> dict[str, Any]:
    from sqlgrade import judge_line

    return judge_line(line)


def report(pairs: list[Pair], answers: list[dict[str, Any]], elapsed: float) -> None:
    decisions = {entry["id"]: entry for entry in tomllib.loads(ADJUDICATED.read_text())["pair"]}
    told = [(pair, answer) for pair, answer in zip(pairs, answers, strict=True)]
    print("verdicts", dict(Counter((pair.id.split("-")[0], pair.equal, answer["verdict"]) for pair, answer in told)))
    for equal in (True, False):
        heard = [(p, a) for p, a in told if p.equal is equal and a["verdict"] in {"accepted", "refuted"}]
        name = "labelled equal" if equal else "labelled different"
        refuted = [p.id for p, a in heard if a["verdict"] == "refuted"]
        contrary = refuted if equal else [p.id for p, a in heard if a["verdict"] == "accepted"]
        settled = [i for i in contrary if decisions.get(i, {}).get("decision") == ("different" if equal else "equal")]
        print(
            f"{name}: {len(heard)} run, {len(refuted)} refuted; against the label {len(contrary)}, of these adjudicated {len(settled)}"
        )
        print("   open:", sorted(set(contrary) - set(settled)))
    rows = sorted(a["counterexample"]["total_rows"] for _, a in told if a.get("counterexample"))
    if rows:
        p95 = rows[min(len(rows) - 1, int(0.95 * len(rows)))]
        print(f"counterexamples: {len(rows)}, rows median {statistics.median(rows)}, p95 {p95}, largest {rows[-1]}")
    times = sorted(a["elapsed_ms"] for a in answers if a["elapsed_ms"])
    print(
        f"elapsed {elapsed:.1f} s for {len(answers)} answers; per answer p50 {times[len(times) // 2]} ms, p95 {times[int(len(times) * 0.95)]} ms"
    )


def verify(pairs: list[Pair], answers: list[dict[str, Any]]) -> None:
    """Each counterexample on a fresh database with its constraints: valid, genuine, and no row to spare?"""
    results: Counter[str] = Counter()
    for pair, answer in zip(pairs, answers, strict=True):
        shown = answer.get("counterexample")
        if not shown:
            continue
        state = holds(pair, shown["tables"])
        spare = [
            (t, i)
            for t, rows in shown["tables"].items()
            for i in range(len(rows))
            if state == "genuine" and holds(pair, without(shown["tables"], t, i)) == "genuine"
        ]
        results[state] += 1
        results["with a row to spare"] += bool(spare)
        if state != "genuine" or spare:
            print("  ", pair.id, state, spare)
    print("counterexamples", dict(results))


def without(tables: dict[str, list[Any]], table: str, number: int) -> dict[str, list[Any]]:
    return {name: [row for i, row in enumerate(rows) if (name, i) != (table, number)] for name, rows in tables.items()}


def holds(pair: Pair, tables: dict[str, list[Any]]) -> str:
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("SET TimeZone='UTC'")
        connection.execute(pair.ddl)
        waiting = {name: rows for name, rows in tables.items() if rows}
        for _ in range(len(waiting) + 1):
            for name in list(waiting):
                marks = ", ".join("?" for _ in waiting[name][0])
                try:
                    connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', waiting[name])
                    del waiting[name]
                except duckdb.ConstraintException:
                    continue
        if waiting:
            return "invalid"
        expected = rows_of(connection, pair.solution)
        found = rows_of(connection, pair.answer)
    if isinstance(expected, str):
        return "solution fails"
    ordered = pair.row_order != "ignored" and "ORDER BY" in pair.solution
    same = found == expected if ordered or isinstance(found, str) else sorted(found) == sorted(expected)
    return "same" if same else "genuine"


def rows_of(connection: duckdb.DuckDBPyConnection, sql: str) -> list[str] | str:
    try:
        cursor = connection.execute(sql)
        return [repr(tuple(map(plain, row))) for row in cursor.fetchall()]
    except duckdb.Error as error:
        return str(error)


def plain(value: Any) -> Any:
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    try:
        return f"{float(value):.9g}"
    except (TypeError, ValueError):
        return str(value)


if __name__ == "__main__":
    main()
