"""`penguin hand-in`: what the page's button does, for those who like a terminal."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  (typer reads the annotations)
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from classroom.chosen_course import follow_course
from classroom.folder import Folder, default_root, find_folder, language_of
from classroom.messages import say, say_in
from classroom.unwritten import why_unwritten

if TYPE_CHECKING:
    from classroom.language import Lang
    from classroom.learner.page.handing import ClassOnPage, LearnersClass

app = typer.Typer(help="Hand a lesson in, and fetch what came back.", add_completion=False)


@app.command()
def hand_in(
    lesson: Annotated[str, typer.Argument(help="The lesson, such as L1; left out, nothing is handed in.")] = "",
    directory: Annotated[
        Path | None,
        typer.Option(
            "--dir", help="Your folder; left out, the one you are in, else second-penguin in your home folder."
        ),
    ] = None,
    receive: Annotated[
        Path | None, typer.Option(help="A file that your mentor sent.", exists=True, dir_okay=False)
    ] = None,
) -> None:
    """Hand in, send what waits, fetch what lies ready, and say how things stand."""
    from classroom.learner.page.handing import class_of

    folder = _folder(directory)
    follow_course(folder.hidden)
    lang = language_of(folder)
    desk = class_of(folder)
    if desk is None:
        _stop("handin.no_class", lang, folder=folder.root)
    try:
        if receive is not None:
            _receive(desk, receive, lang)
        if lesson:
            _hand_in(desk, lesson, lang)
        told = desk.synchronise(lang)
    except OSError as fault:
        reason = why_unwritten(lang, folder.hidden, fault) or str(fault)
        _stop("handin.unkept", lang, reason=reason)
    _tell(folder, told, lang)


def _hand_in(desk: LearnersClass, lesson: str, lang: Lang) -> None:
    try:
        receipt = desk.hand_in(lesson, lang)
    except KeyError:
        _stop("handin.no_lesson", lang, lesson=lesson)
    typer.echo(say("handin.receipt", lang, lesson=lesson, number=receipt.number, receipt=receipt.code))


def _receive(desk: LearnersClass, file: Path, lang: Lang) -> None:
    from classroom.exchange.envelope import Damaged

    try:
        desk.receive(file.read_bytes(), lang)
    except (Damaged, PermissionError):
        _stop("handin.not_yours", lang, file=file)


def _tell(folder: Folder, told: ClassOnPage, lang: Lang) -> None:
    for each in told.lessons:
        if not (each.state or each.due or each.graded):
            continue
        code = f"handin.{each.state or ('over' if each.over else 'not_yet')}"
        facts = [say_in("classroom.learner.page", code, lang, reason=each.reason, file=folder.root / each.file)]
        facts += [say_in("classroom.learner.page", "handin.late", lang)] if each.late else []
        if each.graded is not None:
            points, possible = (f"{number:g}" for number in (each.graded.points, each.graded.possible))
            facts.append(say_in("classroom.learner.page", "handin.points", lang, points=points, possible=possible))
            solved, count = each.graded.solved, len(each.graded.exercises)
            facts.append(say_in("classroom.learner.page", "handin.solved", lang, solved=solved, count=count))
        typer.echo(f"{each.lesson}: {' · '.join(facts)}")
        for mark in each.graded.exercises if each.graded else ():
            if mark.comment:
                typer.echo(f"  {mark.exercise}: {mark.comment}")
    for one in told.questions:
        typer.echo(f"{one.exercise} {one.question} → {one.reply or '…'}")
    for entry in told.faq:
        typer.echo(f"FAQ {entry.exercise} {entry.question} → {entry.reply}")
    if told.closed:
        code = "handin.full" if told.full else "handin.closed"
        _end(say_in("classroom.learner.page", code, lang, place=told.closed, count=told.waiting))


def _folder(directory: Path | None) -> Folder:
    """The folder that is named, else the one that one stands in, else the usual one."""
    if directory is not None:
        return Folder(directory.expanduser().resolve())
    return find_folder() or Folder(default_root().resolve())


def _stop(code: str, lang: Lang, **params: object) -> NoReturn:
    _end(say(code, lang, **params))


def _end(said: str) -> NoReturn:
    typer.echo(said, err=True)
    raise typer.Exit(2)
