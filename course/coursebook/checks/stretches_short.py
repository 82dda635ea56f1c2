"""A lesson is cut into stretches of a quarter of an hour at most, so that a short evening is enough for one."""

from collections.abc import Iterator

from coursebook.lesson import Lesson
from coursebook.problem import Problem
from coursebook.records import line_of_key

_MOST_MINUTES = 15
_MOST_EXERCISES = 4


def stretches_short(lesson: Lesson) -> Iterator[Problem]:
    """A stretch that holds nothing or too much, and exercises that are in none."""
    path = lesson.folder / "lesson.toml"
    text = path.read_text(encoding="utf-8")
    for at, stretch in enumerate(lesson.stretches):
        line = line_of_key(text, ("stretches", at, "last"))
        told = {"last": stretch.record.last, "minutes": f"{stretch.minutes:g}", "count": len(stretch.exercises)}
        if not stretch.exercises:
            yield Problem(path, line, "stretch_ends_nowhere", told)
        elif stretch.minutes > _MOST_MINUTES or len(stretch.exercises) > _MOST_EXERCISES:
            most = {"most_minutes": _MOST_MINUTES, "most": _MOST_EXERCISES}
            yield Problem(path, line, "stretch_long", {**told, **most})
    placed = {each.id for stretch in lesson.stretches for each in stretch.exercises}
    if left := [each.id for each in lesson.exercises if each.id not in placed]:
        yield Problem(path, line_of_key(text, ("stretches",)), "stretch_missing", {"left": ", ".join(left)})
