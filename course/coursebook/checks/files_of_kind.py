"""Every folder holds the files that its kind needs, and no others."""

from collections.abc import Iterator
from fnmatch import fnmatch

from coursebook.exercise import LessonExercise
from coursebook.given_views import FOLDER
from coursebook.lesson import Lesson
from coursebook.problem import Problem

ALWAYS = ("exercise.toml", "ja.md", "en.md")
"""Files of every exercise, whatever its kind."""
LESSON_FOLDERS = ("exercises", "databases", FOLDER)
LESSON_FILES = ("lesson.toml", "lesson.ja.md", "lesson.en.md")
LESSON_EXTRAS = (*LESSON_FILES, "*.svg", "*.png", "databases/*.sql", f"{FOLDER}/*.sql")
"""What a lesson's folder may hold beside its exercises."""


def files_of_kind(lesson: Lesson) -> Iterator[Problem]:
    """Missing and stray files of the lesson and its exercises."""
    for path in sorted(each for part in ("*", "databases/*", f"{FOLDER}/*") for each in lesson.folder.glob(part)):
        name = path.relative_to(lesson.folder).as_posix()
        if name not in LESSON_FOLDERS and not any(fnmatch(name, each) for each in LESSON_EXTRAS):
            yield Problem(path, 1, "stray_file", {"allowed": ", ".join(LESSON_EXTRAS)})
    for exercise in lesson.exercises:
        yield from _exercise_files(exercise)


def _exercise_files(exercise: LessonExercise) -> Iterator[Problem]:
    kind, folder = exercise.kind, exercise.folder
    for name in kind.required:
        if not (folder / name).is_file():
            yield Problem(folder / "exercise.toml", 1, "kind_needs_file", {"kind": kind.letter, "name": name})
    allowed = (*ALWAYS, *kind.required, *kind.optional)
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        name = path.relative_to(folder).as_posix()
        if not any(fnmatch(name, pattern) for pattern in allowed) and name != _query_name(exercise):
            yield Problem(path, 1, "stray_file", {"allowed": ", ".join(allowed)})


def _query_name(exercise: LessonExercise) -> str:
    return exercise.record.predict.query if exercise.record.predict else ""
