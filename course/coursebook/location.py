"""Where the course lies: beside the package in a checkout, inside it in a wheel."""

from importlib.resources import files
from pathlib import Path


def course_root() -> Path:
    """The folder that holds course.toml."""
    package = Path(str(files("coursebook")))
    checkout = package.parent
    return checkout if (checkout / "course.toml").is_file() else package / "content"
