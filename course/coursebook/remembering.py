"""A memory of verdicts on the author's own files that outlasts the process, so that a second check takes seconds."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from sqlgrade.service.memory import Asked, Memory
from sqlgrade.verdict import Reason, Verdict
from sqlgrade.whole_file import write_whole


class KeptVerdicts(Memory):
    """Verdicts in a folder that belongs to one state of the judge's code; a limit that was hit is asked about again."""

    def __init__(self, folder: Path, practice: Path | None = None) -> None:
        """Verdicts that rest on practice data are told apart by them."""
        super().__init__()
        self._folder = folder
        self._practice = f"{practice.resolve()} {practice.stat().st_mtime_ns}" if practice else ""
        self._writing = Lock()
        self._kept: dict[Path, dict[str, str]] = {}

    def verdict(self, asked: Asked, judge: Callable[[], Verdict]) -> Verdict:
        """The verdict that is kept; else the judge's."""
        name = hashlib.sha256(f"{asked.pack} {asked.deep} {asked.dialect} {self._practice}".encode()).hexdigest()[:32]
        file = self._folder / f"{name}.verdicts.json"
        kept = self._kept.setdefault(file, _read(file))
        if asked.sql in kept:
            return Verdict.from_json(kept[asked.sql])
        verdict = super().verdict(asked, judge)
        if self.lasts(verdict):
            with self._writing:
                kept[asked.sql] = verdict.to_json()
                write_whole(file, json.dumps(kept, ensure_ascii=False).encode())
        return verdict

    def lasts(self, verdict: Verdict) -> bool:
        """Whether the same would be said again."""
        return super().lasts(verdict) and verdict.reason is not Reason.LIMIT


def _read(file: Path) -> dict[str, str]:
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(sql): str(verdict) for sql, verdict in known.items()}
