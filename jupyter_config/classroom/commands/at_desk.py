"""What the commands at the mentor's desk share: whose folder it is, what is said, and what stops them."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from classroom.language import current_language
from classroom.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from classroom.mentor.grading.grade import GradingReport
    from classroom.mentor.place.copies import Lost
    from classroom.mentor.place.folder import MentorFolder

Root = Annotated[Path, typer.Option("--dir", help="The mentor's folder; left out, the one around you.")]
HERE = Path()


@contextmanager
def stopping(folder: MentorFolder) -> Iterator[None]:
    """Stop with advice when the disk is full or another program holds the gradebook."""
    from classroom.mentor.place.faults import DeskFault, told_faults

    try:
        with told_faults(folder.root):
            yield
    except DeskFault as fault:
        stop(f"desk.{fault.code}", folder.lang, **fault.params)


@contextmanager
def in_turn(folder: MentorFolder) -> Iterator[None]:
    """Do a step while no other program does one at the desk; what stops it is told as `stopping` does."""
    from classroom.mentor.place.turn import one_at_a_time

    with stopping(folder), one_at_a_time(folder):
        yield


@contextmanager
def open_way(folder: MentorFolder, code: str = "desk.share_closed") -> Iterator[None]:
    """Stop with advice, which is the sentence of `code`, when the shared folder can't be reached."""
    from classroom.exchange.transport import Unreachable

    try:
        yield
    except Unreachable as fault:
        stop(code, folder.lang, place=fault.filename)


def stop_where_missing(lang: str, share: Path | None, lessons: Path | None) -> None:
    """Stop before anything is made where a folder that is named isn't there, or holds no course."""
    if share is not None and not share.expanduser().is_dir():
        stop("desk.share_missing", lang, place=share.expanduser().absolute())
    if lessons is not None and not (lessons.expanduser() / "course.toml").is_file():
        stop("start.no_course", lang, course=lessons.expanduser().absolute())


def the_folder(directory: Path) -> MentorFolder:
    """The mentor's folder around a place; a missing one, or a slip of the pen in its settings, ends the command with a word."""
    from classroom.mentor.place.folder import find_mentor_folder

    folder = find_mentor_folder(directory)
    if folder is None:
        stop("desk.no_folder", current_language(), place=directory.resolve())
    stop_where_lost(folder)
    settings_of(folder)
    copy_stores(folder)
    return folder


def stop_where_lost(folder: MentorFolder) -> None:
    """End the command where something is gone that the desk keeps: whatever it wrote now would stand in its place."""
    from classroom.mentor.place.copies import lost_stores

    if lost := lost_stores(folder):
        stop("desk.store_lost", _lang_of(folder), files=in_words(lost, _lang_of(folder)))


def in_words(lost: Iterable[Lost], lang: str) -> str:
    """What is gone, and how."""
    said = (say(f"desk.lost.{each.code}", lang, file=each.store.name) for each in lost)
    return say("desk.list_comma", lang).join(said)


def copy_stores(folder: MentorFolder) -> None:
    """Make today's copy of what the desk keeps; that it can't be made is said, and stops nothing."""
    import sqlite3

    from classroom.mentor.place.copies import try_to_keep_copies

    fault = try_to_keep_copies(folder)
    if fault is None or (isinstance(fault, sqlite3.OperationalError) and "locked" in str(fault)):
        return  # what is done next needs the file too, and says who holds it; the copy is made at the next command
    typer.echo(say("desk.no_copy", folder.lang, cause=fault), err=True)


def _lang_of(folder: MentorFolder) -> str:
    """The folder's language, as far as its settings can be read."""
    try:
        return folder.lang
    except (ValueError, OSError):
        return current_language()


def settings_of(folder: MentorFolder) -> dict[str, Any]:
    """What the folder's settings say; a slip of the pen in them stops the command with its place."""
    from classroom.mentor.place.calendar import NoDate, check_zone

    try:
        check_zone(folder)
    except NoDate as fault:
        stop("desk.no_zone", current_language(), place=folder.settings_path, zone=fault)
    except ValueError as fault:  # TOML's own, or no UTF-8
        stop("desk.bad_settings", current_language(), place=folder.settings_path, cause=fault)
    return folder.settings


def tell(code: str, lang: str, **params: object) -> None:
    """Say a sentence of the classroom's."""
    typer.echo(say(code, lang, **params))


def tell_report(report: GradingReport, lang: str) -> None:
    """Say what a run of grading did."""
    from classroom.mentor.grading.told import details

    tell("desk.graded", lang, graded=len(report.graded), questions=report.questions, skipped=len(report.skipped))
    for line in details(report, lang):
        typer.echo(line)


def stop(code: str, lang: str, **params: object) -> NoReturn:
    """Say a sentence and end the command: it did not do what it was asked for."""
    typer.echo(say(code, lang, **params), err=True)
    raise typer.Exit(2)
