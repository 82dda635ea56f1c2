"""Everything the class did as tables, which are themselves data to practise on."""

from __future__ import annotations

from dataclasses import astuple, fields
from typing import TYPE_CHECKING, Any

import duckdb

from classroom.mentor.classpage.board import Square, build_board
from classroom.mentor.classpage.hints import RUNGS
from classroom.mentor.classpage.items import item_analysis
from classroom.mentor.classpage.progress_files import read_files
from classroom.mentor.grading.store import DeskAnswer, DeskStore
from classroom.spreadsheet import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from classroom.mentor.classpage.hints import HintUse
    from classroom.mentor.place.folder import MentorFolder

_TYPES = {"int": "INTEGER", "float": "DOUBLE", "float | None": "DOUBLE", "bool": "BOOLEAN"}


def export_class(folder: MentorFolder, assignments: Iterable[str], out: Path, *, format: str = "parquet") -> list[Path]:  # noqa: A002  (the name that the command shows)
    """Write answers (every hand-in), states, items and the drills that follow these lessons' exercises, and give the files.

    Args:
        folder: the mentor's folder.
        assignments: ids of lessons.
        out: a folder, made if need be.
        format: `parquet` or `csv`.
    """
    store = DeskStore(folder.store_path)
    names = list(assignments)
    answers = [each for name in names for each in store.answers(name, every_attempt=True)]
    files = {name: read_files(folder, name) for name in names}
    squares = [each for name in names for each in build_board(folder, name, files[name]).squares]
    latest = read_files(folder)
    analysed = [(name, each) for name in names for each in item_analysis(folder, name, files[name], latest)]
    items = [
        (
            name,
            each.exercise,
            each.answers,
            each.right,
            each.points,
            each.tries,
            each.helped,
            each.discrimination,
            each.flag,
            each.minutes,
            "\n".join(f"{mistake} ({count})" for mistake, count in each.mistakes),
            *_hint_cells(each.hints),
        )
        for name, each in analysed
    ]
    drills = [
        (name, each.exercise, drill.skill, f"P{drill.template}", drill.learners, drill.right)
        for name, each in analysed
        for drill in each.next_drills
    ]
    drill_columns = (
        "assignment VARCHAR, exercise VARCHAR, skill VARCHAR, drill VARCHAR, learners INTEGER, right_at_once INTEGER"
    )
    item_columns = (
        "assignment VARCHAR, exercise VARCHAR, answers INTEGER, right_answers INTEGER, mean_share DOUBLE, mean_tries DOUBLE,"
        " helped_share DOUBLE, discrimination DOUBLE, flag VARCHAR, median_minutes DOUBLE, mistakes VARCHAR, "
        + ", ".join(f"hint{rung}_tried INTEGER, hint{rung}_right INTEGER" for rung in RUNGS)
    )
    out.mkdir(parents=True, exist_ok=True)
    return [
        _write(out, "answers", _columns(DeskAnswer), [astuple(each) for each in answers], format),
        _write(out, "states", _columns(Square), [astuple(each) for each in squares], format),
        _write(out, "items", item_columns, items, format),
        _write(out, "next_drills", drill_columns, drills, format),
    ]


def _hint_cells(uses: Iterable[HintUse]) -> Iterator[int]:
    """Two numbers a rung: who tried with it open, and who was right with it."""
    of = {each.rung: each for each in uses}
    for rung in RUNGS:
        use = of.get(rung)
        yield from (use.tried, use.right) if use is not None else (0, 0)


def _columns(record: type) -> str:
    return ", ".join(f"{each.name} {_TYPES.get(str(each.type), 'VARCHAR')}" for each in fields(record))


def _write(out: Path, name: str, columns: str, rows: Sequence[Sequence[Any]], format: str) -> Path:  # noqa: A002  (the name that the command shows)
    path = out / f"{name}.{format}"
    draft = path.with_name(f".{path.name}.draft")
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE {name} ({columns})")
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            cells = [list(map(harmless, row)) if format == "csv" else row for row in rows]
            connection.executemany(f"INSERT INTO {name} VALUES ({marks})", cells)
        options = "FORMAT parquet" if format == "parquet" else "FORMAT csv, HEADER"
        connection.execute(f"COPY {name} TO '{str(draft).replace(chr(39), chr(39) * 2)}' ({options})")
    draft.replace(path)
    return path
