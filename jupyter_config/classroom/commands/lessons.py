"""penguin lessons: lessons 1 to 8 on a company's tables, as far as these play the course's own, and proved."""

from __future__ import annotations

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
    from coursebook.own_tables.making_lessons import MadeLessons

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.command()
def lessons(
    schema: Annotated[Path, typer.Option(help="DDL, or a CSV of information_schema.columns.")],
    mapping: Annotated[Path, typer.Option(help="The mapping that you have edited: roles, names, renamed values.")],
    profiled: Annotated[Path | None, typer.Option("--profile", help="The result of the profile script.")] = None,
    out: Annotated[Path, typer.Option(help="Course folder to write; drills that are there stay.")] = Path("own-course"),
    lang: LangOption = None,
) -> None:
    """Make lessons 1 to 8 on your own tables, prove each exercise, and say what is left out and why."""
    language = language_of(lang)
    with faults_told(language), problems_told(language):
        check_course_folder(out)
        made = lessons_told(out.resolve(), schema, mapping, profiled, language)
    if made is None:
        typer.echo(say("lessons_command.no_roles", language), err=True)
    raise typer.Exit(0 if made is not None and made.offered else 1)


def lessons_told(folder: Path, schema: Path, mapping: Path, profiled: Path | None, lang: Lang) -> MadeLessons | None:
    """Make the lessons in a course's folder, and tell what is offered and what is not; None where no table has a role.

    Raises:
        YourSchemaError: something given can't be read.
        CourseError: the course in the folder can't be read.
    """
    from coursebook.own_tables.course_folder import write_tables
    from coursebook.own_tables.making_lessons import has_roles, make_lessons
    from marketplace import yourschema as own

    if not has_roles(own.read_mapping_file(mapping, own.read_schema_file(schema))):
        return None
    typer.echo(say("lessons_command.begun", lang), err=True)
    read = write_tables(folder, schema, mapping, profiled)
    made = make_lessons(
        folder,
        schema,
        mapping,
        read,
        progress_of("lessons_command", lang),
    )
    for each in made.left_out:
        typer.echo(say("lessons_command.left_out", lang, exercise=each.id, reason=each.sentence(lang)))
    count = len(made.offered) + len(made.left_out)
    typer.echo(say("lessons_command.made", lang, offered=len(made.offered), of=count))
    return made
