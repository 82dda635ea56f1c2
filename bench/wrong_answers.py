"""Reads the exercises with hand-labelled wrong answers under tests/sqlgrade/wrong_answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sqlgrade.record import Exercise, NearMiss, Solution

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "sqlgrade" / "wrong_answers"


@dataclass(frozen=True)
class WrongAnswer:
    """A wrong answer with the clauses that may be named for it."""

    clauses: frozenset[str]
    code: str
    note: str
    sql: str


@dataclass(frozen=True)
class AnswerSet:
    """One exercise: a solution, right answers in other styles, wrong answers."""

    name: str
    title: str
    ddl: str
    solution: str
    alternatives: tuple[tuple[str, str], ...]
    wrong: tuple[WrongAnswer, ...]

    def exercise(self, near_misses: tuple[NearMiss, ...] = ()) -> Exercise:
        """The record with the solution alone: alternatives and wrong answers stay hidden."""
        return Exercise(self.name, self.ddl, (Solution(self.solution),), near_misses=near_misses)


def read_answer_sets(folder: Path = FOLDER) -> list[AnswerSet]:
    """All exercises below the folder, by name."""
    files = sorted(file for file in folder.glob("*/*.sql") if file.name != "schema.sql")
    return [_read(file) for file in files]


def _read(file: Path) -> AnswerSet:
    ddl = (file.parent / "schema.sql").read_text(encoding="utf-8")
    parts = re.split(r"^--- *(.*)$", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    title, solution = "", ""
    alternatives: list[tuple[str, str]] = []
    wrong: list[WrongAnswer] = []
    for head, body in zip(parts[1::2], parts[2::2], strict=True):
        kind, _, rest = head.partition(":")
        if kind == "title":
            title = rest.strip()
        elif kind == "solution":
            solution = body.strip()
        elif kind == "alternative":
            alternatives.append((rest.strip(), body.strip()))
        else:
            clauses, code, note = (part.strip() for part in rest.split("/", 2))
            wrong.append(WrongAnswer(frozenset(_clauses(clauses)), code, note, body.strip()))
    return AnswerSet(f"{file.parent.name}/{file.stem}", title, ddl, solution, tuple(alternatives), tuple(wrong))


def _clauses(words: str) -> list[str]:
    return re.findall(r"GROUP BY|ORDER BY|\w+", words)
