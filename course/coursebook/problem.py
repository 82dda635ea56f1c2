"""What an author is told: where, what is wrong, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from coursebook.messages import render


@dataclass(frozen=True)
class Problem:
    """One fault of the course, with its place and its remedy."""

    file: Path
    """The file to open."""
    line: int
    """The line to look at, from 1."""
    code: str
    """The key of the two sentences in coursebook/messages."""
    params: Mapping[str, object] = field(default_factory=dict)
    """What the sentences are filled with."""
    lang: str = ""
    """The variant of the exercise it was found in, where an exercise differs by language."""

    @property
    def problem(self) -> str:
        """What is wrong, in English."""
        return self.sentence("problem", "en")

    @property
    def remedy(self) -> str:
        """What to do, in English."""
        return self.sentence("remedy", "en")

    def sentence(self, part: str, lang: str) -> str:
        """The problem or the remedy in one language."""
        return render(f"check.{self.code}.{part}", self.params, lang)


class CourseError(Exception):
    """The course can't be read at all; the problems say why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems and print them as the message."""
        self.problems = problems
        super().__init__("; ".join(f"{each.file}:{each.line}: {each.problem}" for each in problems))
