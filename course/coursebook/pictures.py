"""Pictures of a lesson: files beside its text, which a notebook carries in itself."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path

_PICTURE = re.compile(r"(?<=\]\()([\w.-]+\.(svg|png))(?=\))")
"""The file in `![what is seen](file.svg)`; a path to elsewhere is none of ours."""
_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


def with_pictures(markdown: str, folder: Path) -> str:
    """The text with its pictures inside, as addresses that hold the data: a notebook is handed on as one file."""
    return _PICTURE.sub(lambda found: _address(folder / found[1], _TYPES[found[2]]) or found[1], markdown)


def pictures_named(markdown: str) -> Iterator[str]:
    """The files of the pictures that a text shows."""
    return (found[1] for found in _PICTURE.finditer(markdown))


def pictures_in(folder: Path) -> list[Path]:
    """The pictures that lie beside a lesson's text."""
    return sorted(each for ending in _TYPES for each in folder.glob(f"*.{ending}"))


def _address(path: Path, mime_type: str) -> str:
    """Empty where there is no such file, which `penguin check` tells."""
    if not path.is_file():
        return ""
    return f"data:{mime_type};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
