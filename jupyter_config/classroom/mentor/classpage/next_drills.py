"""Which drills follow an exercise: what learners practised next of its skills, and how they did there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from classroom.mentor.place.wording import told
from coursebook.answer_cell import drill_of
from coursebook.practice import library_of
from coursebook.practice.evidence import first_judged, what_trains

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from classroom.mentor.classpage.progress_files import Attempt, LearnersFile
    from coursebook import Course


@dataclass(frozen=True)
class NextDrill:
    """One template that was practised next after an exercise."""

    skill: str
    """S01 to S39: the exercise's, which the drill trains."""
    template: str
    """02a."""
    learners: int
    """Those whose first drill of this skill, once they had answered the exercise, was one of this template."""
    right: int
    """Those of them who were right at once, without a hint."""


def next_drills(
    course: Course, exercises: Iterable[str], files: Iterable[LearnersFile]
) -> dict[str, tuple[NextDrill, ...]]:
    """By exercise: the skill it is about first, of each skill the commonest template first; none where nobody went on to one.

    A learner counts once for each skill of an exercise, however often it was practised since. A drill counts where a round asked it.

    Args:
        course: The course of the exercises.
        exercises: Their ids.
        files: The learners' latest progress files: one that came with a hand-in knows nothing of what was practised after it.
    """
    library = library_of(course.root)
    trained = what_trains(library, course)
    skills = {each: trained(each).skills for each in exercises}
    found: dict[str, Counter[tuple[str, str, bool]]] = {each: Counter() for each in skills}
    for file in files:
        first = first_judged(file.attempts)
        drills = sorted(_asked(first.values(), file), key=attrgetter("at"))
        by_skill: dict[str, list[Attempt]] = {}
        for each in drills:
            for skill in trained(each.exercise).skills:
                by_skill.setdefault(skill, []).append(each)
        for exercise in skills.keys() & first.keys():
            for skill in skills[exercise]:
                after = (each for each in by_skill.get(skill, ()) if each.at > first[exercise].at)
                if (drill := next(after, None)) is not None:
                    is_right = drill.status == "accepted" and not drill.rung
                    found[exercise][skill, _template(drill), is_right] += 1
    return {each: tuple(_counted(found[each], of)) for each, of in skills.items()}


def _asked(tries: Iterable[Attempt], file: LearnersFile) -> Iterator[Attempt]:
    return (each for each in tries if each.exercise in file.drills and drill_of(each.exercise))


def _template(drill: Attempt) -> str:
    found = drill_of(drill.exercise)
    return found[0] if found else ""


def _counted(counts: Mapping[tuple[str, str, bool], int], skills: tuple[str, ...]) -> list[NextDrill]:
    places = {(skill, template) for skill, template, _ in counts}
    found = [
        NextDrill(skill, template, counts[skill, template, False] + right, right)
        for skill, template in places
        for right in [counts[skill, template, True]]
    ]
    return sorted(found, key=lambda each: (skills.index(each.skill), -each.learners, each.template))


def drill_in_words(drill: NextDrill, course: Course, lang: str) -> str:
    """A template with its skill's name, how many practised it next, and how many of them were right at once."""
    name = next((each.name[lang] for each in library_of(course.root).skills if each.id == drill.skill), drill.skill)
    facts = {"learners": drill.learners, "right": drill.right}
    return told("item.next_drill", lang, drill=f"P{drill.template}", skill=name, **facts)


def next_in_words(drills: Iterable[NextDrill], course: Course, lang: str) -> str:
    """One line; empty where there is none."""
    said = " · ".join(drill_in_words(each, course, lang) for each in drills)
    return f"{told('item.next', lang)}: {said}" if said else ""
