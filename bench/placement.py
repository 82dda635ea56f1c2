"""Where the placement test leads virtual learners.

    python bench/placement.py [--learners 400] [--seed 1]

The learners are spread evenly over the lessons L1 to L14 that they should begin with. Two models say how they answer, neither of them
with the numbers of the one that the test itself holds:

- `step`: what was taught before that lesson is right but for a slip (3 to 20 %, each learner's own), what comes later is a guess,
- `slope`: knowing begins gradually (a logistic curve, 1.2 to 2.2 per lesson, each learner's own; 5 % slips), the rest is a guess.

Who doesn't know says so in three of five cases (24 seconds), otherwise guesses. A question takes a factor of its own minutes, which
are meant for who has just been taught (`--pace`, with a spread of 0.3 in the logarithm). What one says of one's experience is off by 2.5
lessons (standard deviation); `--silent` leaves it out. Told are: exact, within a lesson, questions, minutes, lessons that came out.
"""

from __future__ import annotations

import argparse
import math
import random
from collections import Counter
from dataclasses import dataclass
from statistics import mean

from coursebook import load_course
from coursebook.practice import load_library
from coursebook.practice.placement import Answered, Placement, Response

_SAYS_SO, _QUICKLY = 0.6, 0.4
_OFF = 2.5


@dataclass(frozen=True)
class Head:
    """What one learner knows."""

    start: int
    """The lesson to begin with, from 0."""
    model: str
    dice: random.Random
    own: float
    """The model's number of this learner."""

    def knows(self, lesson: int) -> bool:
        """Whether a question of a lesson is known this time."""
        if self.model == "step":
            return lesson < self.start and self.dice.random() > self.own
        return self.dice.random() < 0.95 / (1 + math.exp(-self.own * (self.start - lesson - 0.5)))


@dataclass(frozen=True)
class Outcome:
    """One test."""

    start: int
    led: int
    questions: int
    minutes: float


def take(test: Placement, head: Head, pace: float, *, silent: bool) -> Outcome:
    """One learner's test."""
    begins = [test.lessons.index(each.begins) for each in test.record.experience]
    felt = head.start + head.dice.gauss(0, _OFF)
    near = min(range(len(begins)), key=lambda at: abs(begins[at] - felt))
    said = "" if silent else test.record.experience[near].id
    answered: list[Answered] = []
    minutes = 0.0
    while (asked := test.next_template(said, answered, minutes)) is not None:
        template = test.templates[asked]
        known = head.knows(test.lessons.index(test.lesson_of[template.skill]))
        if not known and head.dice.random() < _SAYS_SO:
            answer, taken = Response.UNKNOWN, _QUICKLY
        else:
            right = known or head.dice.random() < template.kind.guess
            answer = Response.RIGHT if right else Response.WRONG
            taken = template.minutes * pace * math.exp(head.dice.gauss(0, 0.3))
        answered.append(Answered(asked, answer))
        minutes += taken
    led = test.lessons.index(test.placed(said, answered, minutes).start)
    return Outcome(head.start, led, len(answered), minutes)


def main() -> None:
    """Print a line for each model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learners", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pace", type=float, default=0.6)
    parser.add_argument("--silent", action="store_true")
    options = parser.parse_args()
    for model in ("step", "slope"):
        told = outcomes(model, options.learners, options.seed, options.pace, silent=options.silent)
        off = [abs(each.led - each.start) for each in told]
        ends = Counter(each.led + 1 for each in told)
        print(
            f"{model}: exact {mean(each == 0 for each in off):.1%}; within a lesson {mean(each <= 1 for each in off):.1%}; "
            f"farthest off {max(off)}; questions {mean(each.questions for each in told):.1f}, at most "
            f"{max(each.questions for each in told)}; minutes {mean(each.minutes for each in told):.1f}, in nine of ten below "
            f"{sorted(each.minutes for each in told)[len(told) * 9 // 10]:.1f}; led to {dict(sorted(ends.items()))}"
        )


def outcomes(model: str, learners: int, seed: int, pace: float, *, silent: bool) -> list[Outcome]:
    """The tests of so many learners."""
    library, course = load_library(), load_course()
    if library.placement is None:
        raise SystemExit("The course has no placement test.")
    lesson_of = {skill.id: skill.lesson for skill in library.skills}
    test = Placement(library.placement, tuple(course.folder_of), library.templates, lesson_of)
    told = []
    for number in range(learners):
        dice = random.Random(f"{seed} {model} {number}")
        own = dice.uniform(0.03, 0.2) if model == "step" else dice.uniform(1.2, 2.2)
        head = Head(number % len(test.lessons), model, dice, own)
        told.append(take(test, head, pace, silent=silent))
    return told


if __name__ == "__main__":
    main()
