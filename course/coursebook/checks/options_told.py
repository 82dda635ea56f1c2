"""Where an answer is a letter, the task tells the options in a form that can be drawn: a list of `- a) …`, or in the column's line."""

from collections.abc import Iterator

from coursebook.click_form import Sort, click_form
from coursebook.kind import AnswerForm
from coursebook.lesson import Lesson
from coursebook.literals import Literals, read_literals
from coursebook.messages import LANGUAGES
from coursebook.problem import Problem


def options_told(lesson: Lesson) -> Iterator[Problem]:
    """A right letter that is no option of its column, and an answer that can't be given by clicks."""
    for exercise in lesson.exercises:
        if exercise.kind.answer is not AnswerForm.VALUES or not exercise.solutions:
            continue
        solution = read_literals(exercise.solution)
        if not isinstance(solution, Literals):
            continue
        for lang in LANGUAGES:
            form = click_form(exercise.in_language(lang), lang)
            if form is None:
                yield Problem(exercise.folder / "starter.sql", 1, "clicks_unread")
                return
            for field, value in zip(form.fields, solution.values, strict=True):
                letters = [each.letter for each in field.options]
                if field.sort is Sort.LETTER and value not in letters:
                    told = {"column": field.name, "letter": value, "found": ", ".join(letters) or "-"}
                    yield Problem(exercise.folder / f"{lang}.md", 1, "option_missing", told)
