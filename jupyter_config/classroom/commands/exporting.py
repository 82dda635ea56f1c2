"""What a mentor hands on to others: all scores as a table, and the page for a team's manager."""

from __future__ import annotations

from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classroom.commands.at_desk import HERE, Root, stop, stopping, tell, the_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classroom.mentor.place.folder import MentorFolder


class _Form(StrEnum):
    """Which columns."""

    WHOLE = "whole"
    MOODLE = "moodle"
    CLASSROOM = "classroom"


def export(
    to: Annotated[Path, typer.Option(help="The CSV file to write.")] = Path("grades.csv"),
    form: Annotated[
        _Form,
        typer.Option(help="whole: a row an exercise. moodle, classroom: a row a learner, for Moodle or Google Sheets."),
    ] = _Form.WHOLE,
    directory: Root = HERE,
) -> None:
    """Write all scores as a table."""
    from classroom.mentor.classpage.lms import LmsForm, export_for_lms
    from classroom.mentor.classpage.scores import export_grades
    from classroom.mentor.classpage.whole import WholeClass

    folder = the_folder(directory)
    with _writing(folder, to):
        if form is _Form.WHOLE:
            rows = export_grades(folder, to)
        else:
            rows = export_for_lms(WholeClass(folder), LmsForm(form.value), to)
    tell("desk.exported" if form is _Form.WHOLE else "desk.exported_learners", folder.lang, rows=rows, path=to)


def report(
    to: Annotated[Path, typer.Option(help="The HTML file to write.")] = Path("teams.html"),
    team: Annotated[str, typer.Option(help="Only this team; left out, all of them.")] = "",
    directory: Root = HERE,
) -> None:
    """Write the page for managers: per team what people can do now, what they have passed, what they ask."""
    from classroom.mentor.classpage.managers import NoTeam
    from classroom.mentor.classpage.managers_page import managers_page
    from classroom.mentor.classpage.whole import WholeClass
    from sqlgrade.whole_file import write_whole

    folder = the_folder(directory)
    with _writing(folder, to):
        view = WholeClass(folder)
        try:
            page = managers_page(view, team)
        except NoTeam:
            known = ", ".join(sorted(set(view.teams.values()))) or "–"
            stop("desk.report.no_team", folder.lang, team=team, known=known)
        write_whole(to, page.encode())
    tell("desk.report.written", folder.lang, path=to)


@contextmanager
def _writing(folder: MentorFolder, to: Path) -> Iterator[None]:
    """Stop with advice where the desk can't be read, or the file can't be written."""
    from classroom.unwritten import is_full

    with stopping(folder):
        try:
            yield
        except OSError as fault:
            if is_full(fault):
                raise
            stop("desk.not_made", folder.lang, folder=to.absolute().parent, why=fault.strerror)
