"""The tab of free-form answers: one at a time beside its task and the model answers, unmarked ones first, marks made on purpose."""

from __future__ import annotations

from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from classroom.mentor.classpage.groups import comment_on
from classroom.mentor.classpage.rubric import FAR_APART, compare_mentors, mark_answer, model_texts
from classroom.mentor.grading.marks import read_marks
from classroom.mentor.grading.store import DeskStore
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.wording import html_box, outcome_html, told
from classroom.session.markdown import markdown_html
from classroom.session.table_view import texts_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from classroom.mentor.classpage.rubric import MarksCompared
    from classroom.mentor.grading.store import DeskAnswer
    from classroom.mentor.place.folder import MentorFolder
    from coursebook import LessonExercise

STEP = 0.5
UNMARKED, MARKED = "○", "✓"


def rubric_tab(folder: MentorFolder, assignment: str) -> Any:
    """Free-form answers with their rubric, and where mentors differ."""
    widgets: Any = import_module("ipywidgets")
    lang = folder.lang
    free = [each for each in folder.course.lesson(assignment).placed_exercises(lang) if each.rubric]
    if not free:
        return html_box(f"<p>{escape(told('rubric.none', lang))}</p>")
    mentor = widgets.Text(value=folder.mentor, description=told("rubric.mentor", lang), continuous_update=False)
    return widgets.VBox([mentor, *(RubricForm(folder, assignment, each, mentor).box for each in free)])


