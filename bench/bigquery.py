"""How many of the course's right answers and drills GoogleSQL's own analyzer takes once they are translated.

    uv run python bench/bigquery.py [--out FILE]

Every solution and also-right answer of the lessons, and one drill of each practice template. Those that are refused (no
translation is shown to the learner) or rejected (the analyzer does not take it) are listed with the reason.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

import marketplace
from classroom.learner.export.analyzer import Examined, examine, google_analyzer
from classroom.session.schema_index import read_schema
from coursebook import load_course
from coursebook.kind import AnswerForm
from coursebook.practice import draw_drill, load_library
from coursebook.practice.sample_data import sample_runs

if TYPE_CHECKING:
    from collections.abc import Iterator


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path)
    out = parser.parse_args().out
    with duckdb.connect() as connection:
        connection.execute(marketplace.ddl())
        schema = read_schema(connection)
    analyze = google_analyzer(schema)
    found = {
        "course": list(examine(course_queries(), schema.column_types, analyze)),
        "drills": list(examine(drill_queries(), schema.column_types, analyze)),
    }
    for name, examined in found.items():
        report(name, examined)
    if out:
        out.write_text(json.dumps({name: [asdict(each) for each in examined] for name, examined in found.items()}))


def course_queries() -> Iterator[tuple[str, str]]:
    """Name and text of every right query of the lessons."""
    for lesson in load_course().lessons:
        for exercise in lesson.exercises:
            if exercise.kind.answer is AnswerForm.QUERY:
                for file in (*exercise.solutions, *exercise.also_right):
                    yield f"{exercise.id}/{file.stem}", exercise.written_out(file.sql)


def drill_queries() -> Iterator[tuple[str, str]]:
    """Name and text of the solution of one drill a template; predictions and decisions have no query."""
    library, schema = load_library(), load_course().schema
    with sample_runs() as runs:
        for name, template in sorted(library.templates.items()):
            drill = draw_drill(template, 0, runs["ja"], schema)
            if drill is not None and drill.exercise.kind.answer is AnswerForm.QUERY:
                yield name, drill.exercise.solutions[0].sql


def report(name: str, examined: list[Examined]) -> None:
    print(f"{name}: {sum(each.accepted for each in examined)} of {len(examined)} accepted")
    for each in examined:
        if not each.accepted:
            print(f"  {each.name}: {each.rejected or 'refused: ' + ', '.join(each.refused)}")


if __name__ == "__main__":
    main()
