"""`penguin data`: build, describe, check and measure the practice data; profile and copy one's own schema."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classroom.language import Lang, current_language
from classroom.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from marketplace.settings import Settings
    from marketplace.yourschema.mapping import Mapping
    from marketplace.yourschema.schema import Schema

app = typer.Typer(
    help="Build, describe and check the practice data; copy your own schema.",
    add_completion=False,
    no_args_is_help=True,
)

LangOption = Annotated[str | None, typer.Option("--lang", help="ja or en; the system's language by default.")]
OutOption = Annotated[Path, typer.Option("--out", help="File to write (for Parquet: folder).")]
ThreadsOption = Annotated[int | None, typer.Option("--threads", help="Threads; all cores by default.")]
MemoryOption = Annotated[str, typer.Option("--memory", help="Limit of the database engine, e.g. 800MB or 2GB.")]
DataArgument = Annotated[Path, typer.Argument(help="The practice data.")]
_PRACTICE = Path("marketplace.duckdb")
_NOW_AND_THEN = 10


@app.command()
def build(
    scale: Annotated[str, typer.Option(help="tiny, small, dev, std, large, xl, or a factor (std = 1).")] = "std",
    seed: Annotated[str, typer.Option(help="Another seed gives other rows with the same truths.")] = "1",
    locale: Annotated[str, typer.Option(help="Names and messages in ja or en.")] = "",
    out: OutOption = _PRACTICE,
    threads: ThreadsOption = None,
    memory: MemoryOption = "1536MB",
    file_format: Annotated[str, typer.Option("--format", help="duckdb or parquet.")] = "duckdb",
    check_after: Annotated[
        bool | None, typer.Option("--check/--no-check", help="Check afterwards; done up to std by default.")
    ] = None,
    lang: LangOption = None,
) -> None:
    """Build the practice data."""
    language = language_of(lang)
    with faults_told(language):
        from classroom.commands import data_report
        from marketplace import build as make
        from marketplace.settings import Settings, scale_factor

        factor = scale_factor(scale)
        settings = Settings(
            scale=factor,
            seed=_seed(seed),
            locale=locale or language,
            out=out,
            memory_mb=_megabytes(memory),
            format=file_format,
            **({"threads": threads} if threads is not None else {}),
        )
        with data_report.progress(language) as progress:
            manifest = make(settings, progress)
        _say(
            "built",
            language,
            out=out,
            rows=manifest.rows,
            seconds=manifest.seconds,
            speed=manifest.rows / manifest.seconds,
        )
        wanted = check_after if check_after is not None else 0.005 <= factor <= 1
        good = not wanted or file_format != "duckdb" or _check_into_manifest(settings, language)
        from marketplace.workplace import manifest_path

        _say("manifest_beside", language, path=manifest_path(out))
    raise typer.Exit(0 if good else 1)


@app.command()
def check(
    data: DataArgument = _PRACTICE,
    expo: Annotated[
        bool,
        typer.Option("--expo", help="Also the issues that an Expo may find, and the false trails; names them all."),
    ] = False,
    threads: ThreadsOption = None,
    lang: LangOption = None,
) -> None:
    """Recompute every planted truth with plain SQL, print the table, and fail if one is missing."""
    language = language_of(lang)
    with faults_told(language):
        from classroom.commands import data_report

        report = data_report.checked(data, language, threads, with_issues=expo)
        data_report.print_report(report, language)
        data_report.write_findings(data, report)
    raise typer.Exit(0 if report.ok else 1)


@app.command()
def night(
    data: Annotated[Path, typer.Option(help="The practice data after which the nights come.")] = _PRACTICE,
    to: Annotated[int | None, typer.Option("--to", help="Night to go on to; the next one by default.")] = None,
    threads: ThreadsOption = None,
    lang: LangOption = None,
) -> None:
    """Let business days go by after the end of the practice data, which stays as it is."""
    language = language_of(lang)
    with faults_told(language):
        from marketplace.nights import last_night, make_night, night_path

        wanted = last_night(data) + 1 if to is None else to
        manifest = make_night(data, wanted, threads)
        _say(
            "night_built",
            language,
            night=wanted,
            day=manifest.period["last"],
            rows=manifest.rows,
            seconds=manifest.seconds,
            out=night_path(data, wanted),
        )


@app.command()
def measure(
    effect: Annotated[str, typer.Option(help="none, small, real or harmful.")],
    seed: Annotated[str, typer.Option(help="Decides who is treated.")] = "1",
    metric: Annotated[
        str,
        typer.Option(
            help="What the measure moves: talk_14d, answered_14d, appointment_14d, purchase_14d, a talk_, appointment_ or "
            "purchase_count_14d, sales_14d, or registrations (by day)."
        ),
    ] = "appointment_14d",
    group: Annotated[
        str,
        typer.Option(
            "--for",
            help="Whom the learner's plan is for: existing (guests from before), newcomers, area, casts or days.",
        ),
    ] = "existing",
    where: Annotated[
        str,
        typer.Option(help="The plan's own SQL condition on guests (casts, calendar), which narrows whom it is for."),
    ] = "",
    area: Annotated[str, typer.Option(help="Area of a measure for one area, such as SHINJUKU.")] = "",
    treated: Annotated[int | None, typer.Option(help="Percent to be treated by plan; 50 by default.")] = None,
    months: Annotated[
        int, typer.Option(help="For how many months, from January on, who comes is taken in: 1 to 3.")
    ] = 1,
    data: Annotated[Path, typer.Option(help="The practice data that the month follows on.")] = _PRACTICE,
    out: OutOption = Path("measure.duckdb"),
    lang: LangOption = None,
) -> None:
    """Generate the month in which a learner's measure ran; only the mentor knows the effect."""
    language = language_of(lang)
    with faults_told(language):
        from classroom.exchange.expo.target import target_of
        from marketplace import days
        from marketplace.secondmonth import LEAST_POWER, Plan, make_second_month
        from marketplace.secondmonth.month import nights
        from marketplace.settings import Settings
        from marketplace.workplace import manifest_path

        plan = Plan(group, effect, metric, _seed(seed), 50 if treated is None else treated, area, where.strip(), months)
        manifest = make_second_month(data, plan, Settings(out=out), target_of(plan.condition, language))
        planted = manifest.planted["second_month"]
        units, power = planted["plan"]["units"], planted["plan"]["power"]
        until = days.calendar_day(days.DAYS + nights(months) - 1)
        facts = {"rows": manifest.rows, "units": units, "until": until, "truth": manifest_path(out)}
        _say("second_month_built", language, out=out, **facts)
        if effect in {"real", "harmful"} and power < LEAST_POWER:
            _say("second_month_weak", language, power=100 * power)


