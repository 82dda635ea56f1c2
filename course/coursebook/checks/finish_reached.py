"""A lesson ends with what its colleague asked for: the answer to one of its exercises."""

from collections.abc import Iterator

from coursebook.kind import AnswerForm
from coursebook.lesson import Lesson
from coursebook.problem import Problem
from coursebook.records import line_of_key

_ABILITIES = 3


def finish_reached(lesson: Lesson) -> Iterator[Problem]:
    """A goal that is no exercise with a result, or more abilities than are read."""
    finish = lesson.record.finish
    if finish is None:
        return
    path = lesson.folder / "lesson.toml"
    text = path.read_text(encoding="utf-8")
    if finish.goal not in {each.id for each in lesson.exercises if each.kind.answer is AnswerForm.QUERY}:
        yield Problem(path, line_of_key(text, ("finish", "goal")), "finish_goal", {"goal": finish.goal})
    if len(finish.abilities) != _ABILITIES:
        count = {"count": len(finish.abilities)}
        yield Problem(path, line_of_key(text, ("finish", "abilities")), "finish_abilities", count)