class RubricForm:
    """The answers to one exercise, one of them in front."""

    def __init__(self, folder: MentorFolder, assignment: str, exercise: LessonExercise, mentor: Any) -> None:
        self._folder, self._assignment, self._exercise, self._mentor = folder, assignment, exercise, mentor
        self._lang, self._widgets = folder.lang, import_module("ipywidgets")
        handed_in = DeskStore(folder.store_path).answers(assignment, exercise.id)
        waiting = [each for each in handed_in if each.outcome == "for_mentor"]
        self._answers = {each.student: each for each in waiting if each.answer.strip()}
        self._blank = sorted(each.student for each in handed_in if each.student not in self._answers)
        self._head, self._result = html_box(""), self._widgets.HTML()
        self._choice = self._widgets.Dropdown(options=self._options(), description=told("learner", self._lang))
        self._place = self._widgets.VBox()
        self._choice.observe(lambda _: self._show(), "value")
        self._unsaved: Callable[[], tuple[dict[str, float | None], str]] | None = None
        mentor.observe(lambda _: self._anew(str(self._choice.value or ""), keep=True), "value")
        self._differences = self._widgets.VBox()
        parts = [
            self._head,
            html_box(self._task()),
            self._choice,
            self._place,
            self._result,
            html_box(self._blank_line()),
        ]
        self.box = self._widgets.VBox([*parts, self._differences])
        self._anew(self._next_unmarked() or next(iter(self._answers), ""))

    def _marked_by(self, mentor: str) -> dict[str, dict[str, float]]:
        """A mentor's points by learner and criterion."""
        found: dict[str, dict[str, float]] = {}
        for each in class_file(self._folder).marks(self._assignment, self._exercise.id):
            if each.mentor == mentor:
                found.setdefault(each.student, {})[each.criterion] = each.points
        return found

    def _options(self) -> list[tuple[str, str]]:
        """Unmarked answers first, each with its sign."""
        done = self._marked_by(self._mentor.value.strip())
        order = sorted(self._answers, key=lambda each: (each in done, each))
        return [(f"{MARKED if each in done else UNMARKED} {each}", each) for each in order]

    def _next_unmarked(self) -> str:
        done = self._marked_by(self._mentor.value.strip())
        return next((each for each in sorted(self._answers) if each not in done), "")

    def _anew(self, student: str, *, keep: bool = False) -> None:
        """Show a learner's answer; `keep`: who names themselves after choosing points loses neither them nor the comment."""
        kept = self._unsaved() if keep and self._unsaved else None
        options = self._options()
        open_ones = sum(name.startswith(UNMARKED) for name, _ in options)
        title = f"{self._exercise.id} {self._exercise.text[self._lang].title}"
        counted = told("rubric.count", self._lang, count=len(options), open=open_ones)
        self._head.value = f'<div class="pg"><h4>{escape(title)} ({escape(counted)})</h4></div>'
        self._choice.options = options
        self._choice.value = student or None if student in self._answers else (options[0][1] if options else None)
        self._show(kept)
        differing = [each for each in compare_mentors(self._folder, self._assignment, self._exercise.id) if each.spread]
        self._differences.children = (html_box(_differences(differing, self._lang)),)

    def _show(self, kept: tuple[dict[str, float | None], str] | None = None) -> None:
        answer = self._answers.get(str(self._choice.value))
        self._place.children = tuple(self._form(answer, kept)) if answer else ()

    def _form(self, answer: DeskAnswer, kept: tuple[dict[str, float | None], str] | None) -> list[Any]:
        chosen = {name: points for name, points in (kept[0] if kept else {}).items() if points is not None}
        mine = {**chosen, **self._marked_by(self._mentor.value.strip()).get(answer.student, {})}
        criteria = self._exercise.rubric.criteria if self._exercise.rubric else ()
        choices = {each.id: self._points(each.points, mine.get(each.id), each.text[self._lang]) for each in criteria}
        rows = [
            self._widgets.HBox([choices[each.id], html_box(escape(f"{each.text[self._lang]} (0–{each.points:g})"))])
            for each in criteria
        ]
        said = read_marks(self._folder, self._assignment, answer.student).exercises.get(self._exercise.id)
        comment = self._widgets.Textarea(
            value=kept[1] if kept and kept[1] else said.comment if said else "",
            placeholder=told("rubric.comment", self._lang),
            rows=2,
            layout=self._widgets.Layout(width="36em"),
        )
        button = self._widgets.Button(
            description=told("rubric.save_next", self._lang),
            button_style="primary",
            layout=self._widgets.Layout(width="auto"),
        )

        self._unsaved = lambda: ({name: choice.value for name, choice in choices.items()}, str(comment.value))

        def pressed(_: Any) -> None:
            points = {name: choice.value for name, choice in choices.items()}
            self._result.value = outcome_html(self._folder, lambda: self._save(answer, points, comment.value.strip()))

        button.on_click(pressed)
        shown = html_box(f"<p><b>{escape(answer.student)}</b></p><pre>{escape(answer.answer)}</pre>")
        return [shown, *rows, comment, button]

    def _points(self, most: float, given: float | None, name: str) -> Any:
        """A choice of points that begins with none, so that nothing is given by accident."""
        steps = [number * STEP for number in range(int(most / STEP) + 1)]
        options = [("–", None), *((f"{each:g}", each) for each in steps)]
        return self._widgets.Dropdown(
            options=options, value=given, tooltip=name, layout=self._widgets.Layout(width="6em")
        )

    def _save(self, answer: DeskAnswer, points: dict[str, float | None], comment: str) -> str:
        mentor = self._mentor.value.strip()
        if not mentor:
            return told("rubric.mentor_missing", self._lang)
        given = {name: each for name, each in points.items() if each is not None}
        if len(given) < len(points):
            return told("rubric.all_of_them", self._lang)
        mean = mark_answer(self._folder, self._assignment, self._exercise.id, answer.student, mentor, given)
        if comment:
            comment_on(self._folder, self._assignment, self._exercise.id, [answer.student], comment=comment)
        self._anew(self._next_unmarked() or answer.student)
        saved = told("rubric.saved", self._lang, points=f"{mean:g}")
        return f"{answer.student}: {saved}"

    def _task(self) -> str:
        text = self._exercise.text[self._lang]
        html = markdown_html(text.prompt)
        for head, model in model_texts(self._exercise, self._lang):
            html += f"<h5>{escape(head)}</h5><pre>{escape(model)}</pre>"
        return f"<details open><summary>{escape(told('rubric.task', self._lang))}</summary>{html}</details>"

    def _blank_line(self) -> str:
        if not self._blank:
            return ""
        return f"<p>{escape(told('rubric.blank', self._lang, students=', '.join(self._blank)))}</p>"


def _differences(differing: Iterable[MarksCompared], lang: str) -> str:
    rows = [
        (
            each.student,
            each.criterion,
            ", ".join(f"{mentor}: {points:g}" for mentor, points in sorted(each.points.items())),
            told("rubric.far", lang) if each.spread > FAR_APART else "",
        )
        for each in differing
    ]
    head = f"<p><b>{escape(told('rubric.compare', lang))}</b></p>"
    return head + (texts_html(["", "", "", ""], rows) if rows else f"<p>{escape(told('rubric.agree', lang))}</p>")
