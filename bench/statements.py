"""Whether what the lessons say about the data is true of a data set: each statement with its figures.

    python bench/statements.py DATA.duckdb [DATA.duckdb …] [--place L12] [--failed] [--near-misses]

DATA are files of `penguin data build`, in either language, at any scale. First every shown query and every solution is run: it has
to work and to give rows, as many as its LIMIT says; of a task about a draft, the draft and the right query have to work; a query that
is to be mended has to give something else than the solution. Then comes each statement of the lessons' texts, colleagues and model answers that rests on the data
(statements_look.py, _connect.py, _alone.py, _tried.py). A statement that needs more rows than a data set has is marked `-`. With --near-misses
those wrong answers are listed that give the solution's own rows there, for want of a tie, a blank or a small group: the judge refutes
them all the same, on data of its own.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from statement_room import Room, Statement
from statements_alone import ALONE
from statements_connect import CONNECT
from statements_look import LOOK
from statements_tried import TRIED

from coursebook import load_course
from coursebook.kind import AnswerForm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coursebook import LessonExercise

STATEMENTS = (*LOOK, *CONNECT, *ALONE, *TRIED)
FEW_AT_SMALL = {"L2-02", "L2-05", "L4-03", "L6-09"}
"""Exercises whose solution may give fewer rows than asked for, or none, below `std`: an area has five casts there, perhaps no gold one."""
LIMIT = re.compile(r"\bLIMIT (\d+)\s*;?\s*$")


def main() -> int:
    """Print a block for each data set; the exit code is 1 if a statement doesn't hold somewhere."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="+")
    parser.add_argument("--place", default="", help="only what lessons and exercises say whose id begins with this")
    parser.add_argument("--failed", action="store_true", help="print what doesn't hold, and how many did")
    parser.add_argument("--near-misses", action="store_true", help="list those that look right on the data")
    options = parser.parse_args()
    course, failures = load_course(), 0
    for data in options.data:
        room = Room(course, data)
        lines = [line for line in (*of_queries(room), *of_texts(room)) if line[1].startswith(options.place)]
        failed = [line for line in lines if line[0] == "✗"]
        failures += len(failed)
        print(f"\n{room.name}: {sum(line[0] == '○' for line in lines)} hold, {len(failed)} do not")
        for mark, place, claim, figures in failed if options.failed else lines:
            print(f"{mark} {place:7}{claim}: {figures}", flush=True)
        for place, names in looking_right(room) if options.near_misses else ():
            if place.startswith(options.place):
                print(f"= {place:7}{', '.join(names)}", flush=True)
    return int(failures > 0)


def of_texts(room: Room) -> Iterator[tuple[str, str, str, str]]:
    """Yield whether each statement holds, where it stands, what it says and the figures."""
    for each in STATEMENTS:
        holds, figures = proved(each, room)
        yield ("○" if holds else "-" if room.scale < each.least else "✗"), each.place, each.claim, figures


def proved(each: Statement, room: Room) -> tuple[bool, str]:
    """Whether a statement holds; one whose query fails or finds no row doesn't."""
    try:
        return each.proof(room)
    except (duckdb.Error, IndexError, KeyError, StopIteration, TypeError, ZeroDivisionError) as fault:
        return False, f"{type(fault).__name__}: {fault}"


def of_queries(room: Room) -> Iterator[tuple[str, str, str, str]]:
    """Yield one line a lesson for its shown queries, and one for each fault of an exercise's queries."""
    for lesson in room.course.lessons:
        yield _line(
            lesson.id,
            "every shown query runs",
            [fault for sql in room.examples(lesson.id) if (fault := broken(room, sql))],
        )
        exercises = [each for each in lesson.exercises if each.solutions]
        yield _line(
            lesson.id, "every solution gives its rows", [fault for each in exercises if (fault := poor(room, each))]
        )
        mended = [each for each in exercises if each.kind.letter == "F"]
        yield _line(
            lesson.id, "every query to be mended is wrong here", [each.id for each in mended if same(room, each)]
        )


def _line(place: str, claim: str, faults: list[str]) -> tuple[str, str, str, str]:
    return ("✗" if faults else "○"), place, claim, "; ".join(faults) or "all"


def broken(room: Room, sql: str) -> str:
    """What is wrong with a shown query: an error's first line, or nothing."""
    try:
        room.run(sql)
    except duckdb.Error as fault:
        return str(fault).splitlines()[0]
    return ""


def poor(room: Room, exercise: LessonExercise) -> str:
    """What is wrong with a solution's result: an error, no row, or fewer than its LIMIT.

    Of a task about a draft, draft and right query have to run; an answer of rows is for the judge's empty tables, not for this data.
    """
    if faults := [fault for sql in (*exercise.drafts.values(), exercise.truth) if sql and (fault := broken(room, sql))]:
        return f"{exercise.id}: {faults[0]}"
    if exercise.kind.answer is AnswerForm.ROWS:
        return ""
    try:
        found = len(room.solution(exercise.id))
    except duckdb.Error as fault:
        return f"{exercise.id}: {str(fault).splitlines()[0]}"
    limit = LIMIT.search(exercise.solutions[0].sql)
    wanted = int(limit[1]) if limit else 1
    if room.scale < 1 and exercise.id in FEW_AT_SMALL:
        wanted = 0
    return "" if found >= wanted else f"{exercise.id}: {found} of {wanted} rows"


def same(room: Room, exercise: LessonExercise) -> bool:
    """Whether a query that is to be mended gives what the solution gives."""
    try:
        return room.starter(exercise.id) == room.solution(exercise.id)
    except duckdb.Error:
        return False


def looking_right(room: Room) -> Iterator[tuple[str, list[str]]]:
    """Yield the exercises some of whose near misses give the solution's own rows, with the names of these."""
    for exercise in (
        each for lesson in room.course.lessons for each in lesson.exercises if each.kind.answer is AnswerForm.QUERY
    ):
        names = [
            each.stem for each in room.exercise(exercise.id).near_misses if looks_right(room, exercise.id, each.sql)
        ]
        if names:
            yield exercise.id, names


def looks_right(room: Room, exercise: str, sql: str) -> bool:
    """Whether a wrong answer's rows are the solution's, columns' names aside."""
    try:
        return [tuple(row.values()) for row in room.answer(exercise, sql)] == [
            tuple(row.values()) for row in room.solution(exercise)
        ]
    except duckdb.Error:
        return False


if __name__ == "__main__":
    sys.exit(main())