@app.command()
def describe(
    name: Annotated[str, typer.Argument(help="A table or a table.column; without it, all tables.")] = "",
    pages: Annotated[
        Path | None, typer.Option(help="Write the dictionary pages and ER diagrams to this folder.")
    ] = None,
    lang: LangOption = None,
) -> None:
    """Explain tables and columns."""
    language = language_of(lang)
    with faults_told(language):
        from marketplace.data_dictionary import dictionary
        from marketplace.faults import MarketplaceError
        from marketplace.lookup import describe_text

        if pages is not None:
            from marketplace.pages import write_pages

            write_pages(pages)
        elif name:
            text = describe_text(name, language)
            if text is None:
                raise MarketplaceError("table_unknown", name=name)
            typer.echo(text)
        else:
            for entry in dictionary(language):
                typer.echo(f"{entry.name:<24} {entry.title} – {entry.grain}")


@app.command()
def profile(
    schema: Annotated[Path, typer.Argument(help="DDL, or a CSV of information_schema.columns.")],
    out: OutOption = Path("profile.sql"),
    dialect: Annotated[
        str, typer.Option(help="Database that will run the script: duckdb, postgres or bigquery.")
    ] = "postgres",
    mapping: Annotated[Path | None, typer.Option(help="The mapping, if you have edited it.")] = None,
    mapping_out: Annotated[
        Path | None, typer.Option(help="Write the proposed mapping here instead of the script.")
    ] = None,
    level: Annotated[int, typer.Option(help="1 = columns, 2 = lags, fan-out and hours as well.", min=1, max=2)] = 2,
    prefix: Annotated[str, typer.Option(help="Project and data set or schema in front of each table.")] = "",
    lang: LangOption = None,
) -> None:
    """Write the read-only SQL that counts aggregates at home; no row leaves your database."""
    language = language_of(lang)
    with faults_told(language):
        from marketplace import yourschema as own

        read, plan = _schema_and_mapping(schema, mapping)
        if mapping_out is not None:
            own.write_text(mapping_out, own.mapping_text(plan, language))
            _say("mapping_written", language, out=mapping_out)
            return
        own.write_text(out, own.home_script(read, plan, dialect, level=level, prefix=prefix))
        _say("script_written", language, out=out)


@app.command("copy")
def copy_schema(
    schema: Annotated[Path, typer.Argument(help="DDL, or a CSV of information_schema.columns.")],
    out: OutOption = Path("copy.duckdb"),
    mapping: Annotated[Path | None, typer.Option(help="The mapping that you have edited.")] = None,
    profiled: Annotated[Path | None, typer.Option("--profile", help="The result of the profile script.")] = None,
    scale: Annotated[float, typer.Option(help="Rows relative to the profile.")] = 1.0,
    seed: Annotated[str, typer.Option(help="Another seed gives other rows.")] = "0",
    locale: Annotated[str, typer.Option(help="Names in ja or en.")] = "",
    file_format: Annotated[str, typer.Option("--format", help="duckdb or parquet.")] = "duckdb",
    lang: LangOption = None,
) -> None:
    """Make a synthetic copy of your own schema."""
    language = language_of(lang)
    with faults_told(language):
        from marketplace import yourschema as own

        read, plan = _schema_and_mapping(schema, mapping)
        statistics = None if profiled is None else own.read_profile_file(profiled, plan)
        settings = own.CopySettings(out, seed=_seed(seed), scale=scale, locale=locale or language, format=file_format)
        report = own.copy_schema(read, plan, statistics, settings)
        broken = [finding for finding in report.findings if finding.rows]
        _say(
            "copied",
            language,
            out=out,
            tables=len(report.rows),
            rows=sum(count for _, count in report.rows),
            seconds=report.seconds,
            conditions=len(report.findings),
            broken=sum(finding.rows for finding in broken),
        )
        for finding in broken:
            _say("broken_condition", language, table=finding.table, what=finding.what, rows=finding.rows)
    raise typer.Exit(0 if report.ok else 1)


