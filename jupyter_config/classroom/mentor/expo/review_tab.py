"""The tab of reviews by those who have finished: answers are given out without names, what comes back goes on to their authors."""

from __future__ import annotations

from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from classroom.exchange.transport import Unreachable
from classroom.mentor.expo.expos import moment_of
from classroom.mentor.expo.peer_reviews import give_out, release, reviewers, take_back, text_of, to_release, waiting
from classroom.mentor.place.calendar import in_zone, zone_of
from classroom.mentor.place.review_store import ReviewStore
from classroom.mentor.place.wording import html_box, outcome_html, told
from classroom.mentor.returning.asked_reviews import review_exercise
from classroom.session.table_view import texts_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.mentor.expo.peer_reviews import CameBack
    from classroom.mentor.place.folder import MentorFolder
    from classroom.mentor.place.review_store import GivenOut


def review_tab(folder: MentorFolder) -> Any:
    """The queue."""
    if review_exercise(folder) is None:
        return html_box(f"<p>{escape(told('peer.no_exercise', folder.lang))}</p>")
    return ReviewTab(folder).box


class ReviewTab:
    """What waits, what is out, and what has come."""

    def __init__(self, folder: MentorFolder) -> None:
        self._folder, self._lang = folder, folder.lang
        self._widgets: Any = import_module("ipywidgets")
        self._done, self._place = self._widgets.HTML(), self._widgets.VBox()
        self.box = self._widgets.VBox([html_box(self._how()), self._done, self._place])
        self._draw()

    def _say(self, code: str, **params: object) -> str:
        return told(f"peer.{code}", self._lang, **params)

    def _how(self) -> str:
        exercise = review_exercise(self._folder)
        facts = {"exercise": exercise.id, "title": exercise.text[self._lang].title} if exercise else {}
        return f"<p>{escape(self._say('how', **facts))}</p>"

    def _draw(self) -> None:
        come = to_release(self._folder)
        parts = [*(self._came(each) for each in come), *self._to_give(), *self._out({each.given.key for each in come})]
        self._place.children = tuple(parts)

    def _to_give(self) -> list[Any]:
        """Hand-ins that wait, as they would be read, and who may be asked."""
        exercise, rows = review_exercise(self._folder), waiting(self._folder)
        name = exercise.id if exercise else ""
        if not rows:
            return [_said(self._say("none_waiting", lesson=name.partition("-")[0]))]
        texts = "".join(f"<p><b>{escape(learner)}</b></p><pre>{escape(text)}</pre>" for learner, text in rows)
        head = f"<h4>{escape(self._say('waiting', count=len(rows)))}</h4>"
        shown = html_box(f"{head}<details><summary>{escape(self._say('seen'))}</summary>{texts}</details>")
        may = reviewers(self._folder)
        if not may:
            return [shown, _said(self._say("nobody", exercise=name))]
        options = [
            (self._say("finished", learner=each.learner) if each.has_finished else each.learner, each.learner)
            for each in may
        ]
        choice = self._widgets.SelectMultiple(
            options=options,
            value=tuple(each.learner for each in may if each.has_finished),
            description=self._say("who"),
            rows=min(8, len(options)),
            layout=self._widgets.Layout(width="28em"),
        )
        return [shown, choice, self._button("give", lambda: self._give(choice.value))]

    def _give(self, chosen: tuple[str, ...]) -> str:
        if not chosen:
            return self._say("choose")
        given = give_out(self._folder, chosen)
        if not given:
            return self._say("gave_none")
        return self._say("gave", count=len(given), who=", ".join(sorted({each.reviewer for each in given})))

    def _out(self, come: set[str]) -> list[Any]:
        """Who has what; those of these keys have come and wait for a mentor."""
        given = ReviewStore(self._folder).given_out()
        if not given:
            return []
        head = [self._say(f"head_{name}") for name in ("author", "reviewer", "state")]
        rows = [(each.author, each.reviewer, self._state(each, is_back=each.key in come)) for each in given]
        parts = [html_box(f"<h4>{escape(self._say('out'))}</h4>{texts_html(head, rows)}")]
        still = [
            (f"{each.author} → {each.reviewer}", each.key)
            for each in given
            if each.key not in come and not each.released
        ]
        if still:
            choice = self._widgets.Dropdown(options=still, tooltip=self._say("take_back"))
            button = self._button("take_back", lambda: self._take_back(choice.value), primary=False)
            parts.append(self._widgets.HBox([choice, button]))
        return parts

    def _state(self, each: GivenOut, *, is_back: bool) -> str:
        if each.released:
            return self._say("released", at=self._when(each.released))
        return self._say("came") if is_back else self._say("open", at=self._when(each.at))

    def _when(self, text: str) -> str:
        return in_zone(moment_of(text), zone_of(self._folder))

    def _take_back(self, key: str) -> str:
        take_back(self._folder, key)
        return self._say("took_back")

    def _came(self, one: CameBack) -> Any:
        """A review with the answer that it is of, and the text that its author will read."""
        title = self._say("review_of", author=one.given.author, reviewer=one.given.reviewer)
        text = self._widgets.Textarea(
            value=text_of(self._folder, one.review),
            tooltip=self._say("text"),
            rows=10,
            layout=self._widgets.Layout(width="44em"),
        )
        answer = f"<h4>{escape(title)}</h4><pre>{escape(one.given.answer)}</pre><p>{escape(self._say('text'))}</p>"
        return self._widgets.VBox(
            [html_box(answer), text, self._button("release", lambda: self._release(one, text.value.strip()))]
        )

    def _release(self, one: CameBack, text: str) -> str:
        release(self._folder, one, text, self._folder.mentor_for_learners)
        return self._say("went", author=one.given.author)

    def _button(self, code: str, act: Callable[[], str], *, primary: bool = True) -> Any:
        button = self._widgets.Button(
            description=self._say(code),
            button_style="primary" if primary else "",
            layout=self._widgets.Layout(width="16em"),
        )

        def tried() -> str:
            try:
                return act()
            except Unreachable as fault:
                return told("week.closed", self._lang, place=fault.filename)

        def pressed(_: Any) -> None:
            self._done.value = outcome_html(self._folder, tried)
            self._draw()

        button.on_click(pressed)
        return button


def _said(text: str) -> Any:
    return html_box(f"<p>{escape(text)}</p>")
