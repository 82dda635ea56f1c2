"""`penguin mentor announce`: a mentor's own words to chosen learners."""

from __future__ import annotations

from typing import Annotated

import typer

from classroom.commands.at_desk import HERE, Root, open_way, stop, stopping, the_folder


def announce(
    text: Annotated[str, typer.Argument(help="What they read, as it is written.")],
    learners: Annotated[list[str] | None, typer.Argument(help="Ids of the class list.")] = None,
    directory: Root = HERE,
    team: Annotated[str, typer.Option(help="Everybody of a team.")] = "",
    everybody: Annotated[bool, typer.Option("--all", help="Everybody on the class list.")] = False,
) -> None:
    """Send learners a word that stands on their home; the same text goes to nobody twice within a day."""
    from classroom.mentor.classpage.whole import WholeClass
    from classroom.mentor.page.asked import NotAsked
    from classroom.mentor.page.words import announce_to
    from classroom.mentor.place.wording import told

    folder = the_folder(directory)
    with stopping(folder):
        listed = WholeClass(folder).learners
    named = set(learners or ()) | {each.id for each in listed if everybody or (team and each.team == team)}
    if unknown := sorted(named - {each.id for each in listed}):
        stop("desk.not_enrolled", folder.lang, students=", ".join(unknown))
    with stopping(folder), open_way(folder):
        try:
            typer.echo(announce_to(folder, {"students": sorted(named), "text": text}))
        except NotAsked:
            typer.echo(told("announce.nobody", folder.lang), err=True)
            raise typer.Exit(2) from None
