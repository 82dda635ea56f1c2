"""`penguin hub`: what a company's JupyterHub runs, for operators and for the hub itself."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from classroom.folder import Folder, default_root
from classroom.language import LANGS, current_language
from classroom.messages import say

app = typer.Typer(help="A room for each learner on one JupyterHub.", add_completion=False, no_args_is_help=True)
_OWNER_ALONE = 0o077
"""What is made from here on is nobody else's to read: a hub's users share a machine."""
CourseOption = Annotated[
    Path | None, typer.Option(help="Folder with course.toml, solutions and all; left out, the built-in course.")
]
_PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}


@app.command()
def prepare(
    place: Annotated[Path, typer.Argument(help="The folder that PENGUIN_DATA will name.")],
    scale: Annotated[str, typer.Option(help="Size of the practice data: tiny, small, dev, std, or a factor.")] = "std",
    nights: Annotated[int, typer.Option(help="How many nights after the data's end %night can go to.")] = 31,
    seal: Annotated[
        str, typer.Option(metavar="GROUP", help="Let owner and this group alone read the course with its solutions.")
    ] = "",
    course: CourseOption = None,
) -> None:
    """Make what all learners share, once, read-only: the practice data in both languages with nights, lessons without solutions."""
    from classroom.hub.prepared import answers_in, keep_from_others, prepare_edition
    from classroom.hub.prepared import prepare as prepare_all
    from coursebook import load_course
    from marketplace import MarketplaceError

    lang = current_language()
    book = load_course(course)
    try:
        for data in prepare_all(place.resolve(), LANGS, scale, nights, course=book):
            typer.echo(say("hub.built" if data.built else "hub.there", lang, path=data.path, rows=f"{data.rows:,}"))
    except MarketplaceError as fault:
        typer.echo(fault.sentence(lang), err=True)
        raise typer.Exit(1) from None
    edition = prepare_edition(book, place.resolve())
    typer.echo(say("hub.edition", lang, path=edition))
    try:
        answers = answers_in(book.root, Path(str(files("marketplace"))))
        for sealed in keep_from_others(answers, seal) if seal else ():
            typer.echo(say("hub.sealed", lang, path=sealed, group=seal))
    except (LookupError, OSError) as fault:
        typer.echo(say("hub.not_sealed", lang, path=book.root, group=seal, why=fault), err=True)
        raise typer.Exit(1) from None
    typer.echo(say("hub.prepared", lang, path=place.resolve()))


@app.command(name="serve")
def serve_all(
    address: Annotated[str, typer.Option(help="Where to listen.")] = "http://127.0.0.1:8090",
    exchange: Annotated[
        Path | None, typer.Option(help="The service's own folder for hand-ins and what comes back.")
    ] = None,
    mentors: Annotated[str, typer.Option(help="Who may collect and give back, parted by spaces.")] = "",
    warm: Annotated[
        bool, typer.Option("--warm/--no-warm", help="Make missing packs before they are asked for.")
    ] = True,
    course: CourseOption = None,
) -> None:
    """Judge for all learners of a hub and carry what they hand in; a service that JupyterHub starts and keeps."""
    import asyncio
    import logging

    from classroom.chosen_course import choose_course
    from classroom.hub.service import serve
    from coursebook import load_course

    if course is not None:  # its practice data have names of their own
        choose_course(course)
    os.umask(_OWNER_ALONE)
    logging.basicConfig(level=logging.INFO, format="[penguin] %(levelname)s %(message)s")
    asyncio.run(serve(load_course(course), address, exchange, frozenset(mentors.split()), warm=warm))


@app.command(context_settings=_PASSED_ON)
def room(
    context: typer.Context,
    directory: Annotated[
        Path | None, typer.Option("--dir", help="The learner's folder; left out, second-penguin in the home folder.")
    ] = None,
) -> None:
    """Become the server of a learner's room; a spawner's command."""
    from classroom.commands.start import make_folder_ready
    from classroom.exchange.joining import join_class
    from classroom.folder import language_of
    from classroom.hub.single import room_server

    os.umask(_OWNER_ALONE)
    folder = Folder((directory or default_root()).expanduser().resolve())
    language = language_of(folder)
    make_folder_ready(folder, language, "std")
    join_class(folder)
    room_server(folder, language).run(context.args)


@app.command(context_settings=_PASSED_ON)
def desk(
    context: typer.Context,
    directory: Annotated[Path, typer.Option("--dir", help="The mentor's folder, made by penguin mentor init.")],
) -> None:
    """Become the server of a mentor's desk; a spawner's command."""
    from classroom.commands.at_desk import the_folder
    from classroom.hub.single import desk_server

    os.umask(_OWNER_ALONE)
    desk_server(the_folder(directory)).run(context.args)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, such as /backup/penguin-2027-01-31.tar.gz.")],
    hub: Annotated[Path, typer.Option(help="Where JupyterHub is started: its database and cookie secret.")] = Path(),
    course_folder: Annotated[
        Path | None, typer.Option(envvar="PENGUIN_COURSE_FOLDER", help="The mentors' folder.")
    ] = None,
    exchange: Annotated[
        Path | None, typer.Option(envvar="PENGUIN_EXCHANGE", help="The service's folder of hand-ins.")
    ] = None,
    homes: Annotated[str, typer.Option(help="The learners' folders; * is the learner.")] = "/home/*/second-penguin*",
    courses: Annotated[
        str, typer.Option(envvar="PENGUIN_COURSES", help="The file of the courses beside the first.")
    ] = "",
    also: Annotated[
        list[Path] | None, typer.Option(help="Another folder, such as your configuration; again for more.")
    ] = None,
    without_class: Annotated[
        bool,
        typer.Option(
            "--without-class", help="The hub has neither a mentors' folder nor hand-ins, or both lie elsewhere."
        ),
    ] = False,
) -> None:
    """Write into one file what of a hub can't be made again, secrets among it; the hub may go on meanwhile."""
    from classroom.hub.backup import NoPlace, back_up, places_of
    from classroom.hub.courses import CoursesUnread, read_courses

    lang = current_language()
    missing = () if without_class else _left_out_of(file, course_folder, exchange, courses)
    try:
        beside = [Path(each) for one in read_courses(courses).values() for each in (one.desk, one.exchange) if each]
        done = back_up(places_of(hub, course_folder, exchange, homes, [*beside, *(also or ())]), file)
    except CoursesUnread as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(2) from None
    except NoPlace as fault:
        _stop("hub.backup.no_place", lang, path=fault.path)
    except FileExistsError as fault:
        _stop("hub.backup.there", lang, path=fault)
    except OSError as fault:
        _stop("hub.backup.failed", lang, path=fault.filename or file, why=fault.strerror)
    for each in done.left_out:
        typer.echo(say("hub.backup.left_out", lang, path=each), err=True)
    for each in done.restless:
        typer.echo(say("hub.backup.restless", lang, path=each), err=True)
    size, places = f"{done.size / 1e6:.1f}", say("desk.list_comma", lang).join(map(str, done.places))
    typer.echo(say("hub.backup.done", lang, path=file, files=done.files, size=size, places=places))
    for code in missing:
        typer.echo(say(f"hub.backup.{code}", lang), err=True)
    raise typer.Exit(1 if done.restless else 0)


