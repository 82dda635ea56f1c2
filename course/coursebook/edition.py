"""The learners' edition of a course: all that learners read and write in, without solutions, near misses and fillings.

It is a course like any other, so whatever reads a course reads it; only judging takes the whole one. Its notebooks lie in it,
compiled once for all.
"""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from coursebook.click_form import sorts_of
from coursebook.compile import compile_lesson
from coursebook.course import Course, load_course
from coursebook.exercise import LessonExercise
from coursebook.kind import AnswerForm
from coursebook.laid_out import compiled_path
from coursebook.messages import LANGUAGES
from coursebook.pictures import pictures_in
from coursebook.practice.library import load_library
from coursebook.practice.template import TemplateRecord
from coursebook.practice.vague import load_questions
from coursebook.records import read_table
from coursebook.text import ExerciseText
from coursebook.told import for_learners, outline_of
from coursebook.toml_text import toml_lines

_WHOLE = (
    "course.toml",
    "skills.toml",
    "metrics.toml",
    "checklists.toml",
    "placement.toml",
    "exams.toml",
    "reviews",
    "expo",
)
"""What holds no answer."""
_OF_EXERCISE = ("id", "points", "codes", "skills", "minutes", "kpi", "column_names", "view")
_OF_TEMPLATE = ("id", "skill", "kind", "title", "prompt", "idea", "minutes", "level", "codes", "after")
"""What is kept of exercise.toml and of a practice template, where it is there."""
_EMPTY = dict.fromkeys(LANGUAGES, "")


def write_learners_edition(course: Course, target: Path) -> None:
    """Write the learners' edition of a course into a folder, in the place of what is there."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in (*_WHOLE, *(str(each.relative_to(course.root)) for each in course.data.files)):
        source = course.root / name
        if source.is_dir():
            shutil.copytree(source, target / name)
        elif source.is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target / name)
    for path, text in _texts(course):
        place = target / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    for lesson in course.lessons:
        for picture in pictures_in(lesson.folder):
            shutil.copyfile(picture, target / picture.relative_to(course.root))
    for lesson in load_course(target).lessons:
        for lang in LANGUAGES:
            compiled_path(lesson, lang).write_bytes(compile_lesson(lesson, lang, "learner"))


def _texts(course: Course) -> Iterator[tuple[Path, str]]:
    """Where each file lies below the course's folder, and what it holds in the learners' edition."""
    for lesson in course.lessons:
        for name in ("lesson.toml", *(f"lesson.{lang}.md" for lang in LANGUAGES)):
            place = lesson.folder / name
            yield place.relative_to(course.root), place.read_text(encoding="utf-8")
        yield from ((each.path.relative_to(course.root), f"{each.query}\n") for each in lesson.views if each.query)
        for exercise in lesson.exercises:
            folder = exercise.folder.relative_to(course.root)
            yield from ((folder / name, text) for name, text in _of_exercise(exercise))
    library = load_library(course.root)
    for template_id, template in library.templates.items():
        path = library.paths[template_id]
        yield path.relative_to(course.root), _template(template, path)
    if questions := load_questions(course.root):
        told = [
            {**read, "readings": _without_sql(read)} for read in read_table(course.root / "today.toml")["questions"]
        ]
        assert len(told) == len(questions)  # noqa: S101  (both read one file)
        yield Path("today.toml"), toml_lines({"questions": told})


def _of_exercise(exercise: LessonExercise) -> Iterator[tuple[str, str]]:
    for lang in LANGUAGES:
        yield f"{lang}.md", _markdown(for_learners(exercise.text[lang]))
    if exercise.starter:
        yield "starter.sql", exercise.starter + "\n"
    for lang, draft in exercise.drafts.items():
        yield f"draft.{lang}.sql", draft + "\n"
    written = read_table(exercise.folder / "exercise.toml")
    kept = {"kind": exercise.kind.letter, **{key: written[key] for key in _OF_EXERCISE if key in written}}
    if exercise.record.parameters:
        kept["parameters"] = {name: _for_panel(each) for name, each in written["parameters"].items()}
    kept["reads"] = list(outline_of(exercise).tables)
    if exercise.kind.answer is AnswerForm.VALUES:
        kept["values"] = [each.value for each in sorts_of(exercise)]
    if exercise.predict_query and exercise.record.predict is not None and exercise.record.predict.shown:
        kept["predict"] = {"query": "query.sql"}
        yield "query.sql", exercise.predict_query + "\n"
    yield "exercise.toml", toml_lines(kept)


def _for_panel(parameter: Mapping[str, Any]) -> dict[str, Any]:
    """A parameter without the values that answers are judged with."""
    kept = {key: value for key, value in parameter.items() if key != "values"}
    return {key: str(value) if key == "default" else value for key, value in kept.items()}


def _template(template: TemplateRecord, path: Path) -> str:
    """A template that can be chosen and named, and is drawn by whoever has the whole one."""
    written = read_table(path)
    kept = {key: written[key] for key in _OF_TEMPLATE if key in written}
    kept.setdefault("codes", list(dict.fromkeys(wrong.code for wrong in template.wrong if wrong.code)))
    return toml_lines({**kept, "solution": "", "success": _EMPTY, "explanation": _EMPTY})


def _without_sql(question: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{**reading, "sql": ""} for reading in question["readings"]]


def _markdown(text: ExerciseText) -> str:
    parts = [f"# {text.title}", text.prompt, *(f"## {each.heading}\n\n{each.body}" for each in text.sections)]
    return "\n\n".join(parts) + "\n"
