"""Each metric of the dictionary is computed by its query, one row for what it says a row is, and no numerator is above its denominator."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb

from coursebook.course import Course
from coursebook.metrics import FILE, MetricRecord, MetricsRecord, load_metrics
from coursebook.practice.draw import Rows, Run
from coursebook.practice.sample_data import sample_runs
from coursebook.problem import Problem
from coursebook.records import line_of_key


def prove_metrics(course: Course) -> list[Problem]:
    """Every problem of a course's metrics; none where it has no metrics.toml."""
    problems: list[Problem] = []
    record = load_metrics(course.root, problems)
    if record.metrics:
        with sample_runs(course.data) as runs:
            problems += metrics_hold(record, course.root / FILE, runs)
    return problems


def metrics_hold(record: MetricsRecord, path: Path, runs: Mapping[str, Run]) -> Iterator[Problem]:
    """What does not hold, each fault of a metric once.

    Args:
        record: The metrics.
        path: Their file.
        runs: Language -> runs a SELECT on the practice data in it.
    """
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    seen = Counter(each.id for each in record.metrics)
    for number, metric in enumerate(record.metrics):
        line = line_of_key(text, ("metrics", number, "id"))
        if seen[metric.id] > 1:
            yield Problem(path, line, "metric_twice", {"metric": metric.id})
        if metric.definition is None and metric.denominator is None:
            yield Problem(path, line, "metric_undefined", {"metric": metric.id})
        line = line_of_key(text, ("metrics", number, "sql"))
        found = (problem for lang in sorted(runs, reverse=True) for problem in _of_one(metric, path, line, runs[lang]))
        if (first := next(found, None)) is not None:
            yield first


def _of_one(metric: MetricRecord, path: Path, line: int, run: Run) -> Iterator[Problem]:
    sql = metric.sql.strip().rstrip(";")
    try:
        columns = [str(row[0]) for row in run(f"DESCRIBE {sql}")]
        rows = run(sql)
    except duckdb.Error as fault:
        yield Problem(path, line, "metric_fails", {"metric": metric.id, "detail": str(fault).splitlines()[0]})
        return
    compared = (metric.columns.numerator, metric.columns.denominator) if metric.columns else ()
    missing = [each for each in (*metric.by, *compared) if each not in columns]
    if missing:
        there = ", ".join(columns)
        yield Problem(path, line, "metric_column", {"metric": metric.id, "column": missing[0], "columns": there})
        return
    if not rows:
        yield Problem(path, line, "metric_empty", {"metric": metric.id})
    if again := _again(rows, [columns.index(each) for each in metric.by]):
        yield Problem(path, line, "metric_grain", {"metric": metric.id, "by": ", ".join(metric.by), "row": again})
    if compared and (row := _above(rows, *map(columns.index, compared))):
        yield Problem(path, line, "metric_above", {"metric": metric.id, "row": row, **_named(compared)})


def _named(compared: Sequence[str]) -> dict[str, str]:
    return dict(zip(("numerator", "denominator"), compared, strict=True))


def _again(rows: Rows, places: Sequence[int]) -> str:
    """The first key that several rows have; empty where each has its own."""
    counted = Counter(tuple(row[place] for place in places) for row in rows)
    return next((", ".join(map(str, key)) or "–" for key, count in counted.items() if count > 1), "")


def _above(rows: Rows, numerator: int, denominator: int) -> str:
    """The first row whose numerator is not within its denominator, as text."""
    for row in rows:
        if not 0 <= _number(row[numerator]) <= _number(row[denominator]):
            return f"{row[numerator]} / {row[denominator]}"
    return ""


def _number(value: object) -> float:
    """A value as a number; what is none is within nothing."""
    try:
        return float(str(value))
    except ValueError:
        return math.nan