def _left_out_of(file: Path, course_folder: Path | None, exchange: Path | None, courses: str) -> tuple[str, ...]:
    """What of the class a backup lacks, as codes of sentences; one without any of it is not made."""
    missing = [code for code, given in (("no_desk", course_folder), ("no_exchange", exchange)) if given is None]
    if len(missing) > 1 and not courses:
        _stop("hub.backup.no_class", current_language(), path=file)
    return tuple(missing)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="The file that penguin hub backup wrote.", exists=True, dir_okay=False)],
    below: Annotated[
        Path | None, typer.Option(help="Bring all back below this folder instead, to look at it or to move it.")
    ] = None,
) -> None:
    """Bring a backup back to the folders that it was made of, with owners and rights; nothing is written over."""
    from classroom.hub.restoring import NoBackup, Occupied, bring_back

    lang = current_language()
    try:
        done = bring_back(file, below)
    except NoBackup:
        _stop("hub.restore.none", lang, path=file)
    except Occupied as fault:
        _stop("hub.restore.occupied", lang, path=fault.path)
    except OSError as fault:
        _stop("hub.backup.failed", lang, path=fault.filename or below or file, why=fault.strerror)
    for each in done.places.values():
        typer.echo(say("hub.restore.place", lang, path=each))
    if done.strangers:
        typer.echo(say("hub.restore.strangers", lang, names=", ".join(sorted(done.strangers))), err=True)
    typer.echo(say("hub.restore.done", lang, files=done.files, at=done.at))


def _stop(code: str, lang: str, **params: object) -> NoReturn:
    typer.echo(say(code, lang, **params), err=True)
    raise typer.Exit(2)
