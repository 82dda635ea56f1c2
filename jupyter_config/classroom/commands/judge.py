"""`penguin judge`: one answer from files, or a batch of JSON lines."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator  # noqa: TC003  (as Path)
from pathlib import Path  # noqa: TC003  (typer reads the annotations)
from typing import TYPE_CHECKING, Annotated, Any

import typer

from classroom.language import Lang, current_language

if TYPE_CHECKING:
    from sqlgrade import Exercise
    from sqlgrade.record import Watch

app = typer.Typer(help="Judge SQL answers over any schema.", add_completion=False)

_ACCEPTED, _WRONG, _UNUSABLE = 0, 1, 2


@app.callback(invoke_without_command=True)
def judge(
    schema: Annotated[Path | None, typer.Option(help="The schema's DDL script.", exists=True, dir_okay=False)] = None,
    solution: Annotated[
        list[Path] | None, typer.Option(help="A right query; give it again for further ones.", exists=True)
    ] = None,
    answer: Annotated[Path | None, typer.Option(help="The answer to judge.", exists=True, dir_okay=False)] = None,
    assume: Annotated[list[Path] | None, typer.Option(help="A query that returns no row on valid data.")] = None,
    fixed: Annotated[
        list[str] | None,
        typer.Option(help="A table whose rows, put there by the DDL script, are the same in all data."),
    ] = None,
    settings: Annotated[
        Path | None,
        typer.Option(help="Values of {{ parameters }}: a JSON list of objects.", exists=True, dir_okay=False),
    ] = None,
    watch: Annotated[
        Path | None,
        typer.Option(
            help="The nights of an alert: a JSON object with script and columns.", exists=True, dir_okay=False
        ),
    ] = None,
    row_order: Annotated[str, typer.Option(help="ignored, checked or as_solution.")] = "as_solution",
    dialect: Annotated[
        str,
        typer.Option(
            help="What the answer is written in: duckdb or bigquery; or what schema, solutions and answer are: "
            "postgres, mysql, tsql or snowflake."
        ),
    ] = "duckdb",
    batch: Annotated[Path | None, typer.Option(help="Answers as JSON lines.", exists=True, dir_okay=False)] = None,
    out: Annotated[Path | None, typer.Option(help="Where the batch's verdicts go, as JSON lines.")] = None,
    workers: Annotated[int | None, typer.Option(help="Worker processes; all cores by default.", min=1)] = None,
    lang: Annotated[str | None, typer.Option(help="ja or en; the system's language by default.")] = None,
) -> None:
    """Judge one answer (--schema, --solution, --answer) or a batch (--batch, --out)."""
    language: Lang = "ja" if lang == "ja" else "en" if lang == "en" else current_language()
    if batch is not None:
        _judge_batch(batch, out, workers or os.cpu_count() or 1, language)
        return
    if schema is None or not solution or answer is None:
        typer.echo("penguin judge needs --schema, --solution and --answer, or --batch and --out", err=True)
        raise typer.Exit(_UNUSABLE)
    import sqlgrade
    from sqlgrade.outside import read_text

    try:
        nights, columns = _watch(watch)
        exercise = sqlgrade.Exercise(
            answer.stem,
            read_text(schema),
            tuple(sqlgrade.Solution(read_text(s)) for s in solution),
            rules=sqlgrade.Rules(sqlgrade.RowOrder(row_order), column_names=columns),
            assume=tuple(read_text(a) for a in assume or []),
            fixed=tuple(fixed or []),
            settings=_settings(settings),
            watch=nights,
            dialect=_system(dialect),
        )
        text = read_text(answer)
        text = text if exercise.dialect == dialect else sqlgrade.in_dialect(text, dialect)
    except ValueError as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(_UNUSABLE) from fault
    raise typer.Exit(_judge_text(exercise, text, language))


def _system(dialect: str) -> str:
    """The dialect of the whole task: of an answer's own, the task is written in DuckDB's; raises ValueError."""
    from sqlgrade.dialect.heading import DIALECTS, DUCKDB, SYSTEMS

    if dialect not in (*DIALECTS, *SYSTEMS):
        raise ValueError(f"--dialect must be one of {', '.join((*DIALECTS, *SYSTEMS))}")
    return dialect if dialect in SYSTEMS else DUCKDB


def _settings(file: Path | None) -> tuple[dict[str, str], ...]:
    """The values that stand for the parameters, time after time; raises ValueError."""
    from sqlgrade.outside import read_bytes, read_json
    from sqlgrade.service.batch import are_settings

    if file is None:
        return ()
    settings = read_json(read_bytes(file))
    if not are_settings(settings):
        raise ValueError(f"{file} is no JSON list of objects that give each parameter a string")
    return tuple(settings)


def _watch(file: Path | None) -> tuple[Watch | None, tuple[str, ...]]:
    """The nights that an alert is tried on and the columns of its row; raises ValueError."""
    from sqlgrade.outside import read_bytes, read_json
    from sqlgrade.service.watch_line import read_watch

    return read_watch(read_json(read_bytes(file))) if file is not None else (None, ())


def _judge_text(exercise: Exercise, text: str, lang: Lang) -> int:
    import sqlgrade
    from sqlgrade.messages import verdict_sentences
    from sqlgrade.messages.sentences import remark_sentence
    from sqlgrade.service.watch_line import wrong_nights

    with sqlgrade.Grader(workers=1) as grader:
        verdict = grader.grade(exercise, text, deep=True)
    if verdict.status is sqlgrade.Status.AUTHOR_FAULT and verdict.error is not None:
        typer.echo(verdict.error.message, err=True)
        return _UNUSABLE
    typer.echo(verdict.status.value)
    for sentence in verdict_sentences(verdict, lang, level=2, answer=text):
        typer.echo(sentence)
    for remark in verdict.schema:
        typer.echo(remark_sentence("schema", remark, lang), err=True)
    if verdict.counterexample is not None:
        typer.echo(_as_text(verdict.counterexample))
    for night in wrong_nights(verdict.nights):
        typer.echo(" ".join(str(each) for each in night.values() if each))
    if verdict.status in (sqlgrade.Status.UNJUDGED, sqlgrade.Status.NOT_PROVED):
        return _UNUSABLE
    return _ACCEPTED if verdict.status is sqlgrade.Status.ACCEPTED else _WRONG


def _as_text(shown: Any) -> str:
    from sqlgrade.tables.values import to_plain

    lines = []
    for name, table in shown.tables.items():
        lines.append(f"{name}({', '.join(table.columns)})")
        lines += [f"  {json.dumps(to_plain(row), ensure_ascii=False)}" for row in table.rows]
    return "\n".join(lines)


def _judge_batch(batch: Path, out: Path | None, workers: int, lang: Lang) -> None:
    """Judges the lines that have no verdict in the output file yet, and appends theirs."""
    if out is None:
        typer.echo("--batch needs --out", err=True)
        raise typer.Exit(_UNUSABLE)
    from sqlgrade.service.batch import judge_lines
    from sqlgrade.service.grader import Grader

    if not _is_for_verdicts(out):
        from classroom.messages import say

        typer.echo(say("judge_command.out_is_not_ours", lang, out=out), err=True)
        raise typer.Exit(_UNUSABLE)
    done = _finished(out)
    asked = (each for each in _questions(batch) if isinstance(each, str) or each.get("id") not in done)
    with Grader(workers=workers) as grader, out.open("a", encoding="utf-8") as file:
        for verdict in judge_lines(asked, grader, lang):
            file.write(json.dumps(verdict, ensure_ascii=False) + "\n")
            file.flush()


def _questions(batch: Path) -> Iterator[dict[str, Any] | str]:
    """The lines as objects; a text says why a line is none."""
    from sqlgrade.outside import NotJson, read_json, read_lines

    for number, line in enumerate(read_lines(batch), 1):
        if line is None:
            yield f"line {number} is too long"
        elif line.strip():
            try:
                question = read_json(line)
            except NotJson as error:
                yield f"line {number} is not JSON: {error}"
                continue
            yield question if isinstance(question, dict) else f"line {number} is not a JSON object"


def _is_for_verdicts(out: Path) -> bool:
    """Whether verdicts may be added to what stands there: nothing, an empty file, no file at all, or verdicts."""
    from sqlgrade.outside import MOST_BYTES, NotJson, read_json, read_lines

    first = next(read_lines(out, MOST_BYTES), b"") if out.is_file() else b""
    try:
        return first == b"" or "verdict" in (read_json(first) if first else {})
    except (NotJson, TypeError):
        return False


def _finished(out: Path) -> set[Any]:
    from sqlgrade.outside import MOST_BYTES, NotJson, read_json, read_lines

    found = set()
    for line in read_lines(out, MOST_BYTES) if out.is_file() else ():
        try:
            answered = read_json(line or b"")
        except NotJson:
            continue
        judged = isinstance(answered, dict) and answered.get("verdict") != "unjudged"
        if judged and isinstance(answered.get("id"), str | int):
            found.add(answered["id"])
    return found
