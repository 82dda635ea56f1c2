"""The only reading of files and JSON that somebody else wrote: bounded in size and depth, and what is wrong is a ValueError.

Left to itself, Python's reader takes a text of brackets for a RecursionError, NaN for a number, half a character for a whole
one, and a file without an end for one that fits into memory.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_BYTES = 32_000_000
"""Of a file or a message."""
MOST_DEEP = 64
"""Lists and objects inside one another; notebooks, the deepest of what is read, have a dozen."""
_LONGEST_NUMBER = 25
"""Digits of a whole number: 64 bits have twenty."""
_LONGEST_LINE = 4_000_000
_MOST_SKIPPED = 1_000_000_000


class NotJson(ValueError):  # noqa: N818  (what was read is at fault, nothing else)
    """A text that is no JSON, or more or deeper than anybody would send."""


def read_json(data: bytes | str, most: int = MOST_BYTES, deepest: int = MOST_DEEP, *, as_sealed: bool = False) -> Any:
    """The value that a JSON text stands for; half a character in it becomes a question mark.

    With `as_sealed` it stays, since a seal over the text counts it.

    Raises:
        NotJson: it is none, too long or too deep, or holds a number that no machine has.
    """
    if len(data) > most:
        raise NotJson(f"more than {most} bytes")
    try:
        text = data if isinstance(data, str) else data.decode("utf-8-sig")
        value = json.loads(text, parse_int=_whole, parse_constant=_refused)
        if not as_sealed and ("\\ud" in text.lower() or isinstance(data, str)):
            value = _with_whole_characters(value, text)
    except RecursionError:
        raise NotJson(f"more than {deepest} lists and objects inside one another") from None
    except ValueError as fault:
        raise NotJson(str(fault)) from fault
    if _is_deeper(value, deepest):
        raise NotJson(f"more than {deepest} lists and objects inside one another")
    return value


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """A whole file of no more than so many bytes.

    Raises:
        OSError: it cannot be read.
        ValueError: it is larger, or never ends.
    """
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise ValueError(f"{path.name}: more than {most} bytes")
    return data


def read_text(path: Path, most: int = MOST_BYTES) -> str:
    """As read_bytes, as text; what is not UTF-8 is a ValueError too."""
    return read_bytes(path, most).decode("utf-8-sig")


def read_lines(path: Path, longest: int = _LONGEST_LINE) -> Iterator[bytes | None]:
    """The lines of a file, however many, each within bounds: one that is longer is None, and what follows it is read on."""
    with path.open("rb") as file:
        while line := file.readline(longest + 1):
            if len(line) <= longest:
                yield line
                continue
            skipped = len(line)
            while not line.endswith(b"\n") and line and skipped < _MOST_SKIPPED:
                line = file.readline(longest)
                skipped += len(line)
            yield None
            if skipped >= _MOST_SKIPPED:
                return


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise NotJson("a whole number of more digits than a machine has")
    return int(digits)


def _refused(name: str) -> NoReturn:
    raise NotJson(f"{name} is no JSON")


def _with_whole_characters(value: Any, text: str) -> Any:
    try:
        text.encode()
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.loads(json.dumps(value, ensure_ascii=False).encode(errors="replace"))
    return value


def _is_deeper(value: Any, deepest: int) -> bool:
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(deepest):
        if not level:
            return False
        inner = (each for held in level for each in (held.values() if isinstance(held, dict) else held))
        level = [each for each in inner if isinstance(each, dict | list)]
    return bool(level)
