"""Files that are there whole or not at all, while others may be reading them, or writing them too."""

from __future__ import annotations

import os
import uuid
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_MOST_OF_A_NAME = 40


def write_whole(file: Path, content: bytes) -> None:
    """Write a file, its folder too if it is missing, with the rights that any new file gets."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name[:_MOST_OF_A_NAME]}.{uuid.uuid4().hex}.part")
    try:
        with part.open("xb") as opened:
            opened.write(content)
        part.replace(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_once(file: Path, content: bytes) -> None:
    """Write a file unless it is there, whole for whoever else does the same: of two, the first one's stays."""
    part = file.with_name(f".{file.name[:_MOST_OF_A_NAME]}.{uuid.uuid4().hex}.part")
    try:
        with part.open("xb") as opened:
            opened.write(content)
        try:
            os.link(part, file)
        except FileExistsError:
            return
        except OSError:  # a disk that knows no links
            if not file.exists():
                part.replace(file)
    finally:
        with suppress(OSError):
            part.unlink()
