"""Drills drawn from the course's templates on the learner's own practice data, here or by the judge that all share."""

from __future__ import annotations

from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from classroom.exchange.judge_line import JudgeRequest
from coursebook.answer_cell import drill_of
from coursebook.practice import ShownDrill, draw_drill, drill_as_shown, library_of
from sqlgrade.tables.values import from_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from classroom.exchange.judge_line import JudgeLine
    from classroom.session.connection import Session
    from coursebook import Course, LessonExercise
    from coursebook.practice import Drill, Library, TemplateRecord

MOST_KEPT = 400
"""Drawn drills that stay at hand: on a hub one book is everybody's, for as long as it runs."""
SEEDS = 5  # seeds that are tried before a template is passed over


class DrillBook:
    """Draws drills and finds drawn ones again: the same id on the same data is the same drill."""

    def __init__(self, course: Course, session: Session, lang: str, line: JudgeLine | None = None) -> None:
        self._course = course
        self._session = session
        self._lang = lang
        self._line = line
        self._lock = Lock()
        self._drawn: dict[str, Drill | None] = {}
        """The latest used last."""

    @cached_property
    def library(self) -> Library:
        """The templates, the tests and the skill map."""
        return library_of(self._course.root)

    def exercise(self, exercise_id: str) -> LessonExercise:
        """The exercise of a drill's id.

        Raises:
            KeyError: no such drill can be drawn.
        """
        named = drill_of(exercise_id)
        drill = self.drawn(*named) if named else None
        if drill is None:
            raise KeyError(exercise_id)
        return drill.exercise

    def skill(self, exercise_id: str) -> str:
        """The skill that a drill trains."""
        named = drill_of(exercise_id)
        return self.library.templates[named[0]].skill if named and named[0] in self.library.templates else ""

    def draw(self, template_id: str, first_seed: int) -> Drill | None:
        """A fair drill of a template that has not been drawn before; None if the data has none."""
        template = self.library.templates.get(template_id)
        if template is None:
            return None
        drawn = (self._draw(template, seed) for seed in range(first_seed, first_seed + SEEDS))
        return next((drill for drill in drawn if drill is not None), None)

    def drawn(self, template_id: str, seed: int) -> Drill | None:
        """The drill of a template and a seed; None if there is no such template, or the data has none."""
        template = self.library.templates.get(template_id)
        return None if template is None else self._draw(template, seed)

    def _draw(self, template: TemplateRecord, seed: int) -> Drill | None:
        key = f"{template.id}-{seed}"
        with self._lock:
            if key in self._drawn:
                self._drawn[key] = self._drawn.pop(key)
                return self._drawn[key]
        drill = self._anew(template, seed)
        with self._lock:
            self._drawn[key] = drill
            if len(self._drawn) > MOST_KEPT:
                del self._drawn[next(iter(self._drawn))]
        return drill

    def _anew(self, template: TemplateRecord, seed: int) -> Drill | None:
        path, schema = self.library.paths[template.id], self._course.schema
        if self._line is None:
            return draw_drill(template, seed, self._run, schema, path, self._lang)
        drawn = self._line.ask("draw", JudgeRequest(self._lang, template=template.id, seed=seed))["drill"]
        shown = from_plain(ShownDrill, drawn) if drawn else None
        return drill_as_shown(template, shown, schema, path, self._lang) if shown else None

    def _run(self, sql: str) -> Sequence[Sequence[object]]:
        with self._session.cursor() as cursor:
            return cursor.execute(sql).fetchall()
