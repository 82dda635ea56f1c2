"""penguin author: a course as its learners see it, beside the editor in which it is written."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  (typer reads the annotations)
from typing import Annotated

import typer

from classroom.language import LANGS, Lang, current_language
from classroom.messages import say

app = typer.Typer(help="See a course as learners do while you write it.", add_completion=False)


@app.callback(invoke_without_command=True)
def author(
    course: Annotated[Path | None, typer.Option(help="Folder with course.toml; left out, the built-in course.")] = None,
    lang: Annotated[str, typer.Option(help="ja or en; left out, the system's.")] = "",
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")] = True,
    port: Annotated[int, typer.Option(help="Port of the page; another is taken if it is busy.")] = 8892,
) -> None:
    """Show each exercise as learners see it, again after each save, with what its proof says beside it."""
    from classroom.author.room import AuthorRoom
    from classroom.author.server import serve
    from coursebook.location import course_root

    language: Lang = next((each for each in LANGS if each == lang), current_language())
    root = course.expanduser().resolve() if course is not None else course_root()
    if not (root / "course.toml").is_file():
        typer.echo(say("start.no_course", language, course=root), err=True)
        raise typer.Exit(2)

    def ready(url: str) -> None:
        typer.echo(say("author_command.ready", language, url=url))
        typer.echo(say("author_command.stop", language))

    serve(AuthorRoom(root, language), port, browser=browser, ready=ready)
