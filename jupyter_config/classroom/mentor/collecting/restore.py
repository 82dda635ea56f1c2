"""A submission restored: the released notebook with the learner's texts in it, and nothing else of the learner's file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from classroom.mentor.collecting.reading import Cell, HandinRemark
from classroom.session.cell_text import hash_comments
from coursebook.answer_cell import recognise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classroom.mentor.collecting.reading import SubmittedNotebook
    from classroom.mentor.place.template import Template, TemplateCell

MOST_EXTRA_CELLS = 300
MOST_EXTRA_CHARACTERS = 20_000
MOST_ANSWER_CHARACTERS = 200_000
_LANGUAGE_INFO = {
    "codemirror_mode": "sql",
    "file_extension": ".sql",
    "mimetype": "text/x-sql",
    "name": "sql",
    "pygments_lexer": "sql",
}


@dataclass(frozen=True)
class Restored:
    """A restored submission."""

    notebook: dict[str, Any]
    """nbformat 4, without outputs."""
    answers: Mapping[str, str]
    """Exercise id -> text of its answer cell, the starter where nothing was handed in."""
    untouched: frozenset[str] = frozenset()
    """The exercises whose answer cell holds what was released."""
    remarks: tuple[HandinRemark, ...] = ()
    """What was put right."""


def restore(paper: SubmittedNotebook, template: Template) -> Restored:
    """Put the learner's answers and own cells into the released notebook.

    An answer is known by nbgrader's grade_id, else by the cell's id, else by its first line; the last of them counts.
    Locked cells come from the release; the grade cell stands under its answer.
    """
    return _Restoration(paper, template).restored()


def holds_answers(paper: SubmittedNotebook, template: Template) -> bool:
    """Whether a notebook has an answer cell of the lesson."""
    return any(_claims(each, template) for each in paper.cells)


@dataclass
class _Restoration:
    paper: SubmittedNotebook
    template: Template
    cells: list[dict[str, Any]] = field(default_factory=list)
    placed: set[str] = field(default_factory=set)
    answers: dict[str, str] = field(default_factory=dict)
    remarks: list[HandinRemark] = field(default_factory=list)
    extra: int = 0

    def restored(self) -> Restored:
        chosen = self._chosen()
        for number, cell in enumerate(self.paper.cells):
            name = chosen.get(number)
            known = _identity(cell, self.template)
            if name is not None:
                self._place_answer(self.template.by_name[name], cell.source)
            elif known is None or known.solution:
                self._place_extra(cell, again=known)
            elif known.cell_type == "markdown" and known.name not in self.placed:
                self._place_locked(known, cell.source)
            elif known.cell_type == "code" and cell.source.strip() != known.source.strip():
                self.remarks.append(HandinRemark("locked_changed", {"cell": known.name}))
        self._place_missing()
        metadata = {"kernelspec": dict(self.template.kernelspec), "language_info": _LANGUAGE_INFO}
        notebook = {"cells": self.cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
        released = {name: cell.source for name, cell in self.template.by_exercise.items()}
        untouched = frozenset(name for name, source in self.answers.items() if source == released[name])
        return Restored(notebook, self.answers, untouched, tuple(self.remarks))

    def _chosen(self) -> dict[int, str]:
        """Number of the submitted cell -> name of the answer cell it is taken for."""
        best: dict[str, tuple[int, int]] = {}
        for number, cell in enumerate(self.paper.cells):
            for rank, name in _claims(cell, self.template):
                best[name] = max(best.get(name, (0, -1)), (rank, number))
                break
        return {number: name for name, (_, number) in best.items()}

    def _place_answer(self, known: TemplateCell, source: str) -> None:
        if len(source) > MOST_ANSWER_CHARACTERS:
            source = source[:MOST_ANSWER_CHARACTERS]
            self.remarks.append(HandinRemark("answer_cut", {"cell": known.name, "most": MOST_ANSWER_CHARACTERS}))
        source = self._with_first_line(known, source)
        self._put(known, source)
        if known.exercise_id:
            self.answers[known.exercise_id] = source
            grade = self.template.by_name.get(f"grade-{known.exercise_id}")
            if grade is not None:
                self._put(grade, grade.source)

    def _with_first_line(self, known: TemplateCell, source: str) -> str:
        """An answer in SQL with the line that names its exercise; a line that names another one is replaced."""
        if known.cell_type != "code" or known.exercise_id is None:
            return source
        written = recognise(hash_comments(source))
        if written is not None and written.exercise_id == known.exercise_id:
            return source
        self.remarks.append(HandinRemark("first_line", {"cell": known.name}))
        rest = source if written is None else source.split("\n", 1)[-1] if "\n" in source else ""
        return f"{known.first_line}\n{rest}"

    def _place_locked(self, known: TemplateCell, source: str) -> None:
        if source.strip() != known.source.strip() and self.paper.edition != "learner":
            self.remarks.append(HandinRemark("locked_changed", {"cell": known.name}))
        self._put(known, known.source)

    def _place_extra(self, cell: Cell, again: TemplateCell | None) -> None:
        """A cell of the learner's own, or a further copy of an answer, which is kept to be read and cannot be run."""
        self.extra += 1
        if self.extra > MOST_EXTRA_CELLS:
            if self.extra == MOST_EXTRA_CELLS + 1:
                self.remarks.append(HandinRemark("extra_cut", {"most": MOST_EXTRA_CELLS}))
            return
        source = cell.source[:MOST_EXTRA_CHARACTERS]
        is_copy = again is not None or (cell.is_code and recognise(hash_comments(source)) is not None)
        if is_copy:
            self.remarks.append(HandinRemark("copy", {"cell": again.name if again else f"extra-{self.extra}"}))
        kind = "raw" if is_copy else "code" if cell.is_code else "markdown"
        self.cells.append(_cell(f"extra-{self.extra}", kind, source, {}))

    def _place_missing(self) -> None:
        for known in self.template.cells:
            if known.name in self.placed:
                continue
            if known.exercise_id:
                self.remarks.append(HandinRemark("answer_missing", {"cell": known.name}))
                self._place_answer(known, known.source)
            else:
                self._put(known, known.source)

    def _put(self, known: TemplateCell, source: str) -> None:
        if known.name in self.placed:
            return
        self.placed.add(known.name)
        metadata: dict[str, Any] = {"deletable": False, "nbgrader": known.nbgrader}
        if known.locked:
            metadata["editable"] = False
        self.cells.append(_cell(known.name, known.cell_type, source, metadata))


def _identity(cell: Cell, template: Template) -> TemplateCell | None:
    return template.by_name.get(cell.grade_id) or template.by_name.get(cell.cell_id)


def _claims(cell: Cell, template: Template) -> list[tuple[int, str]]:
    """The answer cell that a submitted cell can be taken for, with how surely it is known."""
    for rank, name in ((3, cell.grade_id), (2, cell.cell_id)):
        known = template.by_name.get(name)
        if known is not None:
            return [(rank, name)] if known.solution else []
    written = recognise(hash_comments(cell.source)) if cell.is_code else None
    known = template.by_exercise.get(written.exercise_id) if written else None
    return [(1, known.name)] if known else []


def _cell(cell_id: str, kind: str, source: str, metadata: dict[str, Any]) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "id": cell_id[:64], "metadata": metadata, "source": source}
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell
