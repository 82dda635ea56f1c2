"""A bar in the terminal for what takes minutes; nothing is drawn where nobody watches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.console import Console


class Bar:
    """How many of how many are done; it goes when it is left."""

    def __init__(self, text: str, console: Console | None = None) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = Progress(*columns, console=console, transient=True)
        self._task = self._bar.add_task(text, total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def __call__(self, done: int, total: int, text: str | None = None) -> None:
        """Show that so many of so many are done, and what is being done if that is another thing now."""
        self._bar.update(self._task, completed=done, total=total, description=text)
