"""The rubric of one Expo: eleven rows with their anchors, one mentor's points and words; another's are shown after one's own."""

from __future__ import annotations

import datetime as dt
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from classroom.exchange.expo.record import EXPO
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.expo_store import ExpoMark, ExpoMarksStore
from classroom.mentor.place.wording import html_box, told
from classroom.session.table_view import texts_html
from coursebook.expo import MOST_POINTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.mentor.expo.expos import HandedInExpo
    from classroom.mentor.place.folder import MentorFolder
    from coursebook.expo import ExpoTexts, RowRecord


Typed = dict[str, tuple[int | None, str]]
"""Points and words by row."""


class ExpoForm:
    """One mentor's form for one Expo; `saved` is told what came of it."""

    def __init__(
        self,
        folder: MentorFolder,
        texts: ExpoTexts,
        expo: HandedInExpo,
        mentor: str,
        saved: Callable[[str], None],
    ) -> None:
        self._folder, self._texts, self.expo, self.mentor, self._saved = folder, texts, expo, mentor, saved
        self._lang, self._store = folder.lang, ExpoMarksStore(folder)
        self._widgets: Any = import_module("ipywidgets")
        given = self._store.marks(expo.learner, expo.codes)
        self._mine = {each.letter: each for each in given if each.mentor == mentor}
        self._others = [each for each in given if each.mentor != mentor]
        self._points: dict[str, Any] = {}
        self._words: dict[str, Any] = {}
        parts = [self._row(row) for row in texts.rubric]
        button = self._widgets.Button(
            description=told("expo.save", self._lang),
            button_style="primary",
            layout=self._widgets.Layout(width="16em"),
        )
        button.on_click(lambda _: self._save())
        title = html_box(f"<h4>{escape(told('expo.rubric', self._lang))}</h4>{self._old()}")
        self._said = self._widgets.HTML()
        self.box = self._widgets.VBox([title, *parts, button, self._said, self._side_by_side()])

    def typed(self) -> Typed:
        """What stands in the form and is not saved, by row."""
        kept = {letter: (each.points, each.comment) for letter, each in self._mine.items()}
        now = {letter: (box.value, self._words[letter].value.strip()) for letter, box in self._points.items()}
        return {letter: each for letter, each in now.items() if each != kept.get(letter, (None, ""))}

    def retype(self, typed: Typed) -> None:
        """Put back what another form had."""
        for letter, (points, words) in typed.items():
            self._points[letter].value, self._words[letter].value = points, words

    def _old(self) -> str:
        """Whether one's own marks are of an earlier hand-in."""
        is_old = any(each.code != self.expo.code for each in self._mine.values())
        return f"<p>{escape(told('expo.old_marks', self._lang))}</p>" if is_old else ""

    def _row(self, row: RowRecord) -> Any:
        """A row's anchors, the points to choose, and words to the learner, which may come from the bank."""
        mine, must = self._mine.get(row.letter), f" {told('expo.must', self._lang)}" if row.must else ""
        name = f"{row.letter} {row.title[self._lang]}{must}"
        anchors = [
            (str(points), each.text[self._lang], each.example[self._lang]) for points, each in enumerate(row.anchors)
        ]
        head = [told(f"expo.anchor.{each}", self._lang) for each in ("points", "when", "example")]
        fold = f"<details><summary><b>{escape(name)}</b></summary>{texts_html(head, anchors)}</details>"
        choices = [("–", None), *((str(number), number) for number in range(MOST_POINTS + 1))]
        self._points[row.letter] = self._widgets.Dropdown(
            options=choices,
            value=mine.points if mine else None,
            tooltip=name,
            layout=self._widgets.Layout(width="5em"),
        )
        self._words[row.letter] = self._widgets.Combobox(
            value=mine.comment if mine else "",
            options=[each.text for each in class_file(self._folder).comments(_bank(row.letter))],
            placeholder=told("expo.words", self._lang),
            tooltip=f"{name}: {told('expo.words', self._lang)}",
            ensure_option=False,
            layout=self._widgets.Layout(width="34em"),
        )
        line = self._widgets.HBox([self._points[row.letter], self._words[row.letter]])
        return self._widgets.VBox([html_box(fold), line])

    def _save(self) -> None:
        points = {letter: box.value for letter, box in self._points.items()}
        if not self.mentor:
            self._said.value = f"<p>{escape(told('rubric.mentor_missing', self._lang))}</p>"
            return
        if any(each is None for each in points.values()):
            left = ", ".join(letter for letter, each in points.items() if each is None)
            self._said.value = f"<p>{escape(told('expo.all_rows', self._lang, rows=left))}</p>"
            return
        now, learner = dt.datetime.now(dt.UTC).isoformat(), self.expo.learner
        words = {letter: box.value.strip() for letter, box in self._words.items()}
        self._store.keep_marks(
            ExpoMark(learner, self.mentor, letter, each, words[letter], self.expo.code, now)
            for letter, each in points.items()
        )
        for letter, text in words.items():
            if text and text != (self._mine[letter].comment if letter in self._mine else ""):
                class_file(self._folder).note_comment(_bank(letter), text)
        self._saved(told("expo.saved", self._lang, learner=learner, mentor=self.mentor))

    def _side_by_side(self) -> Any:
        """Another mentor's marks, once one's own are there: before, they would sway them."""
        mentors = sorted({each.mentor for each in self._others})
        if not mentors:
            return html_box("")
        if not self._mine:
            return html_box(f"<p>{escape(told('expo.after_yours', self._lang, mentors=', '.join(mentors)))}</p>")
        theirs = {(each.mentor, each.letter): each for each in self._others}
        rows = [
            (
                letter,
                str(mine.points),
                *(_shown(theirs.get((mentor, letter))) for mentor in mentors),
            )
            for letter, mine in sorted(self._mine.items())
        ]
        return html_box(texts_html([told("expo.row", self._lang), self.mentor, *mentors], rows))


def _shown(mark: ExpoMark | None) -> str:
    if mark is None:
        return "–"
    return f"{mark.points} {mark.comment}".strip()


def _bank(letter: str) -> str:
    """The place of a row's comments in the comment bank."""
    return f"{EXPO}-{letter}"
