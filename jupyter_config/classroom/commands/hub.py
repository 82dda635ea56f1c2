"""`penguin hub`: what a company's JupyterHub runs, for operators and for the hub itself."""

from __future__ import annotations

import os
from pathlib import Path  # noqa: TC003  (typer reads the annotations)
from typing import Annotated

import typer

from classroom.folder import Folder, default_root
from classroom.language import LANGS, current_language
from classroom.messages import say

app = typer.Typer(help="A room for each learner on one JupyterHub.", add_completion=False, no_args_is_help=True)
_OWNER_ALONE = 0o077
"""What is made from here on is nobody else's to read: a hub's users share a machine."""
_PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}


@app.command()
def prepare(
    place: Annotated[Path, typer.Argument(help="The folder that PENGUIN_DATA will name.")],
    scale: Annotated[str, typer.Option(help="Size of the practice data: tiny, small, dev, std, or a factor.")] = "std",
    nights: Annotated[int, typer.Option(help="How many nights after the data's end %night can go to.")] = 31,
) -> None:
    """Make what all learners share, once: the practice data in both languages and the nights after it, read-only."""
    from classroom.hub.prepared import prepare as prepare_all
    from marketplace import MarketplaceError

    lang = current_language()
    try:
        for data in prepare_all(place.resolve(), LANGS, scale, nights):
            typer.echo(say("hub.built" if data.built else "hub.there", lang, path=data.path, rows=f"{data.rows:,}"))
    except MarketplaceError as fault:
        typer.echo(fault.sentence(lang), err=True)
        raise typer.Exit(1) from None
    typer.echo(say("hub.prepared", lang, path=place.resolve()))


@app.command(context_settings=_PASSED_ON)
def room(
    context: typer.Context,
    directory: Annotated[
        Path | None, typer.Option("--dir", help="The learner's folder; left out, second-penguin in the home folder.")
    ] = None,
) -> None:
    """Become the server of a learner's room; a spawner's command."""
    from classroom.commands.start import language_of, make_folder_ready
    from classroom.hub.single import room_server

    os.umask(_OWNER_ALONE)
    folder = Folder((directory or default_root()).expanduser().resolve())
    language = language_of(folder)
    make_folder_ready(folder, language, "std")
    room_server(folder, language).run(context.args)


@app.command(context_settings=_PASSED_ON)
def desk(
    context: typer.Context,
    directory: Annotated[Path, typer.Option("--dir", help="The mentor's folder, made by penguin mentor init.")],
) -> None:
    """Become the server of a mentor's desk; a spawner's command."""
    from classroom.commands.mentor import the_folder
    from classroom.hub.single import desk_server

    os.umask(_OWNER_ALONE)
    desk_server(the_folder(directory)).run(context.args)
