"""`penguin start`: make the learner's folder, build the data, lay out the lessons, open JupyterLab."""

from __future__ import annotations

import os
from pathlib import Path  # noqa: TC003  (typer reads the annotations)
from typing import TYPE_CHECKING, Annotated

import typer

from classroom.folder import Folder, default_root
from classroom.language import LANGS, Lang, system_language
from classroom.messages import say

if TYPE_CHECKING:
    from coursebook import Lesson

app = typer.Typer(help="Open the lessons in JupyterLab.", add_completion=False)


@app.callback(invoke_without_command=True)
def start(
    directory: Annotated[
        Path | None, typer.Option("--dir", help="Your folder; left out, second-penguin in your home folder.")
    ] = None,
    lang: Annotated[str, typer.Option(help="ja or en; left out, the system's language.")] = "",
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")] = True,
    port: Annotated[int, typer.Option(help="Port of the page; another is taken if it is busy.")] = 8888,
    scale: Annotated[str, typer.Option(help="Size of the practice data: tiny, small, dev, std, or a factor.")] = "std",
    prepare_only: Annotated[bool, typer.Option("--prepare-only", help="Make everything ready, open nothing.")] = False,
) -> None:
    """Make your folder ready (or go on where you were) and open JupyterLab on it."""
    language = _language(lang)
    folder = Folder((directory or default_root()).expanduser().resolve())
    folder.hidden.mkdir(parents=True, exist_ok=True)
    _say("start.folder", language, folder=folder.root)
    _build_data(folder, language, scale)
    home = _lay_out(folder, language)
    if not prepare_only:
        _open(folder, language, home, port, browser=browser)


def _language(named: str) -> Lang:
    if not named:
        return system_language()
    if named in LANGS:
        return "ja" if named == "ja" else "en"
    raise typer.BadParameter(f"{named}: ja / en", param_hint="--lang")


def _build_data(folder: Folder, lang: Lang, scale: str) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from classroom.start.practice_data import ensure_practice_data
    from marketplace import MarketplaceError

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(), transient=True) as bar:
        task = bar.add_task(say("start.building", lang), total=None, visible=False)

        def advance(done: int, total: int, rows: int) -> None:
            del rows
            bar.update(task, completed=done, total=total, visible=True)

        try:
            data = ensure_practice_data(folder.practice(lang), lang, scale, advance)
        except MarketplaceError as fault:
            typer.echo(str(fault), err=True)
            raise typer.Exit(1) from None
    _say("start.built" if data.built else "start.data_there", lang, rows=f"{data.rows:,}")


def _lay_out(folder: Folder, lang: Lang) -> Path:
    from classroom.notebook_names import PRACTICE_NAMES, notebook_name
    from classroom.progress.opening import open_progress
    from classroom.room.course import the_course, the_library
    from classroom.room.notebooks import find_lesson
    from classroom.room.restoring import open_lesson, recorded_answers
    from classroom.start.home import write_home
    from classroom.start.lay_out import Fate, Ledger, lay_out
    from classroom.start.practice_notebook import practice_notebook
    from classroom.start.renumber import renumber_notebooks
    from coursebook import compile_lesson

    course = the_course()
    ledger, store = Ledger(folder.laid_out), open_progress(folder.progress, course)
    for path in renumber_notebooks(folder, course, ledger):
        _say("start.renumbered", lang, name=path.name)
    begun = {exercise_id.partition("-")[0] for exercise_id in recorded_answers(store)}
    notebooks: list[tuple[Lesson, Path]] = []
    for lesson in course.lessons:
        name = notebook_name(lesson, lang)
        found = find_lesson(folder.root, lesson.id, lang, name)
        if found is None and lesson.id in begun and not (folder.root / name).exists():
            opened = open_lesson(folder, lesson, lang, store, ledger)
            notebooks.append((lesson, opened.path))
            _say("start.restored", lang, name=opened.path.name, answers=opened.answers)
            continue
        laid = lay_out(folder, name, compile_lesson(lesson, lang, "learner"), ledger, found=found)
        notebooks.append((lesson, found or folder.root / name))
        if laid.fate in (Fate.UPDATED, Fate.BESIDE):
            _say(f"start.{laid.fate.value}", lang, name=laid.path.name)
    lay_out(folder, PRACTICE_NAMES[lang], practice_notebook(the_library().reviews, lang), ledger)
    return write_home(folder.root, course, notebooks, lang, store)


def _open(folder: Folder, lang: Lang, home: Path, port: int, *, browser: bool) -> None:
    from classroom.start.lab import LabPlan, prepare_settings, running_url, serve

    plan = LabPlan(folder, lang, home, port, browser)
    prepare_settings(plan)
    if url := running_url(plan):
        _say("start.running", lang, url=url)
        if browser:
            typer.launch(url)
        return
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        _say("start.root", lang)
    serve(plan, lambda url: _announce(url, lang))


def _announce(url: str, lang: Lang) -> None:
    _say("start.ready", lang, url=url)
    _say("start.stop", lang)


def _say(code: str, lang: Lang, **params: object) -> None:
    typer.echo(say(code, lang, **params))
