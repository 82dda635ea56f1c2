"""`penguin start`: make the learner's folder, build the data, lay out the lessons, open JupyterLab."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from classroom.chosen_course import (
    choose_course,
    chosen_course,
    chosen_root,
    follow_course,
    keep_root,
    kept_root,
)
from classroom.folder import Folder, default_root, language_of
from classroom.language import LANGS, Lang
from classroom.messages import say
from coursebook.location import course_name, file_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classroom.exchange.invitation import Invitation

OWN_TABLES = "own-course"
"""Where the course lies that was made of one's own tables, in the hidden part of a learner's folder."""
app = typer.Typer(help="Open the lessons in JupyterLab.", add_completion=False)


@app.callback(invoke_without_command=True)
def start(
    directory: Annotated[
        Path | None, typer.Option("--dir", help="Your folder; left out, second-penguin in your home folder.")
    ] = None,
    lang: Annotated[str, typer.Option(help="ja or en; left out, the folder's, for a new one the system's.")] = "",
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")] = True,
    port: Annotated[int, typer.Option(help="Port of the page; another is taken if it is busy.")] = 8888,
    scale: Annotated[str, typer.Option(help="Size of the practice data: tiny, small, dev, std, or a factor.")] = "std",
    class_: Annotated[str, typer.Option("--class", help="The mentor's invitation, once: its file, or its line.")] = "",
    name: Annotated[
        str, typer.Option("--name", help="Who the class knows you as, where the invitation is for all.")
    ] = "",
    class_folder: Annotated[
        str, typer.Option("--class-folder", help="Where the class's shared folder is on this computer, if elsewhere.")
    ] = "",
    course: Annotated[
        Path | None, typer.Option(help="Folder with course.toml; left out, the built-in course, or your folder's own.")
    ] = None,
    schema: Annotated[
        Path | None, typer.Option(help="Your own tables instead: DDL, or a CSV of information_schema.columns.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="What their columns mean, as penguin data profile --mapping-out writes it.")
    ] = None,
    profiled: Annotated[
        Path | None, typer.Option("--profile", help="The result of the script that penguin data profile wrote.")
    ] = None,
    prepare_only: Annotated[bool, typer.Option("--prepare-only", help="Make everything ready, open nothing.")] = False,
) -> None:
    """Make your folder ready (or go on where you were) and open JupyterLab on it."""
    root = course.expanduser().resolve() if course is not None else None
    named = course_name(root) if root is not None else file_name(schema.stem) if schema is not None else ""
    folder = Folder((directory or _usual_root(named)).expanduser().resolve())
    follow_course(folder.hidden)
    language = _language(lang, folder)
    if schema is not None:
        root = folder.hidden / OWN_TABLES
    _refuse_mixed(language, course=course, schema=schema, beside=mapping or profiled)
    if root is not None:
        _take_course(folder, language, root)
    if schema is not None:
        with _told_if_unwritable(folder, language):
            _make_course(folder, language, schema, mapping, profiled)
    _read_course(language)
    with _told_if_unwritable(folder, language):
        folder.hidden.mkdir(parents=True, exist_ok=True)
        if root is not None:
            keep_root(folder.hidden, root)
        if class_:
            _join(folder, language, class_, name, class_folder)
        make_folder_ready(folder, language, scale)
    if not prepare_only:
        _open(folder, language, port, browser=browser)


def _usual_root(course: str) -> Path:
    """The folder of the built-in course, or one beside it that is named after another."""
    usual = default_root()
    return usual.with_name(f"{usual.name}-{course}") if course else usual


def _refuse_mixed(lang: Lang, *, course: Path | None, schema: Path | None, beside: Path | None) -> None:
    """A course has its own tables; mapping and statistics are of a schema."""
    if course is not None and schema is not None:
        _refuse("start.course_or_schema", lang)
    if beside is not None and schema is None:
        _refuse("start.of_a_schema", lang, file=beside)


def _make_course(folder: Folder, lang: Lang, schema: Path, mapping: Path | None, profiled: Path | None) -> None:
    """Make a course of one's own tables in the folder's hidden part, with lessons where tables have roles."""
    from classroom.commands.lessons import lessons_told
    from coursebook.course_of_tables import write_course_of_tables
    from marketplace import MarketplaceError

    place = folder.hidden / OWN_TABLES
    try:
        if mapping is None or lessons_told(place, schema, mapping, profiled, lang) is None:
            write_course_of_tables(place, schema, mapping, profiled)
    except MarketplaceError as fault:
        typer.echo(fault.sentence(lang), err=True)
        raise typer.Exit(2) from None


def _take_course(folder: Folder, lang: Lang, root: Path) -> None:
    """Teach this course from here on; a folder that was begun with another one keeps that, with all that was done in it."""
    before = kept_root(folder.hidden)
    if before != root and (before is not None or folder.laid_out.is_file()):
        _refuse("start.other_course", lang, folder=folder.root)
    choose_course(root)


def _read_course(lang: Lang) -> None:
    """See that the course is there before anything is made for it."""
    from coursebook.problem import CourseError

    root = chosen_root()
    if root is None:
        return
    if not (root / "course.toml").is_file():
        _refuse("start.no_course", lang, course=root)
    try:
        chosen_course()
    except CourseError as fault:
        told = "\n".join(f"{each.file}:{each.line} {each.sentence('problem', lang)}" for each in fault.problems)
        _refuse("start.course_unread", lang, course=root, problems=told)


def _refuse(code: str, lang: Lang, **params: object) -> NoReturn:
    typer.echo(say(code, lang, **params), err=True)
    raise typer.Exit(2)


@contextmanager
def _told_if_unwritable(folder: Folder, lang: Lang) -> Iterator[None]:
    """Tell of a full or read-only disk in a sentence, whoever of those that write in the block met it."""
    from classroom.unwritten import why_unwritten

    try:
        yield
    except (OSError, sqlite3.Error) as fault:
        if not (reason := why_unwritten(lang, folder.root, fault)):
            raise
        typer.echo(say("start.unwritable", lang, folder=folder.root, reason=reason), err=True)
        raise typer.Exit(1) from None


def _join(folder: Folder, lang: Lang, given: str, name: str, class_folder: str) -> None:
    from classroom.exchange.invitation import NoInvitation, join, membership, read_invitation

    try:
        invitation = read_invitation(given)
    except NoInvitation:
        typer.echo(say("start.no_invitation", lang), err=True)
        raise typer.Exit(2) from None
    before = membership(folder.hidden)
    known = before.learner if before and before.invitation.course == invitation.course else ""
    who = invitation.learner or name or known or typer.prompt(say("start.who", lang))
    joined = join(folder.hidden, invitation, learner=who, folder=class_folder)
    _say("start.joined", lang, course=joined.invitation.course, learner=joined.learner)
    _tell_way(folder, lang, joined.invitation)


def _tell_way(folder: Folder, lang: Lang, invitation: Invitation) -> None:
    """Say where a learner's work will be laid: the invitation names the place, and anybody can have written it."""
    from classroom.exchange.invitation import BY_FOLDER, BY_HUB
    from classroom.learner.page.handing import OUTGOING

    if invitation.way == BY_HUB:
        _say("start.joined_hub", lang)
    elif invitation.way == BY_FOLDER:
        place = Path(invitation.folder).expanduser().absolute()
        _say("start.joined_folder", lang, place=place)
        if not place.is_dir():
            _say("start.joined_no_folder", lang)
    else:
        _say("start.joined_file", lang, place=folder.root / OUTGOING[lang])


