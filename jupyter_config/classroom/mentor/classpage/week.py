"""The tab that does a class's week: release, collect, grade, give back, more time, each with a button that says what it does."""

from __future__ import annotations

from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from classroom.exchange.transport import Unreachable
from classroom.mentor.classpage.definitions import tell_definitions
from classroom.mentor.classpage.inbox import put_into_inbox
from classroom.mentor.place.calendar import NoDate, in_zone, read_due, zone_of
from classroom.mentor.place.gradebook import NoAssignment, full_names, open_gradebook
from classroom.mentor.place.wording import outcome_html, told
from classroom.mentor.returning.send import is_released, tell_class
from classroom.mentor.returning.workflow import (
    NbgraderFault,
    NotListed,
    collect,
    extend,
    release,
    release_feedback,
)

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
            moment = read_due(due.value, zone_of(self._folder)) if due.value.strip() else None
            release(self._folder, self._assignment, moment, to_exchange=True)
            self._state.value = self._told_state()
            when = told("week.due", self._lang, when=in_zone(moment, zone_of(self._folder))) if moment else ""
            return f"{told('week.is_released', self._lang, lesson=self._assignment)} {when}".strip()

        return self._step("release", act, due)

    def _collect(self) -> Any:
        def act() -> str:
            found = collect(self._folder, self._assignment)
            tell_definitions(self._folder, self._assignment)
            said = [told("week.collected", self._lang, count=found.taken, questions=found.questions)]
            said += [told("week.not_theirs", self._lang, student=who, owner=owner) for who, owner in found.not_theirs]
            if found.closed:
                said.append(told("week.closed", self._lang, place=found.closed))
            return " ".join(said)

        return self._step("collect", act)

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
            found = collect(self._folder)
            return told("week.collected", self._lang, count=found.taken, questions=found.questions)

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
            from classroom.mentor.grading.grade import grade_assignment

            if not is_released(self._folder, self._assignment):
                raise NoAssignment(self._assignment)
            self._progress.layout.display = ""
            try:
                report = grade_assignment(self._folder, self._assignment, progress=advance)
            finally:
                self._progress.layout.display = "none"
            if not self._folder.has_stock_exchange:
                tell_class(self._folder)
            counted = {"graded": len(report.graded), "refused": len(report.refused), "skipped": len(report.skipped)}
            return told("week.graded", self._lang, **counted)

        return self._step("grade", act, self._progress)

    def _give_back(self) -> Any:
        solutions = self._widgets.Checkbox(
            value=False, description=told("week.with_solutions", self._lang), indent=False
        )

        def act() -> str:
            from classroom.mentor.returning.feedback import make_feedback

            made = make_feedback(self._folder, self._assignment, with_solutions=solutions.value)
            done = release_feedback(self._folder, self._assignment)
            count = len(made) - len(done.keyless) - len(done.withheld)
            said = [told("week.given_back", self._lang, count=count)]
            if done.keyless:
                said.append(told("week.keyless", self._lang, students=", ".join(done.keyless)))
            if done.withheld:
                said.append(
                    told("week.withheld", self._lang, students=", ".join(done.withheld), lesson=self._assignment)
                )
            return " ".join(said)

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
            extend(self._folder, self._assignment, who.value, days=days.value)
            if not self._folder.has_stock_exchange:
                tell_class(self._folder)
            return told("week.extended", self._lang, student=who.value, days=f"{days.value:g}")

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
        """What came of a step; what can go wrong with it in words."""
        try:
            return act()
        except NoDate as fault:
            return told("week.bad_date", self._lang, text=fault)
        except Unreachable as fault:
            return told("week.closed", self._lang, place=fault.filename)
        except (NoAssignment, LookupError, NotListed):
            return told("week.release_first", self._lang, lesson=self._assignment)
        except NbgraderFault as fault:
            return told("week.nbgrader", self._lang, log=fault)
