"""Files that are there whole or not at all, while others may be reading them, or writing them too."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_MOST_OF_A_NAME = 40


def write_whole(file: Path, content: bytes) -> None:
    """Write a file, its folder too if it is missing, with the rights that any new file gets."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(prefix=f".{file.name[:_MOST_OF_A_NAME]}.", suffix=".part", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
        Path(part).chmod(0o666 & ~_umask())  # else only its owner might read it
        Path(part).replace(file)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The rights that new files of this process lack; there is no way to ask but to set them."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
