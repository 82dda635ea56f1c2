"""Item analysis: how each exercise did with this class, and whether the question itself looks faulty."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from statistics import mean
from typing import TYPE_CHECKING

from classroom.mentor.classpage.hints import HintUse, has_useless_hint, hint_uses, minutes_until_right
from classroom.mentor.classpage.mistakes import mistake_name
from classroom.mentor.classpage.next_drills import next_drills, next_in_words
from classroom.mentor.grading.store import DeskStore
from classroom.mentor.place.wording import told
from coursebook.minutes import whole_minutes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from classroom.mentor.classpage.next_drills import NextDrill
    from classroom.mentor.classpage.progress_files import Attempt, LearnersFile
    from classroom.mentor.grading.judged import StoredJudgement
    from classroom.mentor.grading.store import DeskAnswer
    from classroom.mentor.place.folder import MentorFolder
    from coursebook import Course, LessonExercise

FEWEST = 8
"""Answers below which a rate says little, so that no question is called faulty."""
_SHARED = 0.4
"""Part of all answers that one unforeseen wrong behaviour must have to make the question suspect."""
_HARD = 0.2
_NOISE = 0.2
"""A difference between two halves of a small class that chance makes easily."""
_HELPED_FROM = 3


_MOST_NEXT = 3
"""So many drills that follow are told on the page; the export has all."""


@dataclass(frozen=True)
class ItemInWords:
    """An item as a mentor reads it."""

    counted: str
    next_drills: str
    """Empty where nobody went on to practise."""
    flag: str
    """Why to look at the question; empty if there is no reason."""


@dataclass(frozen=True)
class ItemStatistics:
    """One exercise in one class."""

    exercise: str
    answers: int
    """How many were written; those left as released are not counted."""
    right: int
    points: float | None
    """Mean share of the points, 0 to 1; None until there are answers with points."""
    tries: float | None
    """Mean number of runs until handed in, None where no progress file tells."""
    helped: float | None
    """Part of the learners who opened the simpler form or the solution."""
    discrimination: float | None
    """Mean points of the better half of the class minus those of the other half, by the other exercises; None if too few."""
    mistakes: tuple[tuple[str, int], ...]
    """The commonest mistakes by name, with counts."""
    flag: str = ""
    """Why the question looks faulty: shared_mistake, hard, upside_down, author_fault, useless_hint; empty if it does not."""
    minutes: float | None = None
    """Median time from the first try to the first right one; None where no progress file tells."""
    hints: tuple[HintUse, ...] = ()
    """What was open when they tried, and whether they were right with it."""
    next_drills: tuple[NextDrill, ...] = ()
    """What was practised next of its skills."""


def item_analysis(
    folder: MentorFolder,
    assignment: str,
    files: Mapping[str, LearnersFile],
    latest: Mapping[str, LearnersFile] | None = None,
) -> tuple[ItemStatistics, ...]:
    """The items of a lesson in its order; exercises that no hand-in has are left out.

    `latest` are the learners' progress files as they are by now, where `files` are those that came with this lesson's hand-ins.
    """
    store = DeskStore(folder.store_path)
    answers = store.answers(assignment)
    by_exercise = _by_exercise(answers)
    runs = {
        name: [[each for each in file.attempts if each.exercise == name] for file in files.values()]
        for name in by_exercise
    }
    names = _mistake_names(folder, store, answers)
    practised = next_drills(folder.course, by_exercise, (files if latest is None else latest).values())
    items = (
        _item(each, folder.lang, by_exercise[each.id], answers, [tries for tries in runs[each.id] if tries], names)
        for each in folder.course.lesson(assignment).placed_exercises(folder.lang)
        if each.id in by_exercise
    )
    return tuple(replace(each, next_drills=practised[each.exercise]) for each in items)


def _by_exercise(answers: Iterable[DeskAnswer]) -> dict[str, list[DeskAnswer]]:
    """What was written; none for an exercise that all have left as it was released."""
    found: dict[str, list[DeskAnswer]] = {}
    for answer in answers:
        found.setdefault(answer.exercise, [])
        if answer.outcome != "refused":
            found[answer.exercise].append(answer)
    return found


def _mistake_names(folder: MentorFolder, store: DeskStore, answers: Iterable[DeskAnswer]) -> dict[str, str]:
    """What was done wrong in words, by the judgement's key."""
    wrong = {each.judgement_key for each in answers if each.outcome != "accepted" and not each.is_open}
    return {key: _name(folder, each) for key, each in store.known(wrong).items()}


