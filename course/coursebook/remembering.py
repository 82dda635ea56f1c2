"""A grader that remembers its verdicts on the author's own files, so that a second check takes seconds."""

import hashlib
import json
from pathlib import Path
from threading import Lock
from typing import Any

from coursebook.judging import QueryGrader
from sqlgrade.verdict import Reason, Verdict


class RememberingGrader:
    """Asks another grader only what has never been asked of the same pack; a limit that was hit is asked again."""

    def __init__(self, grader: QueryGrader, folder: Path, practice_file: Path | None = None) -> None:
        """Keep verdicts in a folder that belongs to one state of the judge's code; practice data are told apart."""
        self._grader = grader
        self._folder = folder
        self._practice = f"{practice_file.resolve()} {practice_file.stat().st_mtime_ns}" if practice_file else ""
        self._lock = Lock()
        self._known: dict[str, dict[str, str]] = {}

    def grade(self, pack: Any, sql: str) -> Verdict:
        """The verdict, remembered or asked for now."""
        name = hashlib.sha256(f"{pack.key} {self._practice}".encode()).hexdigest()[:32]
        file = self._folder / f"{name}.verdicts.json"
        known = self._known.setdefault(file.name, _read(file))
        if sql not in known:
            verdict = self._grader.grade(pack, sql)
            if verdict.reason is Reason.LIMIT:
                return verdict
            with self._lock:
                known[sql] = verdict.to_json()
                part = file.with_suffix(".part")
                part.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
                part.replace(file)
        return Verdict.from_json(known[sql])


def _read(file: Path) -> dict[str, str]:
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(sql): str(verdict) for sql, verdict in known.items()}
