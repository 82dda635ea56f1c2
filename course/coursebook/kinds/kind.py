"""What a kind of exercise is: its letter, its files and the way it is judged."""

from collections.abc import Callable
from dataclasses import dataclass

from coursebook.judgement import Judgement
from coursebook.submission import Submission


@dataclass(frozen=True)
class Kind:
    """One kind of exercise."""

    letter: str
    """The letter in exercise.toml."""
    name: str
    """Its name in code and documentation."""
    judge: Callable[[Submission], Judgement]
    """Judges a submission."""
    required: tuple[str, ...] = ("starter.sql", "solution.sql")
    """Files the folder must hold beside exercise.toml, ja.md and en.md."""
    optional: tuple[str, ...] = ("also-right/*.sql", "near-misses/*.sql", "databases/*.sql", "solution-*.sql")
    """Patterns of the files it may hold."""
