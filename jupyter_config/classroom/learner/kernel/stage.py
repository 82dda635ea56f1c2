"""Where the parts of a judged answer stand: the verdict first, then help, then the result, whatever is known first."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import uuid4
from zlib import crc32

from classroom.learner.panel.notices import grading
from classroom.session.display import MARK, Display, unfinished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_BLANKS = " \t\r\n"


def digest(source: str) -> str:
    """Eight hexadecimal digits for a cell's text without the blanks around it; the page reckons the same (`digest.ts`)."""
    whole = source.strip(_BLANKS).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return f"{crc32(whole.encode()):08x}"


def about(source: str, publish: Callable[[Display], None]) -> Callable[[Display], None]:
    """Publish with a mark of the text that ran: the learner may have written another one before the outcome is there."""
    text = {"text": digest(source)}

    def marked(display: Display) -> None:
        publish(replace(display, metadata={**display.metadata, MARK: {**text, **display.metadata.get(MARK, {})}}))

    return marked


def blank_at(place: str) -> Display:
    """Nothing, in a place that something shall take."""
    return Display({"text/html": "", "text/plain": ""}, place=place)


def into(place: str, publish: Callable[[Display], None]) -> Callable[[Display], None]:
    """Publish the first display into a place that was kept for it, and any other where it comes."""
    free = [place]

    def placed(display: Display) -> None:
        publish(replace(display, place=free.pop(), replaces=True) if free else display)

    return placed


@dataclass
class Stage:
    """Keeps places above the result: one says that the answer is being graded until the verdict takes it."""

    publish: Callable[[Display], None]
    exercise_id: str
    lang: str
    verdict_place: str = field(default_factory=lambda: uuid4().hex)
    draws: bool = False
    """Whether the answer asks for a chart, which stands between the verdict and the help."""
    is_query: bool = True
    """Whether the answer is a query, which is run on many sets of data."""
    drawing_place: str = field(default_factory=lambda: uuid4().hex)
    help_place: str = field(default_factory=lambda: uuid4().hex)
    waiting: set[str] = field(default_factory=set)
    """The places that nothing has taken yet."""

    def begin(self) -> None:
        """Show at once that the answer is being graded."""
        self.waiting = {self.verdict_place, self.help_place}
        self.publish(self.at_work)
        if self.draws:
            self.publish(blank_at(self.drawing_place))
        self.publish(replace(_blank(self.at_work), place=self.help_place))

    @property
    def at_work(self) -> Display:
        """The word that the answer is being graded, in the verdict's place."""
        return replace(unfinished(grading(self.lang, is_query=self.is_query)), place=self.verdict_place)

    def verdict(self, display: Display, outcome: str) -> None:
        """Put the verdict into its place."""
        self.waiting.discard(self.verdict_place)
        mark = {"exercise": self.exercise_id, "outcome": outcome}
        metadata = {**display.metadata, MARK: mark}
        self.publish(replace(display, place=self.verdict_place, replaces=True, metadata=metadata))

    def help(self, displays: Iterable[Display]) -> None:
        """Put the first of these under the verdict, and the others where they come."""
        self.waiting.discard(self.help_place)
        first, *others = [*displays] or [_blank(grading(self.lang))]
        self.publish(replace(first, place=self.help_place, replaces=True))
        for display in others:
            self.publish(display)

    def end(self) -> None:
        """Leave no place waiting."""
        for blank in self._blanks():
            self.publish(blank)
        self.waiting = set()

    def ended(self, told: Display) -> list[Display]:
        """What an end from outside leaves: why it came, in the verdict's place, and no place waiting."""
        places = [each for each in self._blanks() if each.place != self.verdict_place]
        mark = {"exercise": self.exercise_id, "outcome": ""}
        metadata = {**told.metadata, MARK: mark}
        return [replace(told, place=self.verdict_place, replaces=True, metadata=metadata), *places]

    def _blanks(self) -> list[Display]:
        return [replace(_blank(grading(self.lang)), place=place, replaces=True) for place in self.waiting]


def _blank(display: Display) -> Display:
    return replace(display, data=dict.fromkeys(display.data, ""), metadata={})