def make_folder_ready(folder: Folder, lang: Lang, scale: str) -> None:
    """Make a learner's folder with data and lessons, saying what is done."""
    from classroom.learner.page.ready import make_ready

    folder.hidden.mkdir(parents=True, exist_ok=True)
    _say("start.folder", lang, folder=folder.root)
    _build_data(folder, lang, scale)
    make_ready(folder, lang, lambda code, **params: _say(code, lang, **params))


def _language(named: str, folder: Folder) -> Lang:
    """The language that is named on the command line, else the folder's."""
    if not named:
        return language_of(folder)
    if named in LANGS:
        return "ja" if named == "ja" else "en"
    raise typer.BadParameter(f"{named}: ja / en", param_hint="--lang")


def _build_data(folder: Folder, lang: Lang, scale: str) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from classroom.learner.start.practice_data import practice_data
    from marketplace import MarketplaceError

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(), transient=True) as bar:
        task = bar.add_task(say("start.building", lang), total=None, visible=False)

        def advance(done: int, total: int, rows: int) -> None:
            del rows
            bar.update(task, completed=done, total=total, visible=True)

        try:
            data = practice_data(folder, lang, scale, advance)
        except MarketplaceError as fault:
            typer.echo(fault.sentence(lang), err=True)
            raise typer.Exit(1) from None
    _say("start.built" if data.built else "start.data_there", lang, rows=f"{data.rows:,}")


def _open(folder: Folder, lang: Lang, port: int, *, browser: bool) -> None:
    from classroom.session.lab import LabPlan, prepare_settings, running_url, serve

    plan = LabPlan(folder, lang, port, browser)
    prepare_settings(plan)
    if url := running_url(plan):
        _say("start.running", lang, url=url)
        if browser:
            typer.launch(url)
        return
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        _say("start.root", lang)
    serve(plan, lambda url: _announce(url, lang))


def _announce(url: str, lang: Lang) -> None:
    _say("start.ready", lang, url=url)
    _say("start.stop", lang)


def _say(code: str, lang: Lang, **params: object) -> None:
    typer.echo(say(code, lang, **params))
