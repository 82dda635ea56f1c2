"""Whether a level test measures: 500 virtual learners of five strengths, each on two draws of each level's test.

    python bench/exam.py [learners] [--csv file]

Model: a learner of strength s earns on a task of difficulty d a share of its points drawn around logistic(s - d): the whole with that
chance, else partial credit (a share between 0 and 0.6 that grows with it). A task's difficulty is its skill's place in the course and
its estimated minutes; a template's own difficulty differs from that of the others that may be drawn in its place by a normal error
(SD 0.25), and numbers drawn by another (SD 0.1). With figures of real tests (`template_figures` of `classroom.mentor.exam.listing`,
columns template,count,credit) given by --csv, a template's difficulty is what they say.

It prints by level: the rank correlation (Spearman) of results with strengths; the mean difference, in per cent of the points, of one
learner's results on the same draw taken twice (the learner's own noise); on two parallel draws; and the largest difference of the means
of one class between draws. It fails where parallel draws differ by more than 1.15 times the noise, or ranks agree by less than 0.8.
"""

from __future__ import annotations

import argparse
import csv
import math
import random
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from coursebook.practice import ExamRecord, Library, load_library

STRENGTHS = (-1.6, -0.8, 0.0, 0.8, 1.6)
TEMPLATE_SD, NUMBERS_SD = 0.25, 0.1
LEAST_RANKS, MOST_RATIO = 0.8, 1.15
CLASSES = 20


@dataclass(frozen=True)
class Measured:
    """One level's figures."""

    level: int
    ranks: float
    noise: float
    """Mean difference of one learner's results on one draw, in per cent."""
    parallel: float
    """The same on two draws."""
    between: float
    """The largest difference of a class's means between two draws, in per cent."""


def difficulty_of(library: Library, template: str, exam: ExamRecord, known: dict[str, float]) -> float:
    """Of a template: what real tests say, else its estimated minutes against the level's, and its own error."""
    if template in known:
        return known[template]
    record = library.templates[template]
    all_of = [library.templates[each].minutes for task in exam.tasks for each in task.templates]
    own = random.Random(template).gauss(0, TEMPLATE_SD)
    return (record.minutes - mean(all_of)) / 2 + own


def draw_of(library: Library, exam: ExamRecord, draw: random.Random, known: dict[str, float]) -> list[float]:
    """The difficulties of a draw's tasks."""
    chosen = [draw.choice(task.templates) for task in exam.tasks]
    return [difficulty_of(library, each, exam, known) + draw.gauss(0, NUMBERS_SD) for each in chosen]


def result_of(strength: float, difficulties: list[float], luck: random.Random) -> float:
    """A learner's result, in per cent of the points."""
    shares = []
    for each in difficulties:
        chance = 1 / (1 + math.exp(-1.7 * (strength - each)))
        shares.append(1.0 if luck.random() < chance else luck.uniform(0, 0.6) * chance)
    return 100 * mean(shares)


def measured(library: Library, exam: ExamRecord, learners: int, known: dict[str, float]) -> Measured:
    """The figures of one level's test."""
    luck, draws = random.Random(exam.level), random.Random(1_000 + exam.level)
    strengths = [STRENGTHS[number % len(STRENGTHS)] + luck.gauss(0, 0.2) for number in range(learners)]
    first, again, other = [], [], []
    for strength in strengths:
        one, two = (draw_of(library, exam, draws, known) for _ in range(2))
        first.append(result_of(strength, one, luck))
        again.append(result_of(strength, one, luck))
        other.append(result_of(strength, two, luck))
    means = []
    for _ in range(CLASSES):
        drawn = draw_of(library, exam, draws, known)
        means.append(mean(result_of(each, drawn, luck) for each in strengths))
    apart = [abs(a - b) for a, b in zip(first, again, strict=True)]
    parallel = [abs(a - b) for a, b in zip(first, other, strict=True)]
    return Measured(exam.level, spearman(strengths, first), mean(apart), mean(parallel), max(means) - min(means))


def spearman(one: list[float], other: list[float]) -> float:
    """The rank correlation; equal values share the mean of their ranks."""
    a, b = ranks(one), ranks(other)
    middle = (len(a) + 1) / 2
    top = sum((x - middle) * (y - middle) for x, y in zip(a, b, strict=True))
    below = math.sqrt(sum((x - middle) ** 2 for x in a) * sum((y - middle) ** 2 for y in b))
    return top / below


def ranks(values: list[float]) -> list[float]:
    """From 1."""
    order = sorted(range(len(values)), key=values.__getitem__)
    found, at = [0.0] * len(values), 0
    while at < len(order):
        end = at
        while end + 1 < len(order) and values[order[end + 1]] == values[order[at]]:
            end += 1
        for each in order[at : end + 1]:
            found[each] = (at + end) / 2 + 1
        at = end + 1
    return found


def read_known(place: Path | None) -> dict[str, float]:
    """The difficulty of templates that real tests have asked at least twenty times: the logit of what was missed."""
    if place is None:
        return {}
    with place.open(encoding="utf-8", newline="") as file:
        rows = [(each["template"], int(each["count"]), float(each["credit"])) for each in csv.DictReader(file)]
    return {name: math.log((1.02 - credit) / (credit + 0.02)) / 1.7 for name, count, credit in rows if count >= 20}


def main() -> int:
    """Print the figures; 1 where they are out of bounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("learners", type=int, nargs="?", default=500)
    parser.add_argument("--csv", type=Path)
    given = parser.parse_args()
    library, known = load_library(), read_known(given.csv)
    is_good = True
    print("level  ranks  same draw  parallel  class means")
    for exam in library.exams:
        one = measured(library, exam, given.learners, known)
        print(f"{one.level:5}  {one.ranks:5.2f}  {one.noise:8.1f}%  {one.parallel:7.1f}%  {one.between:10.1f}%")
        is_good = is_good and one.ranks >= LEAST_RANKS and one.parallel <= MOST_RATIO * one.noise
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
