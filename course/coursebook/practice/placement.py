"""Where to begin: which question tells most, and what the answers say; pure functions of the answers.

Which lesson somebody should begin with is held as a chance for each lesson. An answer changes the chances by Bayes' rule, with the
response model of item response theory (three parameters: how sharply knowing begins, a guess, a slip; Birnbaum 1968), where the
difficulty of a question is the lesson that teaches its skill. Asked next is what is expected to make the chances most certain
for each minute it takes. `bench/placement.py` plays it.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coursebook.practice.gates import PlacementRecord
from coursebook.practice.template import TemplateRecord

_SHARPNESS, _SLIP = 2.0, 0.1
"""How fast knowing begins, per lesson; the chance that somebody who knows goes wrong."""
_SPREAD, _FLOOR = 3.0, 0.02
"""How many lessons somebody's own word may be off (standard deviation), and what it leaves to every lesson."""
_LEAP = 6
"""A question is at most so many lessons above what was right, so that nobody is asked at once for what is far off."""
_CERTAIN, _FAIRLY = 0.96, 0.8
"""Chance of being within a lesson that ends the test, and that is told as fairly sure."""


class Response(StrEnum):
    """What became of a question."""

    RIGHT = "right"
    WRONG = "wrong"
    UNKNOWN = "unknown"
    """Said to be not known yet: nobody guesses so."""


class Sureness(StrEnum):
    """How sure the outcome is; exactly one holds."""

    SURE = "sure"
    FAIRLY = "fairly"
    ROUGH = "rough"


@dataclass(frozen=True)
class Answered:
    """One question that was answered."""

    template: str
    """Its template's id."""
    answer: Response


@dataclass(frozen=True)
class Placed:
    """Where the test stands, or where it leads."""

    finished: bool
    """Whether it asks no more."""
    start: str
    """The lesson to begin with."""
    earliest: str
    latest: str
    """The lessons between which the beginning lies, with a chance of at least four in five."""
    sureness: Sureness
    careful: tuple[str, ...] = ()
    """Lessons before it in which people who write SQL go wrong, too."""


@dataclass(frozen=True)
class Placement:
    """The test, with what it needs of the course."""

    record: PlacementRecord
    lessons: Sequence[str]
    """The course's lessons, in order."""
    templates: Mapping[str, TemplateRecord]
    lesson_of: Mapping[str, str]
    """The lesson that teaches a skill."""

    def next_template(self, said: str, answered: Sequence[Answered], minutes: float) -> str | None:
        """The template that tells most for its minutes; None once nothing more is to be asked.

        Args:
            said: the id of what the learner said of their experience; empty if nothing.
            answered: the answers so far, in order.
            minutes: what has passed of the test's time.
        """
        answered = self._known(answered)
        chances = self._chances(said, answered)
        settled = self._around(chances, _middle(chances)) >= _CERTAIN and not self._unbounded(answered)
        if settled or len(answered) >= self.record.questions:
            return None
        asked = {each.template for each in answered}
        top = self._reach(said, answered)
        left = self.record.minutes - minutes
        open_ones = [
            template
            for each in self.record.templates
            if each not in asked and (template := self.templates[each]).minutes <= left and self._level(each) <= top
        ]
        best = max(open_ones, key=lambda each: (self._told(chances, each) / each.minutes, each.id), default=None)
        return best.id if best else None

    def placed(self, said: str, answered: Sequence[Answered], minutes: float) -> Placed:
        """What the answers say."""
        chances = self._chances(said, self._known(answered))
        at = _middle(chances)
        near = self._around(chances, at)
        low, high = _interval(chances)
        sureness = Sureness.SURE if near >= 0.9 else Sureness.FAIRLY if near >= _FAIRLY else Sureness.ROUGH
        return Placed(
            finished=self.next_template(said, answered, minutes) is None,
            start=self.lessons[at],
            earliest=self.lessons[low],
            latest=self.lessons[high],
            sureness=sureness,
            careful=tuple(each for each in self.record.careful if each in self.lessons[:at]),
        )

    def _known(self, answered: Sequence[Answered]) -> list[Answered]:
        """What was answered of templates that the course still has."""
        return [each for each in answered if each.template in self.templates]

    def _level(self, template: str) -> int:
        """The place of the lesson that a template is of, from 0."""
        return self.lessons.index(self.lesson_of[self.templates[template].skill])

    def _chances(self, said: str, answered: Iterable[Answered]) -> list[float]:
        """The chance of each lesson to be the one to begin with."""
        begins = next((each.begins for each in self.record.experience if each.id == said), None)
        chances = [1.0] * len(self.lessons)
        if begins is not None:
            about = self.lessons.index(begins)
            chances = [math.exp(-(((at - about) / _SPREAD) ** 2) / 2) + _FLOOR for at in range(len(self.lessons))]
        for each in answered:
            chances = self._after(chances, each.template, each.answer)
        return _scaled(chances)

    def _after(self, chances: Sequence[float], template: str, answer: Response) -> list[float]:
        return _scaled([each * self._likely(at, template, answer) for at, each in enumerate(chances)])

    def _likely(self, start: int, template: str, answer: Response) -> float:
        """How likely somebody who should begin at a lesson answers so."""
        guess = 0.0 if answer is Response.UNKNOWN else self.templates[template].kind.guess
        known = 1 / (1 + math.exp(-_SHARPNESS * (start - self._level(template) - 0.5)))
        right = guess + (1 - _SLIP - guess) * known
        return right if answer is Response.RIGHT else 1 - right

    def _told(self, chances: Sequence[float], template: TemplateRecord) -> float:
        """By how much an answer is expected to lower the entropy of the chances, in nats."""
        right = sum(each * self._likely(at, template.id, Response.RIGHT) for at, each in enumerate(chances))
        after = right * _entropy(self._after(chances, template.id, Response.RIGHT))
        return _entropy(chances) - after - (1 - right) * _entropy(self._after(chances, template.id, Response.WRONG))

    def _unbounded(self, answered: Sequence[Answered]) -> bool:
        """Whether all was right and the last questions there are were not among it: then nothing has shown where knowing ends."""
        highest = max(map(self._level, self.record.templates))
        return bool(answered) and all(
            each.answer is Response.RIGHT and self._level(each.template) < highest for each in answered
        )

    def _reach(self, said: str, answered: Iterable[Answered]) -> int:
        begins = next((each.begins for each in self.record.experience if each.id == said), None)
        known = self.lessons.index(begins) // 2 if begins is not None else 0
        right = [self._level(each.template) for each in answered if each.answer is Response.RIGHT]
        return max([known, *right]) + _LEAP - 1

    @staticmethod
    def _around(chances: Sequence[float], at: int) -> float:
        """The chance of lying within a lesson of one."""
        return sum(chances[max(0, at - 1) : at + 2])


def _scaled(chances: Sequence[float]) -> list[float]:
    whole = sum(chances)
    return [each / whole for each in chances]


def _entropy(chances: Iterable[float]) -> float:
    return -sum(each * math.log(each) for each in chances if each > 0)


def _middle(chances: Sequence[float]) -> int:
    """The median: the place that is least far off on average."""
    return _quantile(chances, 0.5)


def _interval(chances: Sequence[float]) -> tuple[int, int]:
    return _quantile(chances, 0.1), _quantile(chances, 0.9)


def _quantile(chances: Sequence[float], share: float) -> int:
    passed = 0.0
    for at, each in enumerate(chances):
        passed += each
        if passed >= share:
            return at
    return len(chances) - 1
