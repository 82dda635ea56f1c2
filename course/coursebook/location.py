"""Where the course lies: beside the package in a checkout, inside it in a wheel."""

import re
import tomllib
from importlib.resources import files
from pathlib import Path

MARKETPLACE = "marketplace"
"""The name of the data set of the course that comes with the package."""


def course_root() -> Path:
    """The folder that holds course.toml."""
    package = Path(str(files("coursebook")))
    checkout = package.parent
    return checkout if (checkout / "course.toml").is_file() else package / "content"


def data_name(root: Path | None) -> str:
    """What the practice data of the course below `root` is called in the names of files; nothing but course.toml is read.

    A course without a script of its own is on the marketplace; one with a script has data of its own.
    """
    return course_name(root) if root is not None and _read(root).get("schema") else MARKETPLACE


def course_name(root: Path) -> str:
    """The course's short name as a part of files' names: small letters, digits and -; never the marketplace's."""
    return file_name(str(_read(root).get("name") or root.name))


def file_name(name: str) -> str:
    """A name as a part of files' names."""
    fit = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "course"
    return f"{fit}-course" if fit == MARKETPLACE else fit


def stays_inside(name: str) -> bool:
    """Whether a path that a course's file names leads to nothing outside of the folder that it is taken from."""
    path = Path(name)
    return not path.is_absolute() and not path.drive and ".." not in path.parts


def _read(root: Path) -> dict[str, object]:
    """course.toml; nothing where it can't be read, which is told by whoever reads the course."""
    try:
        return tomllib.loads((root / "course.toml").read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return {}
