"""The `penguin` command: each sub-command is imported only when it is called."""

from __future__ import annotations

import importlib
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.quick_imports import keep_out_unused

if TYPE_CHECKING:
    from collections.abc import Sequence

    import typer


@dataclass(frozen=True)
class Command:
    """A sub-command: the module that holds its typer app, and its name inside that app if it shares it."""

    name: str
    module: str
    help: str
    inside: str = ""


COMMANDS = (
    Command("start", "classroom.commands.start", "Open the lessons in JupyterLab."),
    Command("hand-in", "classroom.commands.handin", "Hand a lesson in to your class, and fetch what came back."),
    Command("data", "classroom.commands.data", "Build, describe and check the practice data."),
    Command("drills", "classroom.commands.drills", "Make practice of your own schema."),
    Command("lessons", "classroom.commands.lessons", "Make the first lessons on your own schema."),
    Command("check", "classroom.commands.course", "Prove the course.", "check"),
    Command("author", "classroom.commands.author", "See a course as learners do while you write it."),
    Command("build", "classroom.commands.course", "Compile lessons to notebooks.", "build"),
    Command("judge", "classroom.commands.judge", "Judge SQL answers over any schema."),
    Command("mentor", "classroom.commands.mentor", "Release, collect, grade and return lessons."),
    Command("hub", "classroom.commands.hub", "A room for each learner on one JupyterHub."),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    if arguments is None:
        _tidy_up_when_told_to_end()
        keep_out_unused()
    given = list(sys.argv[1:] if arguments is None else arguments)
    command = next((each for each in COMMANDS if given and each.name == given[0]), None)
    if command is None:
        _overview(given)
        return
    rest = given[1:]
    app: typer.Typer = importlib.import_module(command.module).app
    if command.inside:
        app(args=[command.inside, *rest], prog_name="penguin")
    else:
        app(args=rest, prog_name=f"penguin {command.name}")


def _tidy_up_when_told_to_end() -> None:
    """Let a command whose terminal is closed, or that is ended from outside, leave no half-made files."""

    def end(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, end)


def _overview(given: Sequence[str]) -> None:
    lines = ["Usage: penguin COMMAND [OPTIONS]", "", "Commands:"]
    lines += [f"  {each.name:<8}{each.help}" for each in COMMANDS]
    lines += ["", "penguin COMMAND --help tells more."]
    print("\n".join(lines), file=sys.stderr if given and given[0] not in ("--help", "-h") else sys.stdout)
    if given and given[0] not in ("--help", "-h"):
        raise SystemExit(2)
