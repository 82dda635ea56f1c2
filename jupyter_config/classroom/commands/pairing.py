"""`penguin mentor pair`: two who work on one hand-in."""

from __future__ import annotations

from typing import Annotated

import typer

from classroom.commands.at_desk import HERE, Root, stopping, the_folder


def pair(
    lesson: Annotated[str, typer.Argument(help="The lesson, such as L3.")],
    learners: Annotated[
        list[str], typer.Argument(help="The two, by the ids of the class list; with --part one of them.")
    ],
    directory: Root = HERE,
    apart: Annotated[bool, typer.Option("--part", help="Let them hand in each for themselves again.")] = False,
) -> None:
    """Let two learners hand in a lesson together: what either hands in counts for both, and both are marked."""
    from classroom.mentor.classpage.steps import said_of
    from classroom.mentor.page.pairing import pair_them, part_them

    folder = the_folder(directory)
    if len(learners) != (1 if apart else 2):
        raise typer.BadParameter("--part: 1" if apart else "2", param_hint="LEARNERS")
    with stopping(folder):
        if apart:
            said, done = said_of(folder, lesson, lambda: part_them(folder, lesson, {"student": learners[0]}))
        else:
            named = {"one": learners[0], "other": learners[1]}
            said, done = said_of(folder, lesson, lambda: pair_them(folder, lesson, named))
    typer.echo(said, err=not done)
    if not done:
        raise typer.Exit(2)
