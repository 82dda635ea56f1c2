"""The texts of the Expo are all there, each once and in order."""

import re
from collections.abc import Iterator
from pathlib import Path

from coursebook.course import Course
from coursebook.expo import LETTERS, MOST_POINTS, RESULTS, STEPS, ExpoTexts, load_expo
from coursebook.messages import LANGUAGES
from coursebook.problem import Problem

_FIGURE = re.compile(r"\d[\d,.]*\s*(?:[%％]|ポイント|points?\b)|\d,\d{3}|\d\.\d")
"""What is true of one data set alone; a month or five places on a list is none."""


def expo_whole(course: Course) -> Iterator[Problem]:
    """What is missing or out of order in course/expo; a course without that folder has no Expo."""
    yield from problems_of(course.root)
    review = load_expo(course.root).review
    try:
        is_in_words = not review or course.exercise(review).rubric is not None
    except KeyError:
        is_in_words = False
    if not is_in_words:
        yield Problem(course.root / "expo" / "steps.toml", 1, "expo_review", {"exercise": review})


def problems_of(root: Path) -> Iterator[Problem]:
    """The same, by the course's folder alone."""
    folder, texts = root / "expo", load_expo(root)
    yield from texts.problems
    yield from _listed(folder / "steps.toml", [each.id for each in texts.steps], STEPS)
    yield from _story(folder / "steps.toml", texts)
    anchors = [f"{each.letter}{points}" for each in texts.rubric for points in range(len(each.anchors))]
    wanted = tuple(f"{letter}{points}" for letter in LETTERS for points in range(MOST_POINTS + 1))
    yield from _listed(folder / "rubric.toml", anchors, wanted)
    yield from _listed(folder / "patterns.toml", [each.result for each in texts.patterns], RESULTS)
    for model in texts.models:
        path = folder / "models" / f"{model.id}.toml"
        yield from _listed(path, [each.letter for each in model.points], tuple(LETTERS))


def _listed(path: Path, found: list[str], wanted: tuple[str, ...]) -> Iterator[Problem]:
    if path.is_file() and found != list(wanted):
        yield Problem(path, 1, "expo_order", {"found": ", ".join(found), "wanted": ", ".join(wanted)})


def _story(path: Path, texts: ExpoTexts) -> Iterator[Problem]:
    """Evenings that are not the steps in their order, and cards that the model has not, or with figures."""
    if texts.story is None:
        return
    evenings = texts.story.evenings
    yield from _listed(path, [step for each in evenings for step in each.steps], STEPS)
    cards = {card.place: card.text for each in texts.models if each.id == texts.story.model for card in each.cards}
    for place in (place for each in evenings for place in each.places):
        if place not in cards or any(_FIGURE.search(cards[place][lang]) for lang in LANGUAGES):
            yield Problem(path, 1, "expo_story", {"place": place, "model": texts.story.model})
