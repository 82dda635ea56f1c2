"""What becomes of the course's queries in BigQuery's dialect: written by the hand-off, read back, judged.

    uv run python bench/dialect.py [--only L3] [--near 2] [--out FILE]

Every solution and also-right answer of the lessons and reviews, and one drill of each practice template, is translated to BigQuery's
dialect as `%bigquery` does it and judged as an answer that begins with `-- dialect: bigquery`; it should be right. Of the near
misses, so many of each exercise are judged in both dialects; they should be wrong in both, and told as the same mistake. One that is
no SQL (a comma in full width, HAVING before GROUP BY) is a mistake in every dialect and has no translation: it is left out. With `--dressed`, so many of the right ones are judged
once more as people write them: with comments, a semicolon at the end, the dialect chosen beforehand, SAFE_CAST for CAST, `'+09:00'` for
Asia/Tokyo. With the group
`bigquery` installed, GoogleSQL's own analyzer says first whether it takes the text.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

import marketplace
from classroom.learner.export import to_bigquery
from classroom.session.schema_index import SchemaIndex, read_schema
from coursebook import load_course
from coursebook.judging import judge_answer
from coursebook.kind import AnswerForm
from coursebook.practice import draw_drill, load_library
from coursebook.practice.sample_data import sample_runs
from sqlgrade import Grader, Status
from sqlgrade.dialect.heading import BIGQUERY, in_dialect
from sqlgrade.parameters import is_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coursebook import Judgement, LessonExercise

LINE = "-- dialect: bigquery\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="exercises and templates whose name begins so")
    parser.add_argument("--near", type=int, default=0, help="near misses of each exercise")
    parser.add_argument("--dressed", type=int, default=0, help="right answers that are judged as people write them")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with duckdb.connect() as connection:
        connection.execute(marketplace.ddl())
        schema = read_schema(connection)
    analyze = analyzer(schema)
    found: dict[str, list[tuple[str, str, str]]] = {"right": [], "near misses": []}
    with Grader(workers=1) as grader:
        if options.dressed:
            found = {"dressed": []}
            chosen = list(right_queries(options.only))
            for exercise, name, sql in chosen[:: max(len(chosen) // options.dressed, 1)]:
                found["dressed"].append((name, *told_of_dressed(exercise, sql, schema, grader)))
                report(found["dressed"][-1])
            print(dict(Counter(what for _, what, _ in found["dressed"])))
            return
        for exercise, name, sql in right_queries(options.only):
            found["right"].append((name, *told_of_right(exercise, sql, schema, analyze, grader)))
            report(found["right"][-1])
        for exercise, name, sql in wrong_queries(options.only, options.near):
            found["near misses"].append((name, *told_of_wrong(exercise, sql, schema, grader)))
            report(found["near misses"][-1])
    for kind, lines in found.items():
        print(f"{kind}: {dict(Counter(what for _, what, _ in lines))}")
    if options.out:
        options.out.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")


def analyzer(schema: SchemaIndex) -> Callable[[str], str]:
    """GoogleSQL's analyzer, or one that has nothing to say where the package is not installed."""
    from classroom.learner.export.analyzer import google_analyzer

    try:
        return google_analyzer(schema)
    except ImportError:
        return lambda _: ""


def right_queries(only: str) -> Iterator[tuple[LessonExercise, str, str]]:
    """Exercise, name and text of every right query of the lessons and of one drill a template."""
    for exercise in exercises(only):
        for file in (*exercise.solutions, *exercise.also_right):
            yield exercise, f"{exercise.id}/{file.stem}", exercise.written_out(file.sql)
    library, schema = load_library(), load_course().schema
    with sample_runs() as runs:
        for name, template in sorted(library.templates.items()):
            drill = draw_drill(template, 0, runs["ja"], schema) if name.startswith(only) else None
            if drill is not None and drill.exercise.kind.answer is AnswerForm.QUERY:
                yield drill.exercise.in_language("ja"), name, drill.exercise.solutions[0].sql


