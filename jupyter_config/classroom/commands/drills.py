"""penguin drills: practice on a company's own tables, made from their schema and proved."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classroom.commands.data import (
    LangOption,
    check_course_folder,
    faults_told,
    language_of,
    problems_told,
    progress_of,
)
from classroom.messages import say

if TYPE_CHECKING:
    from classroom.language import Lang
    from coursebook.own_tables.making import MadeDrills
    from coursebook.problem import Problem

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.command()
def drills(
    schema: Annotated[Path, typer.Option(help="DDL, or a CSV of information_schema.columns.")],
    mapping: Annotated[
        Path | None, typer.Option(help="The mapping that you have edited: meanings, names, units, clock.")
    ] = None,
    profiled: Annotated[Path | None, typer.Option("--profile", help="The result of the profile script.")] = None,
    metrics: Annotated[
        Path | None, typer.Option(help="Your metrics; left out, metrics.toml of the course folder, if it has one.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Course folder to write; drills that you have made your own stay.")] = Path(
        "own-course"
    ),
    show: Annotated[bool, typer.Option("--show", help="Print the tasks as well.")] = False,
    lang: LangOption = None,
) -> None:
    """Make drills of your own schema, prove each, and write those that hold as text files of a course."""
    language = language_of(lang)
    with faults_told(language), problems_told(language):
        check_course_folder(out)
        typer.echo(say("drills_command.begun", language), err=True)
        made = _made(schema, mapping, profiled, metrics, out.resolve(), language)
    if show:
        _show(made, language)
    _report(made, out, language)
    raise typer.Exit(0 if made.offered else 1)


def _made(
    schema: Path, mapping: Path | None, profiled: Path | None, metrics: Path | None, folder: Path, language: Lang
) -> MadeDrills:
    from coursebook import CourseError, load_course
    from coursebook.messages import LANGUAGES
    from coursebook.metrics import load_metrics
    from coursebook.own_tables.copies import copied_runs
    from coursebook.own_tables.course_folder import kept_ids, remove_others, write_drill, write_tables
    from coursebook.own_tables.filling import write_filling
    from coursebook.own_tables.making import made_drills

    read, plan = write_tables(folder, schema, mapping, profiled, metrics)
    problems: list[Problem] = []
    agreed = load_metrics(folder, problems)
    if problems:
        raise CourseError(tuple(problems))
    with tempfile.TemporaryDirectory() as place, copied_runs(read, plan, profiled, Path(place)) as runs:
        write_filling(folder, read, plan, runs[LANGUAGES[0]])
        course = load_course(folder)
        made = made_drills(
            read,
            plan,
            course.schema,
            runs,
            taken=kept_ids(folder),
            metrics=agreed,
            told=progress_of("drills_command", language),
            keep=lambda drill: write_drill(folder, drill),
        )
    remove_others(folder, made)
    return made


def _show(made: MadeDrills, language: Lang) -> None:
    for each in made.offered:
        typer.echo(f"\n{each.template.id}  {each.template.title[language]}\n{each.template.prompt[language]}")
    typer.echo("")


def _report(made: MadeDrills, out: Path, language: Lang) -> None:
    for each in made.refused:
        tables = ", ".join(each.tables)
        typer.echo(
            say(
                "drills_command.refused",
                language,
                pattern=each.pattern,
                tables=f" ({tables})" if tables else "",
                reason=each.sentence(language),
            )
        )
    for table, reason in made.left_out.items():
        typer.echo(say("drills_command.left_out", language, table=table, reason=_reason(reason, language)))
    skills = Counter(each.template.skill for each in made.offered)
    count = len(made.offered) + len(made.refused)
    typer.echo(
        say(
            "drills_command.made",
            language,
            made=count,
            offered=len(made.offered),
            refused=len(made.refused),
            skills=len(skills),
            out=out,
        )
    )


def _reason(code: str, language: Lang) -> str:
    from coursebook.messages import sentences

    return sentences(language)[f"own_tables.left_out.{code}"]
