"""Parsons: the learner puts given lines in order and deletes those that are not needed."""

from collections.abc import Iterator
from dataclasses import replace

from coursebook.answer import Answer
from coursebook.exercise import LessonExercise
from coursebook.judgement import Judgement, Message, Outcome
from coursebook.kind import Kind, SimplerForm
from coursebook.kinds.by_result import judge_by_result
from coursebook.problem import Problem


def judge_order(answer: Answer) -> Judgement:
    """By the result; a wrong one also names the first line that departs from a right order."""
    judgement = judge_by_result(answer)
    if judgement.outcome not in (Outcome.REFUTED, Outcome.INVALID):
        return judgement
    departure = first_departure(answer)
    return replace(judgement, messages=(*judgement.messages, departure)) if departure else judgement


def first_departure(answer: Answer) -> Message | None:
    """Where the answer leaves the nearest right order, if it is made of the given pieces."""
    pieces = set(piece_lines(answer.exercise.starter))
    written = piece_lines(answer.sql)
    orders = [piece_lines(each.sql) for each in (*answer.exercise.solutions, *answer.exercise.also_right)]
    orders = [order for order in orders if set(order) <= pieces]
    if not orders or not set(written) <= pieces:
        return None
    shared, order = max(((_shared(written, each), each) for each in orders), key=lambda found: found[0])
    if shared == len(written):
        return Message("line_missing", {"number": shared + 1})
    if shared == len(order):
        return Message("line_left_over", {"number": shared + 1, "line": written[shared]})
    if shared == 0:
        return Message("line_first", {"line": written[0]})
    return Message("line_departs", {"before": shared, "number": shared + 1, "line": written[shared]})


def piece_lines(sql: str) -> list[str]:
    """The lines of a query without comments, indentation and the closing semicolon."""
    squeezed = (" ".join(line.split()).rstrip(";").rstrip() for line in sql.splitlines())
    return [line for line in squeezed if line and not line.startswith("--")]


def _shared(written: list[str], order: list[str]) -> int:
    length = 0
    for one, other in zip(written, order, strict=False):
        if one != other:
            break
        length += 1
    return length


def pieces_suffice(exercise: LessonExercise) -> Iterator[Problem]:
    """The starter must hold the solution's lines, in another order."""
    path, pieces = exercise.folder / "starter.sql", piece_lines(exercise.starter)
    for solution in exercise.solutions[:1]:
        for line in piece_lines(solution.sql):
            if line not in pieces:
                yield Problem(path, 1, "piece_missing", {"line": line})
        if piece_lines(solution.sql) == pieces:
            yield Problem(path, 1, "pieces_in_order")


KIND = Kind(
    "J",
    "parsons",
    judge_order,
    starter_faults=pieces_suffice,
    simpler=SimplerForm.BEGUN,
    guess=0.1,  # some orders look odd to anybody
    is_read_by_lines=True,
    messages_are_behaviour=True,
)