def wrong_queries(only: str, most: int) -> Iterator[tuple[LessonExercise, str, str]]:
    """The first near misses of each exercise that are SQL at all."""
    for exercise in exercises(only):
        for file in [each for each in exercise.near_misses if is_sql(each.sql)][:most]:
            yield exercise, f"{exercise.id}/{file.stem}", exercise.written_out(file.sql)


def is_sql(text: str) -> bool:
    """Whether DuckDB's parser takes a text; sqlglot's, which translates, takes more. Parameters are not filled in, so they count as SQL."""
    try:
        duckdb.extract_statements(text)
    except duckdb.Error:
        return is_template(text)
    return True


def exercises(only: str) -> Iterator[LessonExercise]:
    """The exercises whose answer is a query."""
    for lesson in load_course().lessons:
        for exercise in lesson.exercises:
            if exercise.kind.answer is AnswerForm.QUERY and exercise.id.startswith(only):
                yield exercise.in_language("ja")


def told_of_right(
    exercise: LessonExercise, sql: str, schema: SchemaIndex, analyze: Callable[[str], str], grader: Grader
) -> tuple[str, str]:
    """What became of a right query, and why."""
    handoff = to_bigquery(sql, schema.column_types)
    if handoff.sql is None:
        return "no translation", ", ".join(handoff.refused)
    if rejected := analyze(handoff.sql):
        return "not taken by the analyzer", rejected
    judged = judge_answer(exercise, LINE + handoff.sql, grader, "ja")
    if judged.verdict is not None and judged.verdict.status is Status.ACCEPTED:
        return "accepted", ""  # a query that is to be drawn is partly right without its %chart line
    return judged.outcome.value, why(judged)


def told_of_dressed(exercise: LessonExercise, sql: str, schema: SchemaIndex, grader: Grader) -> tuple[str, str]:
    """What became of a right query that is written as people write it."""
    handoff = to_bigquery(sql, schema.column_types)
    if handoff.sql is None:
        return "no translation", ", ".join(handoff.refused)
    text = re.sub(r"\bCAST\((?=`[^`]+` AS (?:DATE|INT64|FLOAT64|STRING)\))", "SAFE_CAST(", handoff.sql)
    text = text.replace("'Asia/Tokyo'", "'+09:00'")
    text = re.sub(r"(`\w+(?:`\.`\w+)?_utc`) \+ INTERVAL '?9'? HOUR", r"DATETIME(TIMESTAMP(\1), '+09:00')", text)
    judged = judge_answer(
        exercise, in_dialect(f"-- my answer\n# for Monday\n{text} ; -- done\n", BIGQUERY), grader, "ja"
    )
    if judged.verdict is not None and judged.verdict.status is Status.ACCEPTED:
        return "accepted", ""
    return judged.outcome.value, f"{why(judged)}\n{text}"


def told_of_wrong(exercise: LessonExercise, sql: str, schema: SchemaIndex, grader: Grader) -> tuple[str, str]:
    """Whether a wrong query is told alike in both dialects."""
    handoff = to_bigquery(sql, schema.column_types)
    if handoff.sql is None:
        return "no translation", ", ".join(handoff.refused)
    here, there = (judge_answer(exercise, text, grader, "ja") for text in (sql, LINE + handoff.sql))
    if there.outcome != here.outcome:
        return "another verdict", f"{here.outcome.value} / {there.outcome.value}: {why(there)}"
    stems = [tuple(each.stem for each in judged.recognised) for judged in (here, there)]
    if stems[0] and stems[0] == stems[1]:
        return "same near miss", ""
    named = [each.verdict.mistake if each.verdict else "" for each in (here, there)]
    return ("same mistake" if named[0] == named[1] else "another mistake"), f"{named} {stems}"


def why(judged: Judgement) -> str:
    """What stands in the way of an answer, in short."""
    verdict = judged.verdict
    if verdict is None:
        return ", ".join(each.code for each in judged.messages)
    error = verdict.error or (verdict.counterexample.error if verdict.counterexample else None)
    return f"{verdict.mistake} {error.message if error else ''}".strip()


def report(line: tuple[str, str, str]) -> None:
    if line[1] not in ("accepted", "same near miss", "same mistake"):
        print(*line, sep="  ", flush=True)


if __name__ == "__main__":
    main()
