"""Every exercise has an id of its own and stands once in each language's text, in the order of the ids."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from coursebook.lesson import Lesson
from coursebook.messages import LANGUAGES
from coursebook.problem import Problem


def exercises_placed(lesson: Lesson) -> Iterator[Problem]:
    """Ids that don't fit or repeat; exercises that are placed never, twice, out of order, or nowhere known."""
    ids = Counter(exercise.id for exercise in lesson.exercises)
    for exercise in lesson.exercises:
        toml, number = exercise.folder / "exercise.toml", exercise.folder.name.split("-", 1)[0]
        if exercise.id != f"{lesson.id}-{number}":
            yield Problem(toml, 1, "id_of_folder", {"id": exercise.id, "wanted": f"{lesson.id}-{number}"})
        if ids[exercise.id] > 1:
            yield Problem(toml, 1, "id_twice", {"id": exercise.id})
    for lang in LANGUAGES:
        yield from _places(lesson, lang)


def _places(lesson: Lesson, lang: str) -> Iterator[Problem]:
    path = lesson.folder / f"lesson.{lang}.md"
    places = [each for each in lesson.segments[lang] if each.kind == "exercise"]
    folders = {
        each.name for each in (lesson.folder / "exercises").glob("*")
    }  # one that can't be read is told elsewhere
    count = Counter(each.content for each in places)
    for place in places:
        if place.content not in folders:
            yield Problem(path, place.line, "place_unknown", {"name": place.content})
        elif count[place.content] > 1:
            yield Problem(path, place.line, "place_twice", {"name": place.content})
    known = [each for each in places if each.content in lesson.by_folder]
    for before, place in pairwise(known):
        if place.content < before.content:
            yield Problem(path, place.line, "place_out_of_order", {"name": place.content, "before": before.content})
    for name in lesson.by_folder:
        if name not in count:
            yield Problem(path, 1, "place_missing", {"name": name})
