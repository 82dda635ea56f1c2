"""`penguin hub`: what a company's JupyterHub runs, for operators and for the hub itself."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from typing import Annotated

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
