"""What a worker process does with the messages it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlgrade.judging.judge import Judge
from sqlgrade.pack.contents import Pack
from sqlgrade.service.batch import judge_line

if TYPE_CHECKING:
    from pathlib import Path

UNKNOWN_PACK = "unknown_pack"


class Duties:
    """Answers "hello", "pack", "grade" and "line"."""

    def __init__(self, practice: Path | None) -> None:
        self._judge = Judge(practice)

    def answer(self, message: tuple[Any, ...]) -> Any:
        """The answer to one message."""
        match message:
            case ("hello",):
                return "hello"
            case ("pack", bytes(data)):
                self._judge.prepare(Pack.from_bytes(data)).warm()
                return "ready"
            case ("grade", str(key), str(sql), bool(deep)):
                return self._judge.grade_key(key, sql, deep=deep) if self._judge.knows(key) else UNKNOWN_PACK
            case ("line", dict(line)):
                return judge_line(line)
        raise ValueError(f"no such duty: {message[0]!r}")

    def forget(self) -> None:
        """Lets go of all packs; one that is asked for again is unknown until it is sent again."""
        self._judge.forget()