def item_in_words(item: ItemStatistics, course: Course, lang: str) -> ItemInWords:
    """What a mentor is to know of an exercise: what is counted on one line, what was practised next, and why to look at the question."""
    shares = {
        "right": item.right / item.answers if item.points is not None and item.answers else None,
        "helped": item.helped,
    }
    counted = {
        "answers": str(item.answers),
        **{name: f"{each:.0%}" for name, each in shares.items() if each is not None},
    }
    if item.tries is not None:
        counted["tries"] = f"{item.tries:.1f}"
    if item.minutes is not None:
        counted["minutes"] = str(max(1, whole_minutes(item.minutes)))
    return ItemInWords(
        " · ".join(f"{told(f'item.{name}', lang)}: {each}" for name, each in counted.items()),
        next_in_words(item.next_drills[:_MOST_NEXT], course, lang),
        told(f"flag.{item.flag}", lang) if item.flag else "",
    )


def _item(
    exercise: LessonExercise,
    lang: str,
    given: list[DeskAnswer],
    everything: Sequence[DeskAnswer],
    runs: list[list[Attempt]],
    names: Mapping[str, str],
) -> ItemStatistics:
    name, right = exercise.id, sum(each.outcome == "accepted" for each in given)
    mistakes = Counter(
        names.get(each.judgement_key) or mistake_name(lang, each.code, each.outcome)
        for each in given
        if each.outcome != "accepted" and not each.is_open
    )
    judged = [each for each in given if not each.is_open]
    gain = discrimination(name, everything) if judged else None
    helped = [any(each.rung >= _HELPED_FROM for each in tries) for tries in runs]
    uses = hint_uses(runs)
    return ItemStatistics(
        name,
        len(given),
        right,
        mean(_share(each) for each in judged) if judged else None,
        mean(len(tries) for tries in runs) if runs else None,
        mean(helped) if helped else None,
        gain,
        tuple(mistakes.most_common(3)),
        _flag(given, right, gain, uses),
        minutes_until_right(runs),
        uses,
    )


def _name(folder: MentorFolder, judged: StoredJudgement) -> str:
    exercise = folder.course.exercise(judged.exercise).in_language(folder.lang)
    hint = exercise.hint(judged.near_miss, folder.lang) if judged.near_miss else ""
    return mistake_name(folder.lang, judged.code, judged.outcome, judged.verdict, hint)


def _share(answer: DeskAnswer) -> float:
    return answer.points / answer.possible if answer.possible else 0.0


def discrimination(name: str, answers: Sequence[DeskAnswer]) -> float | None:
    """How much better the better half of the class does at this exercise; halves by the mean of the other exercises."""
    here = {each.student: _share(each) for each in answers if each.exercise == name and not each.is_open}
    others: dict[str, list[float]] = {}
    for each in answers:
        if each.exercise != name and not each.is_open:
            others.setdefault(each.student, []).append(_share(each))
    ranked = sorted((student for student in here if student in others), key=lambda s: (mean(others[s]), s))
    if len(ranked) < FEWEST:
        return None
    half = len(ranked) // 2
    return mean(here[s] for s in ranked[-half:]) - mean(here[s] for s in ranked[:half])


def _flag(given: list[DeskAnswer], right: int, gain: float | None, uses: tuple[HintUse, ...]) -> str:
    """The first of the reasons that holds; a hint of no use is told where the question itself looks sound."""
    found = _fault(given, right, gain)
    return "useless_hint" if not found and has_useless_hint(uses) else found


def _fault(given: list[DeskAnswer], right: int, gain: float | None) -> str:
    if any(each.outcome == "author_fault" for each in given):
        return "author_fault"
    given = [each for each in given if not each.is_open]
    if len(given) < FEWEST:
        return ""
    unforeseen = Counter(
        each.fingerprint for each in given if each.outcome in {"refuted", "partly"} and not each.near_miss
    )
    if unforeseen and unforeseen.most_common(1)[0][1] >= _SHARED * len(given):
        return "shared_mistake"
    if gain is not None and gain < -_NOISE:
        return "upside_down"
    return "hard" if right < _HARD * len(given) else ""
