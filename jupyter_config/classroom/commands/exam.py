"""The commands for level tests (検定) at the mentor's desk: open one, and see what became of all."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from classroom.commands.at_desk import HERE, Root, in_turn, open_way, stop, stopping, tell, the_folder
from classroom.messages import say

if TYPE_CHECKING:
    from classroom.mentor.place.folder import MentorFolder

app = typer.Typer(no_args_is_help=True, help="Level tests that count: open one, see what became of them.")


@app.command("open")
def open_test(
    students: Annotated[list[str] | None, typer.Argument(help="The learners.")] = None,
    level: Annotated[int, typer.Option(help="The level that is tested.")] = 1,
    team: Annotated[str, typer.Option(help="Instead of learners: everybody of a team.")] = "",
    minutes: Annotated[int, typer.Option(help="How long it is open; left out, as long as the course says.", min=0)] = 0,
    directory: Root = HERE,
) -> None:
    """Open a level's test for learners, one go each; its time runs from now."""
    from classroom.mentor.exam.drawing import CannotOpen
    from classroom.mentor.exam.marking import prepare
    from classroom.mentor.exam.opening import open_exam
    from classroom.mentor.place.class_store import class_file

    folder = the_folder(directory)
    named = students or [who for who, its in class_file(folder).teams().items() if team and its == team]
    if not named:
        stop("desk.exam.cannot.nobody_named", folder.lang)
    try:
        with in_turn(folder), open_way(folder, "desk.exam.share_closed"):
            opened = open_exam(folder, level, named, minutes)
    except CannotOpen as fault:
        stop(f"desk.exam.cannot.{fault.code}", folder.lang, **fault.params)
    if not opened:
        tell("desk.exam.nobody", folder.lang)
        return
    names = say("desk.list_comma", folder.lang).join(each.learner for each in opened)
    until = _clock(folder, opened[0].paper.closes)
    tell("desk.exam.opened", folder.lang, level=level, count=len(opened), students=names, until=until)
    prepare(folder, opened)


@app.command("list")
def list_tests(directory: Root = HERE) -> None:
    """Mark what has come, and list all tests with what became of them."""
    from classroom.mentor.exam.listing import listed
    from classroom.mentor.exam.marking import mark_exams
    from classroom.mentor.returning.workflow import collect

    folder = the_folder(directory)
    with in_turn(folder), open_way(folder):
        if not folder.has_stock_exchange:
            collect(folder)
        marked = mark_exams(folder)
    if marked:
        tell("desk.exam.marked", folder.lang, count=len(marked))
    with stopping(folder):
        lines = listed(folder)
    if not lines:
        tell("desk.exam.none", folder.lang)
    for each in lines:
        tell(
            "desk.exam.line",
            folder.lang,
            at=_clock(folder, each.opened),
            level=each.level,
            student=each.learner,
            state=each.said,
        )
        for doubt in each.doubts:
            typer.echo(f"  ! {doubt}")


def _clock(folder: MentorFolder, moment: str) -> str:
    from classroom.mentor.place.calendar import in_zone, zone_of

    return in_zone(dt.datetime.fromisoformat(moment), zone_of(folder))
