"""How practice serves virtual learners: what it asks, and what they remember.

    python bench/practice.py [--learners 100] [--days 60] [--minutes 10] [--seed 1] [--list]

Each learner begins a lesson every third day and practises so many minutes a day. Two models of forgetting stand for the learners'
heads, neither of them the one that practice itself uses with its own numbers:

- `fsrs`: FSRS-6 with parameters that differ from learner to learner (each of the model's own times a factor of exp(N(0, 0.15))),
- `halving`: the chance of recall halves after h days; h begins at 3 days, is multiplied by 2.2 to 3.4 by a success that came late,
  by less by one that came soon, and falls to a third by a mistake.

Three ways of choosing are compared: `usual` goes by the model's own numbers for everybody, `fitted` by how fast each learner forgets
(`memory.haste_of`), and `knowing` by the head itself, which no program can: what it reaches in so many minutes is what can be reached.

An answer is right with the chance of recall (a skill just learned: 0.87 in its lesson). Told are: drills of skills that no begun lesson
has taught; mean recall over all taught skills from day 28 on; drills a day; the share of drills asked while recall was above 0.95; and
whether the number that home shows as due is the schedule's. `--list` prints the days of the first learner instead.
"""

from __future__ import annotations

import argparse
import math
import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import product
from statistics import mean

from fsrs import Card, Rating, Scheduler
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from coursebook.practice import load_library
from coursebook.practice.memory import WANTED, Recall
from coursebook.practice.spacing import Practised, SkillPhase, haste_from, in_order, state_of

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
    known: dict[str, tuple[float, int]] = field(default_factory=dict)

    def recall(self, skill: str, day: int) -> float:
        """The chance of a right answer."""
        half, last = self.known[skill]
        return 0.5 ** ((day - last) / half)

    def answer(self, skill: str, day: int, *, right: bool) -> None:
        """Learn from one answer."""
        half, last = self.known.get(skill, (3.0, day))
        if skill in self.known:
            spent = min(1.0, (day - last) / (half * 0.3))
            half = half * (1 + self.dice.uniform(1.2, 2.4) * spent) if right else max(1.5, half / 3)
        self.known[skill] = (half, day)


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
    heads: tuple[tuple[str, type[Fsrs | Halving]], ...] = (("fsrs", Fsrs), ("halving", Halving))
    for (name, kind), choice in product(heads, Choice):
        lives = [
            live(kind(random.Random(f"{options.seed} {name} {number}")), options.days, options.minutes, number, choice)
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


def live(head: Fsrs | Halving, days: int, minutes: int, number: int, choice: Choice) -> Life:
    """One learner's days."""
    library, dice, life = load_library(), random.Random(number), Life()
    lessons = list(dict.fromkeys(skill.lesson for skill in library.skills))
    length = {skill: min(each.minutes for each in each_of) for skill, each_of in library.by_skill.items()}
    seen: list[Practised] = []
    for day in range(days):
        today = BEGIN + timedelta(day)
        if day % 3 == 0 and day // 3 < len(lessons):
            for skill in library.skills:
                if skill.lesson == lessons[day // 3]:
                    right = dice.random() < 0.87
                    head.answer(skill.id, day, right=right)
                    seen.append(Practised(skill.id, today, Recall.WRITTEN if right else Recall.MISSED, mixed=False))
        taught = {each.skill for each in seen}
        haste = haste_from(seen) if choice is Choice.FITTED else 1
        states = [state_of(skill, seen, today, haste) for skill in library.by_skill]
        due = [each for each in states if each.phase is SkillPhase.DUE]
        life.same.append(len(due) == sum(each.due_on is not None and each.due_on <= today for each in states))
        life.due.append(len(due))
        left = float(minutes)
        asked = []
        for skill in known_to_fade(head, taught, day) if choice is Choice.KNOWING else in_order(states, day, taught):
            if length[skill] > left and left < minutes:
                continue
            left -= length[skill]
            chance = head.recall(skill, day) if skill in taught else 0.0
            life.asked.append((skill in taught, chance))
            right = dice.random() < chance
            asked.append(f"{skill} {'right' if right else 'wrong'}")
            head.answer(skill, day, right=right)
            seen.append(Practised(skill, today, Recall.WRITTEN if right else Recall.MISSED, mixed=True))
            if left <= 0:
                break
        green = sum(each.phase is SkillPhase.GREEN for each in states)
        life.told.append(
            f"day {day + 1}: taught {len(taught)}, due {len(due)}, green {green}; {', '.join(asked) or 'nothing'}"
        )
        if day >= LATE:
            life.recalls += [head.recall(skill, day) for skill in taught]
    return life


def known_to_fade(head: Fsrs | Halving, taught: set[str], day: int) -> list[str]:
    """The skills that would be forgotten next, by who knows how likely each is remembered."""
    chances = {skill: head.recall(skill, day) for skill in taught}
    return sorted((skill for skill in taught if chances[skill] < WANTED), key=lambda skill: (chances[skill], skill))


if __name__ == "__main__":
    main()
