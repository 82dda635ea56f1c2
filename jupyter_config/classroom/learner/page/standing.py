"""Where a learner stands, told from the course and the progress file; nothing here reads or writes anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.learner.page.stretches import next_stretch, stretches_of
from classroom.learner.practice.asked_today import answered_on, question_for
from classroom.learner.practice.break_it import draft_on_home
from classroom.learner.practice.history import skill_states
from classroom.learner.practice.outcomes import placed_from
from classroom.learner.practice.self_check import is_review_passed, self_checks
from classroom.learner.progress import ProgressState
from classroom.learner.progress.rounds import RoundKind
from coursebook.answer_cell import drill_of
from coursebook.practice.evidence import what_trains
from coursebook.practice.spacing import SkillPhase, business_day, days_practised, week_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from classroom.learner.page.stretches import StretchStanding
    from classroom.learner.practice.history import History
    from classroom.learner.practice.self_check import SelfCheck
    from classroom.learner.progress import ExerciseProgress
    from classroom.learner.progress.rounds import Round
    from coursebook import Course, Lesson
    from coursebook.practice import Library, ReviewRecord
    from coursebook.practice.placement import Placed


@dataclass(frozen=True)
class ExerciseStanding:
    """One exercise on the map."""

    id: str
    title: str
    state: ProgressState


@dataclass(frozen=True)
class LessonStanding:
    """One lesson on the map."""

    id: str
    title: str
    question: str
    minutes: int
    exercises: tuple[ExerciseStanding, ...]
    stretches: tuple[StretchStanding, ...]

    @property
    def done(self) -> int:
        """Exercises that are passed or handed in."""
        return sum(each.state.is_done for each in self.exercises)

    @property
    def begun(self) -> bool:
        """Whether any exercise was tried."""
        return any(each.state is not ProgressState.UNTOUCHED for each in self.exercises)

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do."""
        return self.done == len(self.exercises)

    @property
    def next_exercise(self) -> ExerciseStanding | None:
        """The first exercise that is not done."""
        return next((each for each in self.exercises if not each.state.is_done), None)


@dataclass(frozen=True)
class ReviewStanding:
    """The review at the end of a level."""

    id: str
    title: str
    passed: bool
    taken: bool
    ready: bool
    """Whether the lesson before it is done, or it has been taken."""


@dataclass(frozen=True)
class Ability:
    """One line of a level's self-check."""

    text: str
    shown: bool


@dataclass(frozen=True)
class LevelStanding:
    """One level on the map."""

    number: int
    name: str
    lessons: tuple[LessonStanding, ...]
    review: ReviewStanding | None
    abilities: tuple[Ability, ...]


@dataclass(frozen=True)
class SkillStanding:
    """One skill on the skill map."""

    id: str
    name: str
    phase: SkillPhase
    has_drills: bool
    shown: bool
    """Whether something that it takes was right at least once before its solution was open."""
    due_on: str
    """The business day on which it comes back or came, ISO; empty as long as it is new."""


@dataclass(frozen=True)
class HomeStanding:
    """Everything the home page shows."""

    title: str
    levels: tuple[LevelStanding, ...]
    skills: tuple[SkillStanding, ...]
    here: LessonStanding | None
    """The lesson to go on with; None once all are complete."""
    stretch: int
    """The number of the stretch to go on with there, from 0; -1 where there is none."""
    begun: bool
    due: int
    """Skills that have drills due today."""
    days: int
    """Days on which something was practised."""
    week: tuple[bool, ...]
    """Of the seven business days of this week, Monday first, whether something was practised."""
    placement: Placed | None
    """Where the placement test led, if it was taken."""
    placement_offered: bool
    """Whether the course has a placement test and it is still of use."""
    open_round: Round | None
    """A round with an open item."""
    question: str
    """The question of the day as it is asked; empty at the weekend, before a lesson is begun whose skills are enough, and once it is answered."""
    draft: str
    """The line about the draft of the day, with the class's best; empty before the lesson that teaches it, and once the learner was right."""