@app.command("course")
def course_of_schema(
    schema: Annotated[Path, typer.Argument(help="DDL, or a CSV of information_schema.columns.")],
    out: OutOption = Path("own-course"),
    mapping: Annotated[Path | None, typer.Option(help="The mapping that you have edited.")] = None,
    profiled: Annotated[Path | None, typer.Option("--profile", help="The result of the profile script.")] = None,
    metrics: Annotated[Path | None, typer.Option(help="Your metrics: metrics.toml.")] = None,
    lang: LangOption = None,
) -> None:
    """Make a course folder of your own tables, for penguin start --course, a class or a hub."""
    language = language_of(lang)
    with faults_told(language), problems_told(language):
        from coursebook.own_tables.course_folder import write_tables
        from coursebook.own_tables.filling import fill_course

        check_course_folder(out)
        write_tables(out, schema, mapping, profiled, metrics)
        fill_course(out)
        _say("course_made", language, out=out)


@contextmanager
def problems_told(lang: Lang) -> Iterator[None]:
    """Tell what of a course's file can't be read, with its line."""
    from coursebook.problem import CourseError

    try:
        yield
    except CourseError as fault:
        from coursebook.report import print_problems

        print_problems(fault.problems, lang)
        raise typer.Exit(2) from None


def check_course_folder(folder: Path) -> None:
    """Raise MarketplaceError where a folder that a course is to be written into is something else already."""
    from marketplace.faults import MarketplaceError

    if folder.exists() and not (folder / "course.toml").is_file():
        raise MarketplaceError("folder_not_a_course", path=folder)


def language_of(lang: str | None) -> Lang:
    """The language that a command's --lang asks for; the system's without one."""
    return "ja" if lang == "ja" else "en" if lang == "en" else current_language()


def _say(code: str, language: Lang, **params: object) -> None:
    from marketplace.faults import sentence

    typer.echo(sentence(code, language, **params))


def progress_of(command: str, language: Lang) -> Callable[[str, int, int], None]:
    """Prints how far making exercises of a schema is: what was drawn, the judge's data now and then, and each proof."""

    def told(what: str, number: int, of: int) -> None:
        if what or number % _NOW_AND_THEN == 0 or number == of:
            code = f"{command}.proving" if what else "judges_data.made" if number else f"{command}.drawn"
            typer.echo(say(code, language, what=what, number=number, of=of), err=True)

    return told


@contextmanager
def faults_told(language: Lang) -> Iterator[None]:
    """Print what went wrong as one sentence that says what to do, and exit with 2."""
    from marketplace.faults import MarketplaceError

    try:
        yield
    except MarketplaceError as fault:
        typer.echo(fault.sentence(language), err=True)
        raise typer.Exit(2) from fault


def _schema_and_mapping(schema: Path, mapping: Path | None) -> tuple[Schema, Mapping]:
    """The schema that a file holds, with the edited mapping or the one its names suggest."""
    from marketplace import yourschema as own

    read = own.read_schema_file(schema)
    return read, own.infer_mapping(read) if mapping is None else own.read_mapping_file(mapping, read)


def _seed(text: str) -> int:
    from marketplace.faults import MarketplaceError

    try:
        seed = int(text)
    except ValueError:
        raise MarketplaceError("seed_out_of_range", seed=text) from None
    if seed < 0:
        raise MarketplaceError("seed_out_of_range", seed=text)
    return seed


def _megabytes(text: str) -> int:
    from marketplace.faults import MarketplaceError

    units = {"mb": 1, "m": 1, "gb": 1024, "g": 1024}
    number = text.lower().rstrip("gmb").strip()
    unit = text.lower().strip()[len(number) :].strip()
    try:
        return int(float(number) * units[unit or "mb"])
    except (ValueError, KeyError):
        raise MarketplaceError("memory_unreadable", memory=text) from None


def _check_into_manifest(settings: Settings, language: Lang) -> bool:
    from classroom.commands import data_report

    report = data_report.checked(settings.out, language, settings.threads)
    data_report.write_findings(settings.out, report)
    if report.ok:
        _say("all_found", language, count=len(report.findings))
    else:
        data_report.print_report(report, language)
    return report.ok
