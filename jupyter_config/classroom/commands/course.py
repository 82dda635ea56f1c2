"""penguin check and penguin build: prove the course, and compile it to notebooks."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  (typer reads it)
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from coursebook import Course
    from coursebook.problem import Problem
    from coursebook.proving import Told

app = typer.Typer(no_args_is_help=True)


@app.command()
def check(
    lesson: Annotated[str, typer.Option(help="Only this lesson, for example L1.")] = "",
    exercise: Annotated[str, typer.Option(help="Only this exercise, for example L1-07.")] = "",
    template: Annotated[str, typer.Option(help="Only this practice template, for example 02a.")] = "",
    templates: Annotated[bool, typer.Option("--templates", help="Only the practice templates and tests.")] = False,
    report: Annotated[bool, typer.Option("--report", help="Also print a table of all exercises.")] = False,
    table: Annotated[Path | None, typer.Option(help="Also write that table to this file, as Markdown.")] = None,
    lang: Annotated[str, typer.Option(help="Language of the problems: ja or en.")] = "en",
    depth: Annotated[str, typer.Option(help="quick, or full: also mutants and the adequacy of the data.")] = "",
    seed: Annotated[int, typer.Option(help="Seed of the small databases that the judge makes.")] = 0,
    practice: Annotated[Path | None, typer.Option(help="Judge on this practice database too.")] = None,
    course: Annotated[Path | None, typer.Option(help="Folder with course.toml; left out, the built-in course.")] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Read the texts only; judge nothing.")] = False,
) -> None:
    """Prove the course: starters fail, right answers pass, near misses get their own hint, languages agree."""
    from rich.console import Console

    from classroom.commands.bar import Bar
    from classroom.messages import say
    from coursebook import CourseError, load_course
    from coursebook.practice.proving import prove_templates
    from coursebook.proving import Demand, Proof, prove
    from coursebook.report import print_problems, print_report, report_page

    try:
        book = load_course(course)
        deep = depth == "full" or (not depth and (report or table is not None))
        demand = Demand("full" if deep else "quick", seed, practice)
        with Bar(say("course_command.reading", lang), Console(stderr=True)) as bar:

            def told(what: str, done: int, of: int) -> None:
                bar(done, of, say(f"course_command.{what}", lang))

            if template or templates:
                proof = Proof(tuple(prove_templates(book, template, judged=not read_only, told=told)))
            else:
                proof = prove(book, lesson=lesson, exercise=exercise, judged=not read_only, demand=demand, told=told)
                if not lesson and not exercise:
                    proof = Proof((*proof.problems, *_beyond_lessons(book, not read_only, told)), proof.examined)
    except CourseError as fault:
        print_problems(fault.problems, lang)
        raise typer.Exit(1) from None
    except KeyError:
        typer.echo(f"There is no {template or exercise or lesson} in this course.", err=True)
        raise typer.Exit(2) from None
    if report:
        print_report(proof.examined, lang)
    if table:
        table.write_text(report_page(proof.examined, lang), encoding="utf-8")
    print_problems(proof.problems, lang)
    if proof.problems:
        raise typer.Exit(1)


def _beyond_lessons(book: Course, judged: bool, told: Told) -> list[Problem]:
    """What is wrong with the metrics and, where there are any, with the drills."""
    from coursebook.metrics_hold import prove_metrics
    from coursebook.practice.proving import prove_templates

    has_drills = (book.root / "practice").is_dir()
    return [*prove_metrics(book), *(prove_templates(book, judged=judged, told=told) if has_drills else ())]


@app.command()
def build(
    out: Annotated[Path, typer.Argument(help="Folder for the notebooks; it is made if need be.")],
    lang: Annotated[str, typer.Option(help="ja or en.")] = "ja",
    edition: Annotated[str, typer.Option(help="source (for nbgrader) or learner.")] = "learner",
    lesson: Annotated[str, typer.Option(help="Only this lesson, for example L1.")] = "",
    course: Annotated[Path | None, typer.Option(help="Folder with course.toml; left out, the built-in course.")] = None,
) -> None:
    """Compile the lessons to notebooks; the same course gives the same bytes."""
    from coursebook import compile_lesson, load_course
    from coursebook.compile import edition_of, notebook_name

    book = load_course(course)
    lessons = [book.lesson(lesson)] if lesson else book.lessons
    out.mkdir(parents=True, exist_ok=True)
    for each in lessons:
        path = out / notebook_name(each)
        if path.exists() and not (path.is_file() and b'"penguin"' in path.read_bytes()):
            from classroom.language import current_language
            from classroom.messages import say

            typer.echo(say("course_command.not_ours", current_language(), path=path), err=True)
            raise typer.Exit(1)
        path.write_bytes(compile_lesson(each, lang, edition_of(edition)))
        typer.echo(path)
