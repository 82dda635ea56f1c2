"""The views that lessons give (`lesson.scored`): their queries, and what their rows and columns mean.

In a session they stand beside the tables; the judge writes them out (see sqlgrade.dialect.given), as does what is handed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from coursebook.format import ViewRecord

SCHEMA = "lesson"
FOLDER = "views"
"""In a lesson's folder."""
_MENTIONED = re.compile(rf'\b{SCHEMA}["`\s]*\.["`\s]*(\w+)', re.IGNORECASE)
_FIT = re.compile(r"[a-z][a-z0-9_]{0,49}")


@dataclass(frozen=True)
class GivenView:
    """One view of a lesson's."""

    record: ViewRecord
    query: str
    """Its SELECT, in the words of the course's own language."""
    path: Path

    @property
    def name(self) -> str:
        """As queries name it: lesson.scored."""
        return f"{SCHEMA}.{self.record.name}"

    @property
    def has_fit_name(self) -> bool:
        """Whether its name is one that every database takes."""
        return _FIT.fullmatch(self.record.name) is not None


def read_views(folder: Path, records: Iterable[ViewRecord]) -> tuple[GivenView, ...]:
    """The views of a lesson's folder; one whose file is missing has no query."""
    paths = [(each, folder / FOLDER / f"{each.name}.sql") for each in records]
    return tuple(GivenView(each, _query(path), path) for each, path in paths)


def queries_of(views: Iterable[GivenView]) -> dict[str, str]:
    """Name -> query of those that have one, each behind those that it reads."""
    return _in_order({each.name: each.query for each in views if each.query})


def queries_in(folders: Iterable[Path]) -> dict[str, str]:
    """The same of all views that lie in the folders of lessons; no record is read."""
    paths = (path for folder in folders for path in sorted((folder / FOLDER).glob("*.sql")))
    return _in_order({f"{SCHEMA}.{path.stem}": _query(path) for path in paths})


def mentions_given(sql: str) -> bool:
    """Whether a text may speak of a lesson's view."""
    return _MENTIONED.search(sql) is not None


def view_statement(name: str, query: str) -> str:
    """What makes a view where a database, or a schema, has the name that stands before its own."""
    return f"CREATE VIEW {name} AS {query}"


def _in_order(queries: Mapping[str, str]) -> dict[str, str]:
    """Each query behind those that it reads; of some that read one another, as they came."""
    done: dict[str, str] = {}
    waiting = dict(queries)
    while waiting:
        free = [name for name, query in waiting.items() if not (_read_by(query) - {name}) & waiting.keys()]
        for name in free or list(waiting):
            done[name] = waiting.pop(name)
    return done


def _read_by(query: str) -> set[str]:
    return {f"{SCHEMA}.{found[1].lower()}" for found in _MENTIONED.finditer(query)}


def _query(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").strip().rstrip(";").rstrip() if path.is_file() else ""
