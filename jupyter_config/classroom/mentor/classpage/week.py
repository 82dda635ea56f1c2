"""The tab that does a class's week: release, collect, grade, give back, more time, each with a button that says what it does."""

from __future__ import annotations

from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from classroom.mentor.classpage.inbox import put_into_inbox
from classroom.mentor.classpage.steps import (
    collect_lesson,
    extend_for,
    give_back_lesson,
    grade_lesson,
    release_lesson,
    said_of,
)
from classroom.mentor.place.calendar import in_zone, zone_of
from classroom.mentor.place.gradebook import full_names, open_gradebook
from classroom.mentor.place.wording import outcome_html, told
from classroom.mentor.returning.send import is_released

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from classroom.mentor.place.folder import MentorFolder


class Week:
    """The tab for one lesson; `anew` has the other tabs drawn anew after each step."""

    def __init__(self, folder: MentorFolder, assignment: str, anew: Callable[[], None]) -> None:
        self._folder, self._assignment, self._anew, self._lang = folder, assignment, anew, folder.lang
        self._widgets: Any = import_module("ipywidgets")
        self._progress = self._widgets.IntProgress(min=0, max=1, layout=self._widgets.Layout(display="none"))
        self._students = full_names(folder)
        self._state = self._widgets.HTML(self._told_state())
        self.box = self._widgets.VBox(
            [
                self._state,
                self._release(),
                self._collect(),
                self._drop(),
                self._grade(),
                self._give_back(),
                self._extend(),
            ]
        )

    def _told_state(self) -> str:
        """Whether the lesson is out, and until when, as the gradebook has it now."""
        with open_gradebook(self._folder) as gradebook:
            found = (each.duedate for each in gradebook.assignments if each.name == self._assignment)
            moment = next(found, None)
        released = told(
            "week.released" if is_released(self._folder, self._assignment) else "week.not_released", self._lang
        )
        when = in_zone(moment, zone_of(self._folder)) if moment is not None else ""
        due = told("week.due", self._lang, when=when) if when else told("week.no_due", self._lang)
        return f'<p class="pg-week-state">{escape(released)} {escape(due)}</p>'

    def _release(self) -> Any:
        due = self._widgets.Text(
            placeholder="2027-01-31",
            tooltip=told("week.due_day", self._lang),
            layout=self._widgets.Layout(width="14em"),
        )

        def act() -> str:
            said = release_lesson(self._folder, self._assignment, due.value)
            self._state.value = self._told_state()
            return said

        return self._step("release", act, due)

    def _collect(self) -> Any:
        return self._step("collect", lambda: collect_lesson(self._folder, self._assignment))

    def _drop(self) -> Any:
        """A place for hand-in files and notebooks: they go into the inbox and are taken from there."""
        upload = self._widgets.FileUpload(
            multiple=True, description=told("week.drop", self._lang), layout=self._widgets.Layout(width="auto")
        )
        what = self._widgets.HTML(f"<span>{escape(told('week.drop_does', self._lang))}</span>")
        answer = self._widgets.HTML()

        def take(files: Sequence[Mapping[str, Any]]) -> str:
            for each in files:
                put_into_inbox(self._folder, str(each["name"]), bytes(each["content"]))
            return collect_lesson(self._folder)

        def dropped(change: Any) -> None:
            if not (files := change["new"]):
                return
            answer.value = outcome_html(self._folder, lambda: self._said(lambda: take(files)))
            upload.value = ()
            self._anew()

        upload.observe(dropped, "value")
        return self._widgets.VBox([self._widgets.HBox([upload, what]), answer])

    def _grade(self) -> Any:
        def advance(done: int, total: int) -> None:
            self._progress.max, self._progress.value = total, done

        def act() -> str:
            self._progress.layout.display = ""
            try:
                return grade_lesson(self._folder, self._assignment, advance)
            finally:
                self._progress.layout.display = "none"

        return self._step("grade", act, self._progress)

    def _give_back(self) -> Any:
        solutions = self._widgets.Checkbox(
            value=False, description=told("week.with_solutions", self._lang), indent=False
        )

        def act() -> str:
            return give_back_lesson(self._folder, self._assignment, with_solutions=solutions.value)

        return self._step("give_back", act, solutions)

    def _extend(self) -> Any:
        who = self._widgets.Dropdown(
            options=[("…", ""), *((name, each) for each, name in self._students.items())],
            tooltip=told("learner", self._lang),
        )
        days = self._widgets.BoundedFloatText(
            value=1,
            min=0,
            max=365,
            step=0.5,
            description=told("week.days", self._lang),
            style={"description_width": "initial"},
            layout=self._widgets.Layout(width="15em"),
        )

        def act() -> str:
            if not who.value:
                return told("week.who", self._lang)
            return extend_for(self._folder, self._assignment, who.value, days.value)

        return self._step("extend", act, who, days)

    def _step(self, name: str, act: Callable[[], str], *fields: Any) -> Any:
        """A button with what it does beside it, and under it what came of it."""
        button = self._widgets.Button(description=told(f"week.{name}", self._lang), button_style="primary")
        what = self._widgets.HTML(f"<span>{escape(told(f'week.{name}_does', self._lang))}</span>")
        answer = self._widgets.HTML()

        def pressed(_: Any) -> None:
            button.disabled = True
            answer.value = f"<p>{escape(told('week.working', self._lang))}</p>"
            try:
                answer.value = outcome_html(self._folder, lambda: self._said(act))
                self._anew()
            finally:
                button.disabled = False

        button.on_click(pressed)
        return self._widgets.VBox([self._widgets.HBox([button, *fields, what]), answer])

    def _said(self, act: Callable[[], str]) -> str:
        return said_of(self._folder, self._assignment, act)[0]
