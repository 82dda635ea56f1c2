"""Draws level tests at the desk, on its practice data or the sample that stands for it, and finds the tasks of a draw again."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from coursebook.answer_cell import drill_of
from coursebook.practice import NoTask, draw_drill, draw_exam, library_of
from coursebook.practice.sample_data import sample_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classroom.mentor.place.folder import MentorFolder
    from coursebook.practice import Drill, ExamRecord


class CannotOpen(Exception):  # noqa: N818  (told to the mentor)
    """A test can't be opened: a code below `desk.exam.cannot`, with its parameters."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


class Drawer:
    """Draws on data that stay open."""

    def __init__(self, folder: MentorFolder, connection: duckdb.DuckDBPyConnection) -> None:
        self._course, self._lang, self._connection = folder.course, folder.lang, connection
        self.library = library_of(folder.course.root)

    def exam(self, record: ExamRecord, seed: int) -> tuple[Drill, ...]:
        """The tasks of a draw.

        Raises:
            CannotOpen: the data has no instance of a task.
        """
        try:
            return draw_exam(record, seed, self._drill)
        except NoTask as fault:
            raise CannotOpen("no_task", number=fault.args[0], level=record.level) from fault

    def drill(self, drill_id: str) -> Drill | None:
        """The drill of an id again; None where the course or the data is another by now."""
        named = drill_of(drill_id)
        return self._drill(*named) if named and named[0] in self.library.templates else None

    def _drill(self, template: str, seed: int) -> Drill | None:
        record, path = self.library.templates[template], self.library.paths[template]
        return draw_drill(record, seed, self._run, self._course.schema, path, self._lang)

    def _run(self, sql: str) -> list[tuple[object, ...]]:
        return self._connection.execute(sql).fetchall()


@contextmanager
def drawer(folder: MentorFolder) -> Iterator[Drawer]:
    """Open the data that the desk draws on.

    Raises:
        CannotOpen: they can't be read.
    """
    own = folder.practice
    place = own if own is not None and own.is_file() else sample_file(folder.lang)
    try:
        connection = duckdb.connect(place, read_only=True)
    except duckdb.Error as fault:
        raise CannotOpen("no_data", place=place) from fault
    with connection:
        yield Drawer(folder, connection)
