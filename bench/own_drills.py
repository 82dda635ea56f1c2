"""Answers drills made of a company's tables: right in two styles, wrong in three, and counts what the judge says.

    python bench/own_drills.py schema.sql FOLDER [--mapping mapping.toml] [--drills 30] [--without-copy]

The judge has the synthetic copy as well, as in a room; without it, as at a desk, it has the folder's own databases alone. FOLDER is what `penguin drills --schema schema.sql --out FOLDER` has written. Right answers are the solution laid out anew with COUNT(1) and
ordinals, and an author's other form or the solution as a step of WITH; wrong ones are mutants of the solution that no author has written down and
whose result on the synthetic copy is another than the solution's.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import sqlglot
from sqlglot import exp

import sqlgrade
from coursebook import load_course
from coursebook.own_tables.copies import copied_runs
from coursebook.packs import pack_of
from coursebook.practice.draw import Drill, Run, draw_drill
from coursebook.practice.library import load_library
from marketplace import yourschema as own
from sqlgrade.mutate import MutantStatus, SchemaColumns, mutate
from sqlgrade.verdict import Status

WRONG = 3


def main() -> None:
    told = argparse.ArgumentParser()
    told.add_argument("schema", type=Path)
    told.add_argument("folder", type=Path)
    told.add_argument("--mapping", type=Path)
    told.add_argument("--drills", type=int, default=30)
    told.add_argument("--without-copy", action="store_true")
    given = told.parse_args()
    read = own.read_schema_file(given.schema)
    plan = own.read_mapping_file(given.mapping, read) if given.mapping else own.infer_mapping(read)
    course, library = load_course(given.folder), load_library(given.folder)
    spread = sorted(library.templates, key=lambda each: (each[2], each))[: given.drills]
    counts = {"right": 0, "right refused": 0, "wrong": 0, "wrong accepted": 0}
    with (
        tempfile.TemporaryDirectory() as place,
        copied_runs(read, plan, None, Path(place)) as runs,
        sqlgrade.Grader(
            workers=2, practice=None if given.without_copy else Path(place) / "copy-ja.duckdb", shrinks=False
        ) as grader,
    ):
        for name in spread:
            drill = next(
                each
                for seed in range(9)
                if (each := draw_drill(library.templates[name], seed, runs["ja"], course.schema))
            )
            pack = pack_of(drill.exercise)
            for kind, answers in (
                ("right", right_answers(drill)),
                ("wrong", wrong_answers(drill, runs["ja"], course.schema.model)),
            ):
                for sql in answers:
                    accepted = grader.grade(pack, sql).status is Status.ACCEPTED
                    counts[kind] += 1
                    if accepted is not (kind == "right"):
                        counts["right refused" if kind == "right" else "wrong accepted"] += 1
                        print(f"{name} {kind}: {' '.join(sql.split())}")
    print(f"{len(spread)} drills", counts)


def right_answers(drill: Drill) -> Iterator[str]:
    exercise = drill.exercise
    tree = sqlglot.parse_one(exercise.solutions[0].sql, read="duckdb")
    for count in list(tree.find_all(exp.Count)):
        if isinstance(count.this, exp.Star):
            count.set("this", exp.Literal.number(1))
    yield tree.sql("duckdb", pretty=True, normalize_functions="lower")
    if exercise.also_right:
        yield exercise.also_right[0].sql
        return
    order = tree.args.get("order")
    names = {each.alias_or_name for each in tree.selects}
    keys = [each.copy() for each in order.expressions] if order else []
    for key in keys:
        for column in key.find_all(exp.Column):
            column.set("table", None)
    if all(column.name in names for key in keys for column in key.find_all(exp.Column)):
        sorts = f" ORDER BY {', '.join(key.sql('duckdb') for key in keys)}" if keys else ""
        yield f"SELECT * FROM ({exercise.solutions[0].sql}) AS answer{sorts}"


def wrong_answers(drill: Drill, run: Run, model: object) -> list[str]:
    exercise = drill.exercise
    solution = exercise.solutions[0].sql
    known = {" ".join(each.sql.split()) for each in exercise.near_misses}
    expected = run(solution)
    mutation = mutate(solution, SchemaColumns.of(model), lambda _: True)
    found: dict[str, str] = {}
    for mutant in mutation.mutants:
        if (
            mutant.status is MutantStatus.BINDS
            and mutant.operator not in found
            and " ".join(mutant.sql.split()) not in known
        ):
            rows = _rows(run, mutant.sql)
            if rows is not None and sorted(map(repr, rows)) != sorted(map(repr, expected)):
                found[mutant.operator] = mutant.sql
    step = max(1, len(found) // WRONG)
    return list(found.values())[::step][:WRONG]


def _rows(run: Callable[[str], object], sql: str) -> list[object] | None:
    try:
        return list(run(sql))
    except duckdb.Error:
        return None


if __name__ == "__main__":
    main()
