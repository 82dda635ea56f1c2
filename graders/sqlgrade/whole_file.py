"""Files that are there whole or not at all, while others may be reading them, or writing them too."""

from __future__ import annotations

import uuid
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
