"""Hands an exercise over to the judge: the course's record becomes sqlgrade's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coursebook.fillings import usable_fillings
from coursebook.settings import settings_of
from sqlgrade.record import CLAUSES, Alternative, Exercise, NearMiss, Rules, Solution

if TYPE_CHECKING:
    from coursebook.exercise import LessonExercise, SqlFile

CLAUSE_OF = {**{each: each for each in CLAUSES}, "ON": "FROM", "QUALIFY": "WINDOW", "LIMIT": "ORDER BY"}
"""What an author may write for a clause -> what the judge calls it."""


def judge_exercise(exercise: LessonExercise) -> Exercise:
    """The exercise as sqlgrade takes it; %chart lines are cut off, shared and own fillings joined."""
    record, schema = exercise.record, exercise.schema
    judged = Exercise(
        id=exercise.id,
        ddl=schema.ddl,
        solutions=tuple(_solution(exercise, each) for each in exercise.solutions),
        alternatives=tuple(Alternative(each.stem, each.sql) for each in exercise.also_right),
        near_misses=tuple(
            _near_miss(exercise, each)
            for each in exercise.near_misses
            if exercise.kind.is_wrong_by_result(exercise, each)
        ),
        rules=_rules(exercise),
        limits=record.limits,
        assume=schema.rules + record.assume,
        fixed=schema.fixed_tables,
        pools={**schema.pools, **record.pools},
        databases=usable_fillings(schema, schema.rules + record.assume, exercise.lesson_databases) + exercise.databases,
        now=schema.now,
        timezone=schema.timezone,
        clock=schema.clock,
        points=record.points,
        weights=record.weights,
        require=record.require,
        forbid=record.forbid,
        alive={mutant: each.reason for mutant, each in record.alive.items()},
        settings=settings_of(exercise),
        given=schema.given,
    )
    return exercise.kind.handed_over(exercise, judged)


def _solution(exercise: LessonExercise, file: SqlFile) -> Solution:
    return Solution(file.sql, exercise.record.variants.get(file.stem, "main"))


def _near_miss(exercise: LessonExercise, file: SqlFile) -> NearMiss:
    record = exercise.near_miss(file.stem)
    return NearMiss(file.stem, file.sql, record.code, CLAUSE_OF.get(record.clause or ""))


def _rules(exercise: LessonExercise) -> Rules:
    rules, names = exercise.record.rules, exercise.record.column_names
    return rules if rules.column_names or not names else replace(rules, column_names=names)
