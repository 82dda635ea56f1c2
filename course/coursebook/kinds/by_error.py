"""Recognises a near miss that does not run by the error it shares with the answer."""

from coursebook.answer import Answer
from sqlgrade.verdict import SqlError

_NAMES_DIFFER = frozenset({"", "E01"})
"""Codes whose hints speak of one particular name: the message must be the same to the letter."""


def failing_alike(answer: Answer, error: SqlError) -> str | None:
    """The stem of the near miss with the same message, or else of the only one with the same code."""
    failing = answer.failing()
    for near_miss in answer.exercise.near_misses:
        if near_miss.stem in failing and near_miss.sql.split() == answer.sql.split():
            return near_miss.stem
    message = _first_line(error.message)
    same_message = [stem for stem, other in failing.items() if _first_line(other) == message]
    if len(same_message) > 1:
        same_code = [stem for stem in same_message if answer.exercise.near_miss(stem).code == error.code]
        same_message = same_code or same_message
    if same_message:
        return same_message[0]
    if error.code in _NAMES_DIFFER:
        return None
    same_code = [stem for stem in failing if answer.exercise.near_miss(stem).code == error.code]
    return same_code[0] if len(same_code) == 1 else None


def _first_line(message: str) -> str:
    return message.strip().split("\n", 1)[0].strip()
