"""The tab of the Expos: who stands where, one of them to be read, its second month, the rubric, and how mentors agree."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from classroom.exchange.expo.seal import MONTH, REPORT, latest
from classroom.exchange.expo.words import plain
from classroom.exchange.transport import Unreachable
from classroom.mentor.expo.expos import handed_in, moment_of
from classroom.mentor.expo.feedback import drawn_sentences, return_expo, verdict_on
from classroom.mentor.expo.issues import issues_html
from classroom.mentor.expo.marking import ExpoForm
from classroom.mentor.expo.month import BY_LOT, CannotGive, give_month
from classroom.mentor.expo.outcome import NotYet, lacks_in_words, outcome_of
from classroom.mentor.expo.result import agreements, differences
from classroom.mentor.expo.view import expo_html, written_steps
from classroom.mentor.place.calendar import in_zone, zone_of
from classroom.mentor.place.expo_store import ExpoMarksStore
from classroom.mentor.place.wording import html_box, outcome_html, told
from classroom.session.table_view import texts_html
from coursebook.expo import load_expo
from marketplace import MarketplaceError
from marketplace.secondmonth.plan import EFFECTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.mentor.expo.expos import HandedInExpo
    from classroom.mentor.expo.marking import Typed
    from classroom.mentor.expo.outcome import ExpoOutcome
    from classroom.mentor.expo.result import ExpoResult
    from classroom.mentor.place.folder import MentorFolder


def expo_tab(folder: MentorFolder) -> Any:
    """The Expos that were handed in."""
    if not handed_in(folder):
        return html_box(f"<p>{escape(told('expo.none', folder.lang))}</p>")
    return ExpoTab(folder).box


class ExpoTab:
    """The list, and one Expo in front."""

    def __init__(self, folder: MentorFolder) -> None:
        self._folder, self._lang = folder, folder.lang
        self._widgets: Any = import_module("ipywidgets")
        self._texts, self._store = load_expo(folder.course.root), ExpoMarksStore(folder)
        self._marking: ExpoForm | None = None
        self._typed: dict[tuple[str, str], Typed] = {}
        self._mentor = self._widgets.Text(
            value=folder.mentor, description=told("rubric.mentor", self._lang), continuous_update=False
        )
        self._choice = self._widgets.Dropdown(description=told("learner", self._lang))
        self._list, self._compared, self._done = html_box(""), html_box(""), self._widgets.HTML()
        self._place = self._widgets.VBox()
        issues = html_box(issues_html(folder.course.root, self._texts, self._lang))
        self._look()
        self._choice.options = list(self._expos)
        self._choice.value = next(iter(self._expos))
        self._choice.observe(lambda _: self._show(), "value")
        self._mentor.observe(lambda _: self._anew(), "value")
        self.box = self._widgets.VBox(
            [self._list, self._mentor, self._choice, self._done, self._place, self._compared, issues]
        )
        self._show()

    def _look(self) -> None:
        """Read the desk anew, and draw the list and the comparison."""
        self._expos = {each.name: each for each in handed_in(self._folder)}
        rows = [self._line(each) for each in self._expos.values()]
        names = ("learner", "at", "steps", "sealed", "month", "report", "marked", "result", "doubts")
        head = [told("learner" if name == "learner" else f"expo.head.{name}", self._lang) for name in names]
        self._list.value = _pg(texts_html(head, rows))
        self._compared.value = _pg(self._comparison())

    def _line(self, each: HandedInExpo) -> tuple[str, ...]:
        plan, outcome = each.plan, self._outcome(each)
        result, points = outcome.result, ""
        if result is not None and self._may_see(result):
            code = "open" if outcome.final is None else "passed" if result.passes else "not_passed"
            points = told(f"expo.{code}", self._lang, points=f"{result.total:g}")
            points += f" {told('expo.is_back', self._lang)}" if self._is_back(each) else ""
        month = latest(each.expo, MONTH)
        return (
            each.name,
            self._when(each.at),
            f"{len(written_steps(each.expo))} / 8",
            self._when(plan.at) if plan else "–",
            told("expo.made", self._lang) if month else told("expo.given", self._lang) if each.month else "–",
            "✓" if latest(each.expo, REPORT) else "–",
            ", ".join(result.mentors) if result else "–",
            points or "–",
            f"⚠ {len(each.doubts)}" if each.doubts else "–",
        )

    def _when(self, text: str) -> str:
        return in_zone(moment_of(text), zone_of(self._folder))

    def _show(self) -> None:
        each = self._expos.get(str(self._choice.value))
        if each is None:
            return
        reading = html_box(expo_html(each, zone_of(self._folder), self._lang))
        self._marking = self._form_of(each)
        self._place.children = (reading, self._month(each), self._marking.box, self._return(each))

    def _form_of(self, each: HandedInExpo) -> ExpoForm:
        """The rubric with what this mentor gave, or had typed before another name was chosen.

        Points that were given before any name, or under one that has saved nothing and so was mistyped, go along to the next.
        """
        mentor, before = self._mentor.value.strip(), self._marking
        form = ExpoForm(self._folder, self._texts, each, mentor, self._saved)
        if before is not None:
            self._typed[before.expo.code, before.mentor] = before.typed()
            has_saved = before.mentor in self._store.mentors()
            if before.expo == each and before.mentor != mentor and not has_saved:
                self._typed.setdefault((each.code, mentor), self._typed.pop((each.code, before.mentor)))
        form.retype(self._typed.pop((each.code, mentor), {}))
        return form

    def _show_around(self) -> None:
        """Draw what stands around the rubric anew; what is typed into it and not saved stays."""
        each, (reading, _, marking, _) = self._expos[str(self._choice.value)], self._place.children
        self._place.children = (reading, self._month(each), marking, self._return(each))

    def _saved(self, said: str) -> None:
        self._done.value = f"<p>{escape(said)}</p>"
        self._marking = None  # what was typed is saved
        self._anew()

    def _anew(self) -> None:
        self._look()
        self._show()

    def _month(self, each: HandedInExpo) -> Any:
        """What is known of the second month; a choice of its effect while none was given."""
        title = f"<h4>{escape(told('expo.month', self._lang))}</h4>"
        if each.plan is None:
            return html_box(f"{title}<p>{escape(told('expo.not_sealed', self._lang))}</p>")
        if each.month is not None:
            return html_box(title + "".join(f"<p>{escape(line)}</p>" for line in self._drawn(each)))
        options = [
            (told("expo.by_lot", self._lang), BY_LOT),
            *((plain(f"effect.{name}", self._lang), name) for name in EFFECTS),
        ]
        effect = self._widgets.Dropdown(
            options=options, tooltip=told("expo.effect", self._lang), layout=self._widgets.Layout(width="20em")
        )
        button = self._button("expo.give", lambda: self._give(each, effect.value))
        note = f"<p>{escape(told('expo.give_does', self._lang))}</p>"
        return self._widgets.VBox([html_box(title + note), self._widgets.HBox([effect, button])])

    def _drawn(self, each: HandedInExpo) -> list[str]:
        try:
            lines = drawn_sentences(self._folder, each)
        except MarketplaceError as fault:
            return [fault.sentence(self._lang)]
        if self._folder.practice is None:
            lines.append(told("expo.no_practice", self._lang))
        return [told("expo.for_you", self._lang), *lines]

    def _give(self, each: HandedInExpo, effect: str) -> str:
        try:
            give_month(self._folder, each, effect)
        except CannotGive as fault:
            return fault.sentence or told("expo.not_sealed", self._lang)
        except Unreachable as fault:
            return told("week.closed", self._lang, place=fault.filename)
        return told("expo.gave", self._lang, learner=each.learner)

    def _return(self, each: HandedInExpo) -> Any:
        outcome = self._outcome(each)
        result, missing = outcome.result, escape(lacks_in_words(outcome.lacks, self._lang))
        if result is None or not self._may_see(result):
            return html_box(f"<p>{missing}</p>" if missing else "")
        said = told("expo.points", self._lang, points=f"{result.total:g}", count=len(result.mentors))
        if missing:
            return html_box(f"<p><b>{escape(said)}</b> {missing}</p>")
        verdict = verdict_on(result, self._texts, self._lang)
        button = self._button("expo.return", lambda: self._give_back(each))
        return self._widgets.VBox([html_box(f"<p><b>{escape(said)}</b> {escape(verdict)}</p>"), button])

    def _outcome(self, each: HandedInExpo) -> ExpoOutcome:
        return outcome_of(self._folder, each, self._texts)

    def _is_back(self, each: HandedInExpo) -> bool:
        return any(one.code == each.code for one in self._store.returned(each.learner))

    def _may_see(self, result: ExpoResult) -> bool:
        """Whether points may be shown: a second mentor is to give theirs first."""
        return len(result.mentors) > 1 or self._mentor.value.strip() in result.mentors

    def _give_back(self, each: HandedInExpo) -> str:
        try:
            return_expo(self._folder, each)
        except NotYet as fault:
            return lacks_in_words(fault.lacks, self._lang)
        except Unreachable as fault:
            return told("week.closed", self._lang, place=fault.filename)
        return told("expo.went_back", self._lang, learner=each.learner)

    def _button(self, code: str, act: Callable[[], str]) -> Any:
        button = self._widgets.Button(
            description=told(code, self._lang), button_style="primary", layout=self._widgets.Layout(width="16em")
        )

        def pressed(_: Any) -> None:
            self._done.value = outcome_html(self._folder, act)
            self._look()
            self._show_around()

        button.on_click(pressed)
        return button

    def _comparison(self) -> str:
        """Rows to talk about, and how far mentors agree; only of Expos that both have marked whole."""
        marks = [
            replace(mark, learner=each.name)
            for each in self._expos.values()
            for mark in self._store.marks(each.learner, each.codes)
        ]
        far = [
            (each.learner, each.letter, ", ".join(f"{name}: {points}" for name, points in sorted(each.points.items())))
            for each in differences(marks)
        ]
        lines = [
            told(
                "expo.kappa",
                self._lang,
                one=each.one,
                other=each.other,
                rows=each.rows,
                kappa=f"{each.kappa:.2f}".replace("-", "−"),
            )
            if each.kappa is not None
            else told("expo.no_kappa", self._lang, one=each.one, other=each.other, rows=each.rows)
            for each in agreements(marks)
        ]
        title = f"<h4>{escape(told('expo.compare', self._lang))}</h4>"
        if not lines:
            return f"{title}<p>{escape(told('expo.one_mentor', self._lang))}</p>"
        said = "".join(f"<p>{escape(line)}</p>" for line in lines)
        head = [told("learner", self._lang), told("expo.row", self._lang), told("expo.both", self._lang)]
        table = texts_html(head, far) if far else f"<p>{escape(told('expo.none_far', self._lang))}</p>"
        return f"{title}{said}{table}"


def _pg(text: str) -> str:
    return f'<div class="pg"><div class="pg-scroll">{text}</div></div>'
