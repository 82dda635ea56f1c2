"""`penguin mentor team-expo`: a team that works on one Expo."""

from __future__ import annotations

from typing import Annotated

import typer

from classroom.commands.at_desk import HERE, Root, stopping, the_folder


def team_expo(
    writer: Annotated[str, typer.Argument(help="In whose room it is written; the team is theirs.")],
    directory: Root = HERE,
    apart: Annotated[bool, typer.Option("--part", help="Let them work each on their own again.")] = False,
) -> None:
    """Let a team work on one Expo: it is marked once, and goes back to all of them with the same marks."""
    from classroom.mentor.classpage.steps import said_of
    from classroom.mentor.page.teaming import part_team, team_up

    folder = the_folder(directory)
    with stopping(folder):
        if apart:
            said, done = said_of(folder, "", lambda: part_team(folder, {"student": writer}))
        else:
            said, done = said_of(folder, "", lambda: team_up(folder, {"writer": writer}))
    typer.echo(said, err=not done)
    if not done:
        raise typer.Exit(2)
