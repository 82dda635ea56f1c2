"""Every view that a lesson gives has its file, runs, and has the columns that are told of it; no other lesson has one of its name."""

from collections.abc import Iterator
from contextlib import closing

import duckdb

from coursebook.course import Course
from coursebook.given_views import FOLDER, SCHEMA, GivenView, queries_of, view_statement
from coursebook.problem import Problem
from coursebook.schema import Schema
from sqlgrade.engine.sealed import open_sealed
from sqlgrade.record import ExerciseFault


def views_hold(course: Course) -> Iterator[Problem]:
    """Views whose file or record is wrong, and files that no record names."""
    if not (course.root / "lessons").is_dir():
        return
    seen: dict[str, GivenView] = {}
    for view in course.views:
        record = view.path.parent.parent / "lesson.toml"
        if view.name in seen or not view.has_fit_name:
            code = "view_twice" if view.name in seen else "view_named"
            yield Problem(record, 1, code, {"name": view.record.name})
        elif not view.query:
            yield Problem(view.path, 1, "file_missing", {"name": view.path.name})
        seen.setdefault(view.name, view)
    told = {view.path for view in course.views}
    for folder in course.folders:
        for path in sorted((course.root / "lessons" / folder / FOLDER).glob("*.sql")):
            if path not in told:
                yield Problem(path, 1, "view_untold", {"name": path.stem})
    if seen:
        yield from _as_run(tuple(each for each in seen.values() if each.query), course.schema)


def _as_run(views: tuple[GivenView, ...], schema: Schema) -> Iterator[Problem]:
    """What the engine finds wrong with views on empty tables."""
    try:
        script = schema.runnable
    except ExerciseFault:
        return  # schema_whole tells it
    by_name = {each.name: each for each in views}
    with closing(open_sealed(given=SCHEMA)) as connection:
        connection.execute(script)
        for name, query in queries_of(views).items():
            view = by_name[name]
            try:
                connection.execute(view_statement(name, query))
                found = [str(row[0]) for row in connection.execute(f"DESCRIBE {name}").fetchall()]
            except duckdb.Error as fault:
                yield Problem(view.path, 1, "query_fails", {"detail": str(fault).splitlines()[0]})
                continue
            if found != list(view.record.columns):
                yield Problem(
                    view.path.parent.parent / "lesson.toml",
                    1,
                    "view_columns",
                    {"name": view.record.name, "found": ", ".join(found)},
                )
