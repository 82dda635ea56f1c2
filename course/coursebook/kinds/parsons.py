"""Parsons: the learner puts given lines in order and deletes those that are not needed."""

from dataclasses import replace

from coursebook.judgement import Judgement, Message, Outcome
from coursebook.kinds.by_result import judge_by_result
from coursebook.kinds.kind import Kind
from coursebook.submission import Submission


def judge_order(submission: Submission) -> Judgement:
    """By the result; a wrong one also names the first line that departs from a right order."""
    judgement = judge_by_result(submission)
    if judgement.outcome not in (Outcome.REFUTED, Outcome.INVALID):
        return judgement
    departure = first_departure(submission)
    return replace(judgement, messages=(*judgement.messages, departure)) if departure else judgement


def first_departure(submission: Submission) -> Message | None:
    """Where the answer leaves the nearest right order, if it is made of the given pieces."""
    pieces = set(piece_lines(submission.exercise.starter))
    written = piece_lines(submission.sql)
    orders = [piece_lines(each.sql) for each in (*submission.exercise.solutions, *submission.exercise.also_right)]
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


KIND = Kind("J", "parsons", judge_order)
