"""Lays out notebooks in the learner's folder; what the learner has worked on is never written over."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.folder import Folder


class Fate(StrEnum):
    """What became of one notebook."""

    NEW = "new"
    """It was not there and has been written."""
    SAME = "same"
    """It is there in this version already."""
    UPDATED = "updated"
    """Nobody had worked on it; it has been replaced by the new version."""
    BESIDE = "beside"
    """The learner has worked on it: the new version lies beside it under another name."""
    KEPT = "kept"
    """The learner has worked on it; this version is there already, under it or beside it since an earlier start."""


@dataclass(frozen=True)
class LaidOut:
    """One notebook of the folder."""

    path: Path
    fate: Fate


class Ledger:
    """The record of what was laid out: file name -> fingerprint of its cells."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            read = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            read = {}
        self._known: dict[str, str] = read if isinstance(read, dict) else {}

    def known(self, name: str) -> str | None:
        """The fingerprint of what was laid out under a name."""
        return self._known.get(name)

    def note(self, name: str, fingerprint: str) -> None:
        """Record what lies under a name, at once and whole."""
        self._known[name] = fingerprint
        write_whole(self._path, json.dumps(self._known, indent=1, sort_keys=True).encode())


def lay_out(
    folder: Folder,
    name: str,
    notebook: bytes,
    ledger: Ledger,
    *,
    keep_outputs: bool = True,
    found: Path | None = None,
) -> LaidOut:
    """Write a notebook unless the learner's own work is in the way.

    Args:
        folder: The learner's folder.
        name: File name.
        notebook: The compiled notebook.
        ledger: What was laid out before.
        keep_outputs: Whether results of cells count as work, even where no text was changed.
        found: Where it lies now if it has another name than the one it was laid out under.
    """
    place, wanted = found or folder.root / name, fingerprint(json.loads(notebook))
    if not place.exists():
        return _write(place, notebook, wanted, ledger, Fate.NEW, name)
    present = _read(place)
    if fingerprint(present) == wanted:
        ledger.note(name, wanted)
        return LaidOut(place, Fate.SAME)
    if ledger.known(name) == wanted:
        return LaidOut(place, Fate.KEPT)
    untouched = fingerprint(present) == ledger.known(name) and not (keep_outputs and _has_outputs(present))
    if untouched:
        return _write(place, notebook, wanted, ledger, Fate.UPDATED, name)
    return _lay_beside(place, notebook, wanted, ledger)


def fingerprint(notebook: dict[str, Any]) -> str:
    """A hash of the cells' kinds, ids and texts: saving, running and trusting a notebook do not change it."""
    cells = notebook.get("cells", [])
    facts = [[each.get("cell_type"), each.get("id"), _text(each.get("source", ""))] for each in cells]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()[:32]


def _lay_beside(place: Path, notebook: bytes, wanted: str, ledger: Ledger) -> LaidOut:
    for number in range(2, 100):
        beside = place.with_name(f"{place.stem} ({number}){place.suffix}")
        if not beside.exists():
            return _write(beside, notebook, wanted, ledger, Fate.BESIDE)
        if ledger.known(beside.name) == wanted:
            return LaidOut(beside, Fate.KEPT)
    return LaidOut(place, Fate.KEPT)


def _write(place: Path, notebook: bytes, wanted: str, ledger: Ledger, fate: Fate, name: str = "") -> LaidOut:
    write_whole(place, notebook)
    ledger.note(name or place.name, wanted)
    return LaidOut(place, fate)


def _read(place: Path) -> dict[str, Any]:
    try:
        read = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _has_outputs(notebook: dict[str, Any]) -> bool:
    return any(each.get("outputs") for each in notebook.get("cells", []))


def _text(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)