def standing(
    course: Course,
    library: Library,
    progress: Mapping[str, ExerciseProgress],
    history: History,
    now: datetime,
    lang: str,
) -> HomeStanding:
    """The learner's standing at a moment."""
    lessons = [_lesson(each, progress, lang) for each in course.lessons]
    today = business_day(now)
    skills = _skills(course, library, history, today, lang)
    test = next((each for each in reversed(history.rounds) if each.kind is RoundKind.PLACEMENT), None)
    ended = test is not None and bool(test.items) and test.current is None
    placed = placed_from(library, course, test) if test and ended else None
    checks = self_checks(library, course, progress, history, today)
    levels = _levels(course, library, lessons, checks, history, lang)
    question = question_for(course, history, today, placed.start if placed else "")
    open_round = next((each for each in reversed(history.rounds) if each.current), None)
    here, stretch = _here(lessons, history, _first_after_tests(levels, placed))
    return HomeStanding(
        title=course.record.title[lang],
        levels=tuple(levels),
        skills=skills,
        here=here,
        stretch=stretch,
        begun=bool(history.tries),
        due=sum(each.phase is SkillPhase.DUE and each.has_drills for each in skills),
        days=days_practised(history.days),
        week=_week(history, today),
        placement=placed,
        placement_offered=library.placement is not None and test is None and not any(each.done for each in lessons),
        open_round=open_round,
        question=question.asked[lang] if question and not answered_on(history, today) else "",
        draft=draft_on_home(library, history, today, lang),
    )


def _lesson(lesson: Lesson, progress: Mapping[str, ExerciseProgress], lang: str) -> LessonStanding:
    record = lesson.record
    exercises = tuple(
        ExerciseStanding(
            each.id, each.text[lang].title, progress[each.id].state if each.id in progress else ProgressState.UNTOUCHED
        )
        for each in lesson.placed_exercises(lang)
    )
    stretches = stretches_of(lesson, {each.id for each in exercises if each.state.is_done}, lang)
    return LessonStanding(record.id, record.title[lang], record.question[lang], record.minutes, exercises, stretches)


def _first_after_tests(levels: Sequence[LevelStanding], placed: Placed | None) -> str:
    """The lesson that the placement test or a passed review leads to; empty if there was none."""
    passed = [level for level in levels if level.review and level.review.passed]
    above = [level for level in levels if passed and level.number > passed[-1].number]
    reviewed = above[0].lessons[0].id if above else ""
    return max(reviewed, placed.start if placed else "", key=lambda each: int(each[1:] or 0))


def _week(history: History, today: date) -> tuple[bool, ...]:
    days = history.days
    return tuple(each in days for each in week_of(today))


def _here(lessons: Sequence[LessonStanding], history: History, first: str) -> tuple[LessonStanding | None, int]:
    """The lesson of the last try, or the one after it when it is complete, and its stretch; before any try the one that tests led to."""
    tries = (each.exercise_id for each in reversed(history.tries))
    last = next((each for each in tries if not drill_of(each)), "")
    named = last.partition("-")[0] or first
    at = next((number for number, each in enumerate(lessons) if each.id == named), 0)
    ahead = [*lessons[at:], *lessons[:at]]
    here = next((each for each in ahead if not each.complete), None)
    return here, next_stretch(here.stretches, last) if here else -1


def _levels(
    course: Course,
    library: Library,
    lessons: Sequence[LessonStanding],
    checks: Sequence[SelfCheck],
    history: History,
    lang: str,
) -> list[LevelStanding]:
    levels = []
    for level in course.levels:
        own = tuple(each for each in lessons if each.id in level.lessons)
        if not own:
            continue
        review = next((each for each in library.reviews if each.level == level.number), None)
        abilities = tuple(
            Ability(each.ability.text[lang], each.shown) for each in checks if each.ability.level == level.number
        )
        shown = _review(review, own, history, lang) if review else None
        levels.append(LevelStanding(level.number, level.name[lang], own, shown, abilities))
    return levels


def _review(review: ReviewRecord, lessons: Sequence[LessonStanding], history: History, lang: str) -> ReviewStanding:
    taken = [
        each for each in history.rounds if each.kind is RoundKind.REVIEW and each.name == review.id and not each.current
    ]
    passed = is_review_passed(review, history)
    last = next((each for each in lessons if each.id == review.after), None)
    return ReviewStanding(
        review.id, review.title[lang], passed, bool(taken), bool(taken) or (last is not None and last.complete)
    )


def _skills(course: Course, library: Library, history: History, today: date, lang: str) -> tuple[SkillStanding, ...]:
    trained = what_trains(library, course)
    states = skill_states([each.id for each in library.skills], history, trained, today)
    shown = history.shown(trained)
    return tuple(
        SkillStanding(
            skill.id,
            skill.name[lang],
            state.phase,
            skill.id in library.by_skill,
            skill.id in shown,
            state.due_on.isoformat() if state.due_on else "",
        )
        for skill, state in zip(library.skills, states, strict=True)
    )
