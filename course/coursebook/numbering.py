"""Exercise numbers that changed: what bears an earlier number is known by the one it has now, and the other way round."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coursebook.answer_cell import canonical_id

_ID = re.compile(r"(?<![\w-])L\d+-\d+[a-z]?(?![\w-])", re.IGNORECASE)
"""An exercise's id in a text, however it is typed."""


@dataclass(frozen=True)
class Numbering:
    """The changes of course.toml, oldest first. A numbering is told by how many of them it has seen: 0 is the first."""

    changes: tuple[Mapping[str, str], ...] = ()
    """Each maps the ids that changed to those that took their place."""

    @property
    def latest(self) -> int:
        """The numbering that the course's own files are in."""
        return len(self.changes)

    def known(self, edition: object) -> int:
        """The numbering that a file claims to be in; one that claims nothing, or nonsense, is in the first."""
        return min(edition, self.latest) if isinstance(edition, int) and edition > 0 else 0

    def ids(self, since: int, until: int) -> Mapping[str, str]:
        """Id in the one numbering -> id in the other, for the exercises whose ids differ."""
        if since > until:
            return {new: old for old, new in self.ids(until, since).items()}
        ids: dict[str, str] = {}
        for change in self.changes[since:until]:
            taken = {*ids, *ids.values()}
            moved = {old: change.get(now, now) for old, now in ids.items()}
            ids = moved | {old: new for old, new in change.items() if old not in taken}
        return {old: new for old, new in ids.items() if old != new}


def renumbered_text(text: str, ids: Mapping[str, str]) -> str:
    """A text with every exercise id in it exchanged."""
    return _ID.sub(lambda found: ids.get(canonical_id(found[0]), found[0]), text)


def renumbered_source(source: str, ids: Mapping[str, str]) -> str:
    """A cell with the ids exchanged where they name an exercise: in its first line and in its % lines."""
    lines = source.split("\n")
    named = (number == 0 or line.startswith("%") for number, line in enumerate(lines))
    return "\n".join(renumbered_text(line, ids) if names else line for line, names in zip(lines, named, strict=True))


def renumbered_name(name: str, ids: Mapping[str, str]) -> str:
    """A cell's id or nbgrader's name of it, such as answer-L6-06, with the exercise's id exchanged."""
    role, _, exercise = name.partition("-")
    return f"{role}-{ids[exercise]}" if exercise in ids else name


def renumbered_notebook(notebook: Mapping[str, Any], ids: Mapping[str, str], edition: int) -> dict[str, Any]:
    """A notebook as it would be in another numbering; answers, other texts and results are left as they are."""
    metadata = notebook.get("metadata", {})
    penguin = {**metadata.get("penguin", {}), "numbering": edition}
    cells = [_renumbered_cell(each, ids) for each in notebook.get("cells", ())]
    return {**notebook, "cells": cells, "metadata": {**metadata, "penguin": penguin}}


def _renumbered_cell(cell: Mapping[str, Any], ids: Mapping[str, str]) -> dict[str, Any]:
    source: str | Sequence[str] = cell.get("source", "")
    text = source if isinstance(source, str) else "".join(source)
    changed = {**cell, "source": renumbered_source(text, ids)}
    if "id" in cell:
        changed["id"] = renumbered_name(cell["id"], ids)
    if "outputs" in cell:
        changed["outputs"] = _renumbered_value(cell["outputs"], ids)
    return {**changed, "metadata": {name: _of_metadata(each, ids) for name, each in cell.get("metadata", {}).items()}}


def _of_metadata(value: Any, ids: Mapping[str, str]) -> Any:
    if not isinstance(value, Mapping):
        return value
    changed = dict(value)
    if "exercise" in value:
        changed["exercise"] = ids.get(value["exercise"], value["exercise"])
    if "grade_id" in value:
        changed["grade_id"] = renumbered_name(value["grade_id"], ids)
    if "starter" in value:
        changed["starter"] = renumbered_source(value["starter"], ids)
    return changed


def _renumbered_value(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return renumbered_text(value, ids)
    if isinstance(value, Mapping):
        return {name: _renumbered_value(each, ids) for name, each in value.items()}
    return [_renumbered_value(each, ids) for each in value] if isinstance(value, list) else value
