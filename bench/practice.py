"""How practice serves virtual learners: what it asks, and what they remember.

    python bench/practice.py [--learners 100] [--days 60] [--minutes 10] [--seed 1] [--list]

Each learner begins a lesson every third day and practises so many minutes a day, as long as there is something to practise. Models of
forgetting stand for the learners' heads, none of them the one that practice itself uses with its own numbers:

- `fsrs`: FSRS-6 with parameters that differ from learner to learner (each of the model's own times a factor of exp(N(0, 0.15))),
- `halving`: the chance of recall halves after h days (an exponential, where FSRS has a power). h begins at about 15 days, with which
  nine of ten are recalled after as many days as in FSRS-6 (each learner's own: times exp(N(0, 0.4))), is multiplied by 2.2 to 3.4 by a
  success that came late, by less by one that came soon, and falls to a third by a mistake,
- `hasty`: the same with h of 3 days at first: half of each lesson is gone before the next.

The ways of choosing that are compared: `before` is the one before there was a model of memory (`practice_before.py`), `usual` goes by
the model's own numbers for everybody, `fitted` by how fast each learner forgets (`memory.haste_of`; this is what learners have), and
`knowing` by the head itself, which no program can: what it reaches in so many minutes is what can be reached.

An answer is right with the chance of recall (a skill just learned: 0.87 in its lesson). Told are: drills of skills that no begun lesson
has taught; mean recall over all taught skills from day 28 on; drills a day; the share of drills asked while recall was above 0.95; and
whether the number that home shows as due is the schedule's. `--list` prints the days of the first learner instead.
"""

from __future__ import annotations

import argparse
import math
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from itertools import product
from statistics import mean
from typing import TYPE_CHECKING

from fsrs import Card, Rating, Scheduler
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from practice_before import round_before, state_before

from coursebook.practice import Library, TemplateRecord, load_library
from coursebook.practice.memory import WANTED, Recall
from coursebook.practice.spacing import Practised, SkillPhase, SkillState, haste_from, in_order, state_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

BEGIN = date(2026, 1, 1)
LATE = 28
SURE = 0.95
"""A drill whose answer is remembered more likely than that taught little."""


def noon(day: int) -> datetime:
    """A day as a moment."""
    return datetime.combine(BEGIN + timedelta(day), time(12), UTC)


@dataclass
class Fsrs:
    """A head that forgets as FSRS-6 has it, with parameters of its own."""

    dice: random.Random
    cards: dict[str, Card] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Draw the parameters."""
        drawn = [each * math.exp(self.dice.gauss(0, 0.15)) for each in DEFAULT_PARAMETERS]
        bounds = zip(drawn, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
        parameters = tuple(min(max(each, low), high) for each, low, high in bounds)
        self.model = Scheduler(parameters=parameters, learning_steps=(), relearning_steps=(), enable_fuzzing=False)

    def recall(self, skill: str, day: int) -> float:
        """The chance of a right answer."""
        return float(self.model.get_card_retrievability(self.cards[skill], noon(day)))

    def answer(self, skill: str, day: int, *, right: bool) -> None:
        """Learn from one answer."""
        card = self.cards.get(skill, Card(card_id=0))
        self.cards[skill] = self.model.review_card(card, Rating.Good if right else Rating.Again, noon(day))[0]


@dataclass
class Halving:
    """A head whose chance of recall halves after a time that grows with each success."""

    dice: random.Random
    first: float = 15.2
    """Days after which half of what was just learned is gone."""
    known: dict[str, tuple[float, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Draw the learner's own."""
        self.first *= math.exp(self.dice.gauss(0, 0.4))

    def recall(self, skill: str, day: int) -> float:
        """The chance of a right answer."""
        half, last = self.known[skill]
        return 0.5 ** ((day - last) / half)

    def answer(self, skill: str, day: int, *, right: bool) -> None:
        """Learn from one answer."""
        half, last = self.known.get(skill, (self.first, day))
        if not right:
            half = max(1.5, half / 3)
        elif skill in self.known:
            half *= 1 + self.dice.uniform(1.2, 2.4) * min(1.0, (day - last) / (half * 0.3))
        self.known[skill] = (half, day)


HEADS: Mapping[str, Callable[[random.Random], Fsrs | Halving]] = {
    "fsrs": Fsrs,
    "halving": Halving,
    "hasty": lambda dice: Halving(dice, 3.0),
}


def main() -> None:
    """Print a line for each model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learners", type=int, default=100)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--minutes", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    if options.list:
        head = Fsrs(random.Random(f"{options.seed} fsrs 0"))
        print("\n".join(live(head, options.days, options.minutes, 0, Choice.FITTED).told))
        return
    for (name, head_of), choice in product(HEADS.items(), Choice):
        lives = [
            live(
                head_of(random.Random(f"{options.seed} {name} {number}")), options.days, options.minutes, number, choice
            )
            for number in range(options.learners)
        ]
        drills = [each for life in lives for each in life.asked]
        print(
            f"{name}, {choice}: {len(drills) / options.learners / options.days:.1f} drills a day; "
            f"untaught {mean(not taught for taught, _ in drills):.1%}; "
            f"recall from day {LATE} on {mean(r for life in lives for r in life.recalls):.3f}; "
            f"recall above {SURE} when asked {mean(chance > SURE for _, chance in drills):.1%}; "
            f"due on home as scheduled on {mean(same for life in lives for same in life.same):.1%} of days; "
            f"due a day {mean(due for life in lives for due in life.due):.1f}",
            flush=True,
        )


class Choice(StrEnum):
    """By what the drills of a day are chosen."""

    BEFORE = "before"
    USUAL = "usual"
    FITTED = "fitted"
    KNOWING = "knowing"


@dataclass
class Life:
    """What happened to one learner."""

    asked: list[tuple[bool, float]] = field(default_factory=list)
    """For each drill: was its skill taught, and how likely was it remembered."""
    recalls: list[float] = field(default_factory=list)
    same: list[bool] = field(default_factory=list)
    due: list[int] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """A line a day: what was asked and what became of it, and how much is due and green."""


@dataclass
class Learner:
    """What practice knows of one learner, and what it has still to ask."""

    library: Library
    choice: Choice
    seen: dict[str, list[Practised]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    used: Counter[str] = field(default_factory=Counter)
    """How often each template was asked."""
    round: list[str] = field(default_factory=list)
    """What is left of a round of six, as rounds were before."""

    def note(self, skill: str, today: date, *, right: bool, mixed: bool) -> None:
        """Keep an answer."""
        shown = Recall.WRITTEN if right else Recall.MISSED
        self.seen.setdefault(skill, []).append(Practised(skill, today, shown, mixed))

    def states(self, today: date) -> list[SkillState]:
        """Where each skill stands."""
        haste = haste_from(each for of in self.seen.values() for each in of) if self.choice is Choice.FITTED else 1
        return [state_of(skill, self.seen.get(skill, ()), today, haste) for skill in self.library.by_skill]

    def due(self, today: date) -> tuple[int, int]:
        """How many skills home shows as due, and how many are by the schedule."""
        if self.choice is Choice.BEFORE:
            before = [state_before(skill, self.seen.get(skill, []), today) for skill in self.library.by_skill]
            return sum(each.is_due for each in before), sum(
                each.due_on is not None and each.due_on <= today for each in before
            )
        now = self.states(today)
        scheduled = sum(each.due_on is not None and each.due_on <= today for each in now)
        return sum(each.phase is SkillPhase.DUE for each in now), scheduled

    def asked(self, head: Fsrs | Halving, day: int, minutes: float) -> Iterator[tuple[str, float]]:
        """Skill and minutes of each drill of a day, as long as there are minutes left and something to ask."""
        today, left = BEGIN + timedelta(day), minutes
        if self.choice is Choice.BEFORE:
            while left > 0:
                if not self.round:
                    states = [state_before(skill, self.seen.get(skill, []), today) for skill in self.library.by_skill]
                    opened = {each.id for each in self.library.skills if each.lesson in self.begun}
                    self.round = round_before(states, today, opened)
                skill = self.round.pop(0)
                drill = self._least_used(self.library.by_skill[skill])
                left -= drill.minutes
                yield skill, drill.minutes
            return
        taught = set(self.seen)
        knowing = self.choice is Choice.KNOWING
        skills = known_to_fade(head, taught, day) if knowing else in_order(self.states(today), day, taught)
        for skill in skills:
            fitting = [each for each in self.library.open_of(skill, self.begun) if each.minutes <= left]
            if fitting:
                drill = self._least_used(fitting)
                left -= drill.minutes
                yield skill, drill.minutes
            if left <= 0:
                break
        if left == minutes and skills:
            shortest = min(self.library.open_of(skills[0], self.begun), key=lambda each: each.minutes)
            yield skills[0], shortest.minutes

    def _least_used(self, templates: Sequence[TemplateRecord]) -> TemplateRecord:
        drill = min(templates, key=lambda each: (self.used[each.id], each.id))
        self.used[drill.id] += 1
        return drill


def live(head: Fsrs | Halving, days: int, minutes: int, number: int, choice: Choice) -> Life:
    """One learner's days."""
    library, dice, life = _library(), random.Random(number), Life()
    lessons = list(dict.fromkeys(skill.lesson for skill in library.skills))
    learner = Learner(library, choice)
    for day in range(days):
        today = BEGIN + timedelta(day)
        if day % 3 == 0 and day // 3 < len(lessons):
            learner.begun.add(lessons[day // 3])
            for skill in (each.id for each in library.skills if each.lesson == lessons[day // 3]):
                right = dice.random() < 0.87
                head.answer(skill, day, right=right)
                learner.note(skill, today, right=right, mixed=False)
        taught = {each.id for each in library.skills if each.lesson in learner.begun}
        due, scheduled = learner.due(today)
        life.same.append(due == scheduled)
        life.due.append(scheduled)
        green = sum(each.phase is SkillPhase.GREEN for each in learner.states(today)) if number == 0 else 0
        asked, spent = [], 0.0
        for skill, took in learner.asked(head, day, minutes):
            spent += took
            chance = head.recall(skill, day) if skill in taught else 0.0
            life.asked.append((skill in taught, chance))
            right = dice.random() < chance
            asked.append(f"{skill} {'right' if right else 'wrong'} ({chance:.0%})")
            if skill in taught:
                head.answer(skill, day, right=right)
            learner.note(skill, today, right=right, mixed=True)
        life.told.append(
            f"day {day + 1}: taught {len(taught)}, due {due}, green {green}; {', '.join(asked) or 'nothing'}; {spent:g} minutes"
        )
        if day >= LATE:
            life.recalls += [head.recall(skill, day) for skill in sorted(taught)]
    return life


@cache
def _library() -> Library:
    return load_library()


def known_to_fade(head: Fsrs | Halving, taught: set[str], day: int) -> list[str]:
    """The skills that would be forgotten next, by who knows how likely each is remembered."""
    chances = {skill: head.recall(skill, day) for skill in taught}
    return sorted((skill for skill in taught if chances[skill] < WANTED), key=lambda skill: (chances[skill], skill))


if __name__ == "__main__":
    main()
