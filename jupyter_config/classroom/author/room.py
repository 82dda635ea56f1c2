"""What the author's page shows: the course's lessons and exercises, one of them as learners see it, and its proof."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING, Any

from classroom.author.proof_view import problems_html, proof_html
from classroom.author.proofs import Asked, Proofs
from classroom.author.query_desk import QueryDesk
from classroom.author.reading import CourseReader
from classroom.author.shown import exercise_html
from classroom.author.words import word
from classroom.language import LANGS

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.author.proofs import TextProof
    from classroom.author.reading import CourseNow, Spot
    from classroom.language import Lang
    from coursebook import Course, LessonExercise, Problem


@dataclass
class AuthorRoom:
    """One course, and who proves it."""

    root: Path
    lang: Lang
    proofs: Proofs = field(default_factory=Proofs)

    def __post_init__(self) -> None:
        self.reader = CourseReader(self.root)
        self.queries = QueryDesk(self.reader, self.lang)

    def shown(self, at: str, shown_in: str, seen: str) -> dict[str, Any] | None:
        """The parts of the page for an address, in the language in which learners shall be shown to see it; None where all is as it was `seen`."""
        now = self.reader.now()
        lang: Lang = next((each for each in LANGS if each == shown_in), self.lang)
        spot = now.spot(at)
        if now.course is None:
            parts: dict[str, Any] = {
                "list": "",
                "exercise": "",
                "proof": problems_html(self.root, now.problems, self.lang),
            }
        else:
            parts = self._parts(now, now.course, spot, lang)
        parts |= {"at": spot.path, "lang": lang, "lessons": self._lessons(now.course)}
        stamp = hashlib.sha256(repr(parts).encode()).hexdigest()[:24]
        return None if stamp == seen else {**parts, "seen": stamp}

    def _parts(self, now: CourseNow, course: Course, spot: Spot, lang: Lang) -> dict[str, str]:
        texts, judged = self.proofs.ask(Asked(now, spot))
        exercise = now.exercise(spot)
        about = texts and _about(texts, course, spot)
        return {
            "list": _list_html(now, course, spot, texts, lang),
            "exercise": self._exercise(exercise, lang),
            "proof": proof_html(self.root, about, judged, exercise, self.lang),
        }

    def _lessons(self, course: Course | None) -> list[tuple[str, str]]:
        """The lessons that an exercise can be put into, each with its title; a new one where there are none."""
        if course is None:
            return []
        known = [(name, f"{record.id} {record.title[self.lang]}") for name, record in course.outlines.items()]
        return known if course.folders else [("", word("form.new_lesson", self.lang))]

    def _exercise(self, exercise: LessonExercise | None, lang: Lang) -> str:
        if exercise is None:
            return f"<p>{escape(word('shown.unread', self.lang))}</p>"
        return exercise_html(exercise, lang, self.lang)


def _about(texts: TextProof, course: Course, spot: Spot) -> TextProof:
    """What was found in the exercise's own folder, and in the lesson's files beside the exercises."""
    kept = tuple(each for each in texts.problems if _folder_of(each, course, spot) in ("", spot.exercise))
    return replace(texts, problems=kept)


def _folder_of(problem: Problem, course: Course, spot: Spot) -> str:
    """The exercise's folder that a problem of the lesson lies in; empty for one of the lesson itself."""
    exercises = course.root / "lessons" / spot.lesson / "exercises"
    return problem.file.relative_to(exercises).parts[0] if problem.file.is_relative_to(exercises) else ""


def _list_html(now: CourseNow, course: Course, spot: Spot, texts: TextProof | None, lang: Lang) -> str:
    """All lessons, the exercises of the one that is open under it."""
    items = []
    for name in course.folders:
        record = course.outlines.get(name)
        said = f"{record.id} {record.title[lang]}" if record else name
        inner = _exercises_html(now, course, spot, texts, lang) if name == spot.lesson else ""
        items.append(f'<li><a href="#{escape(name)}/" lang="{lang}">{escape(said)}</a>{inner}</li>')
    return f"<ul>{''.join(items)}</ul>"


def _exercises_html(now: CourseNow, course: Course, spot: Spot, texts: TextProof | None, lang: Lang) -> str:
    lesson, _ = now.lesson(spot)
    wrong = [_folder_of(each, course, spot) for each in texts.problems] if texts else []
    items = []
    for each in now.spots(spot.lesson):
        exercise = lesson.by_folder.get(each.exercise) if lesson else None
        said = f"{exercise.id} {exercise.text[lang].title}" if exercise else each.exercise
        count = wrong.count(each.exercise)
        mark = f' <b class="count">{count}</b>' if count else ""
        here = ' aria-current="page"' if each == spot else ""
        items.append(f'<li><a href="#{escape(each.path)}" lang="{lang}"{here}>{escape(said)}</a>{mark}</li>')
    return f"<ul>{''.join(items)}</ul>"
