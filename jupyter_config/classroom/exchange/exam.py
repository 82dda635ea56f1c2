"""A level test as it travels: the paper that a mentor opens for one learner, and the sheet with the answers.

The paper names no template and no seed: whoever has it can ask no judge for a verdict. A sheet is handed in like a lesson whose id is
`EXAM`, as often as an answer is kept, so that the desk knows each entry of its log soon after it was written.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from classroom.exchange.decoding import decoded
from classroom.exchange.expo.record import Entry  # noqa: TC001  (read at run time by `decoded`)
from classroom.exchange.expo.seal import entry_after
from sqlgrade.outside import read_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

EXAM = "EXAM"
"""The id under which sheets are handed in; with the level after it, under which results come back."""
FILE = "exam.json"
BEGIN, ANSWER, RUN, AWAY, END = "begin", "answer", "run", "away", "end"
"""Kinds of entries: the paper was opened; an answer was kept; a query was run; the page was left; it was handed in for good."""


@dataclass(frozen=True)
class ExamSheet:
    """What a learner has written on a paper."""

    key: str
    """The paper's."""
    log: tuple[Entry, ...] = ()

    @property
    def is_ended(self) -> bool:
        """Whether it was handed in for good."""
        return any(each.kind == END for each in self.log)

    def answers(self) -> dict[int, str]:
        """The answer that was kept last for each task, by its number; an entry that can't be read keeps none."""
        found: dict[int, str] = {}
        for each in self.log:
            if each.kind == ANSWER:
                said = told_in(each)
                task, sql = said.get("task"), said.get("sql")
                if isinstance(task, int) and isinstance(sql, str):
                    found[task] = sql
        return found

    def with_entry(self, kind: str, content: Mapping[str, Any], at: datetime) -> ExamSheet:
        """The sheet with one more entry in its log."""
        return ExamSheet(self.key, (*self.log, entry_after(self.log, self.key, kind, dict(content), at)))


def told_in(entry: Entry) -> dict[str, Any]:
    """What an entry says; nothing of one that was changed into something else."""
    try:
        said = read_json(entry.content)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def feedback_id(level: int) -> str:
    """Under which a level's result comes back."""
    return f"{EXAM}{level}"


def as_notebook(sheet: ExamSheet) -> dict[str, Any]:
    """What stands in the place of the notebook in a `HandIn` of a sheet."""
    return {"cells": [], "metadata": {"penguin": {"exam": asdict(sheet)}}, "nbformat": 4, "nbformat_minor": 5}


def in_notebook(notebook: Mapping[str, Any]) -> ExamSheet:
    """The sheet in a `HandIn`'s notebook.

    Raises:
        ValueError: there is none.
    """
    try:
        return decoded(ExamSheet, notebook["metadata"]["penguin"]["exam"])
    except (KeyError, TypeError) as fault:
        raise ValueError("no sheet") from fault
