"""Reads folders into lessons and exercises; what can't be read becomes a problem, never an exception."""

from dataclasses import replace
from pathlib import Path

from coursebook.exercise import LessonExercise, SqlFile
from coursebook.format import ExerciseRecord, LessonRecord, RubricRecord
from coursebook.given_views import read_views
from coursebook.kind import Kind
from coursebook.kinds import kinds_by_letter, tables_of_kinds
from coursebook.lesson import Lesson
from coursebook.location import stays_inside
from coursebook.messages import LANGUAGES
from coursebook.problem import Problem
from coursebook.records import line_of_key, read_record
from coursebook.schema import Schema
from coursebook.text import ExerciseText, Segment, read_exercise_text, read_lesson_text
from coursebook.wording import Wording


def read_lesson(folder: Path, schema: Schema) -> tuple[Lesson | None, tuple[Problem, ...]]:
    """The lesson of a folder as far as it can be read, and what stood in the way."""
    problems: list[Problem] = []
    record = read_record(LessonRecord, folder / "lesson.toml", problems)
    if record is None:
        return None, tuple(problems)
    segments = {lang: _segments(folder / f"lesson.{lang}.md", schema.wording(lang), problems) for lang in LANGUAGES}
    folders = sorted(path for path in (folder / "exercises").glob("*") if path.is_dir())
    shared = fillings_in(folder)
    exercises = [read_exercise(each, schema, problems, shared) for each in folders]
    views = read_views(folder, record.views)
    return Lesson(folder, record, segments, tuple(filter(None, exercises)), views=views), tuple(problems)


def read_exercise(
    folder: Path, schema: Schema, problems: list[Problem], of_lesson: tuple[str, ...] = ()
) -> LessonExercise | None:
    """The exercise of a folder, or None with the reasons added to `problems`."""
    path = folder / "exercise.toml"
    record = read_record(ExerciseRecord, path, problems, {Kind: kinds_by_letter()}, tables_of_kinds())
    if record is None:
        return None
    rubric = folder / "rubric.toml"
    query = record.predict.query if record.predict else ""
    if not stays_inside(query):
        line = line_of_key(path.read_text(encoding="utf-8"), ("predict", "query"))
        problems.append(Problem(path, line, "outside_folder", {"name": query}))
        return None
    return LessonExercise(
        folder=folder,
        record=record,
        text={lang: _exercise_text(folder / f"{lang}.md", problems) for lang in LANGUAGES},
        schema=schema,
        starter=_text(folder / "starter.sql"),
        solutions=_solutions(folder),
        also_right=_sql_files(folder / "also-right"),
        near_misses=_sql_files(folder / "near-misses"),
        lesson_databases=of_lesson,
        databases=fillings_in(folder),
        predict_query=_required_text(folder / query, problems) if query else "",
        drafts=_drafts(folder),
        truth=_text(folder / "right.sql"),
        rubric=read_record(RubricRecord, rubric, problems) if rubric.is_file() else None,
        model_answers=_model_answers(folder),
    )


def _segments(path: Path, wording: Wording, problems: list[Problem]) -> tuple[Segment, ...]:
    segments = read_lesson_text(_required_text(path, problems))
    return tuple(
        replace(each, content=wording.sql(each.content)) if each.kind == "query" else each for each in segments
    )


def _exercise_text(path: Path, problems: list[Problem]) -> ExerciseText:
    return read_exercise_text(_required_text(path, problems))


def _solutions(folder: Path) -> tuple[SqlFile, ...]:
    numbered = sorted(folder.glob("solution-*.sql"), key=lambda path: (len(path.stem), path.stem))
    return tuple(_sql_file(path) for path in (folder / "solution.sql", *numbered) if path.is_file())


def fillings_in(folder: Path) -> tuple[str, ...]:
    """The hand-made fillings of a lesson or an exercise, as INSERT scripts."""
    return tuple(each.text for each in _sql_files(folder / "databases"))


def _sql_files(folder: Path) -> tuple[SqlFile, ...]:
    return tuple(_sql_file(path) for path in sorted(folder.glob("*.sql")))


def _sql_file(path: Path) -> SqlFile:
    return SqlFile(path.stem, path, _text(path))


def _drafts(folder: Path) -> dict[str, str]:
    texts = {lang: _text(folder / f"draft.{lang}.sql") for lang in LANGUAGES}
    return {lang: text for lang, text in texts.items() if text}


def _model_answers(folder: Path) -> dict[tuple[str, str], str]:
    names = [(sort, lang) for sort in ("good", "over") for lang in LANGUAGES]
    paths = {each: folder / f"model-{each[0]}.{each[1]}.md" for each in names}
    return {each: _text(path) for each, path in paths.items() if path.is_file()}


def _required_text(path: Path, problems: list[Problem]) -> str:
    if not path.is_file():
        problems.append(Problem(path, 1, "file_missing", {"name": path.name}))
    return _text(path)


def _text(path: Path) -> str:
    """The text of a file; what is no UTF-8 in it is told by texts_encoded."""
    return path.read_text(encoding="utf-8", errors="replace").strip("\n") if path.is_file() else ""
