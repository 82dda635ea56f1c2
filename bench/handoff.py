"""Whether what is handed over to BigQuery says there what it says here: queries in learners' style, checked three ways.

    uv run --group bigquery python bench/handoff.py [--queries FILE | --course | --misses] [--quiet]

Each query (one a line; as told, bench/handoff_learners.sql) is translated. A translation is looked at by GoogleSQL's own analyzer, where it is
installed, and read back: both texts are run on the practice data of the small size, and give the same rows or are listed. What the analyzer does
not take, and what gives other rows, is a fault; what is refused is counted with its reason.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
from bigquery import course_queries, drill_queries
from bigquery_results import plain
from dialect import analyzer, wrong_queries

from classroom.learner.export import to_bigquery
from classroom.session.schema_index import read_schema
from coursebook import load_course
from coursebook.practice.sample_data import sample_file
from coursebook.settings import settings_of
from sqlgrade.dialect.spoken import Spoken, spoken
from sqlgrade.parameters import fill, is_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

QUERIES = Path(__file__).parent / "handoff_learners.sql"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queries", type=Path, default=QUERIES)
    parser.add_argument("--course", action="store_true", help="every solution and template instead")
    parser.add_argument("--misses", action="store_true", help="every near miss of the lessons instead")
    parser.add_argument("--quiet", action="store_true", help="faults alone")
    options = parser.parse_args()
    with duckdb.connect() as here:
        here.execute(f"ATTACH '{sample_file('en')}' AS sample (READ_ONLY); USE sample")
        schema = read_schema(here)
        analyze = analyzer(schema)
        tables = {each.name: {one.name: one.type for one in each.columns.values()} for each in schema.tables.values()}
        found: Counter[str] = Counter()
        for name, sql in queries(options):
            handoff = to_bigquery(sql, schema.column_types, tables)
            what, why = (
                ("refused", ", ".join(handoff.refused))
                if handoff.sql is None
                else judged(sql, handoff.sql, handoff.differences, tables, here, analyze)
            )
            found[what] += 1
            if what not in ("same", "refused") or not options.quiet:
                print(f"{what:12} {name}  {why}")
    print(dict(found))


def queries(options: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """Name and text of each."""
    if options.misses:
        for _, name, sql in wrong_queries("", 1000):
            if not is_template(sql):
                yield name, sql
        return
    if options.course:
        course = load_course()
        exercises = {each.id: each for lesson in course.lessons for each in lesson.exercises}
        for name, sql in course_queries():
            exercise = exercises[name.split("/")[0]].in_language("en")
            yield name, fill(sql, settings_of(exercise)[0]).sql if is_template(sql) else sql
        yield from drill_queries()
        return
    for line in options.queries.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("--"):
            yield line, line


def without_zone(cell: Any) -> Any:
    """A moment with a zone as the same in UTC."""
    return cell.replace(tzinfo=None) if isinstance(cell, dt.datetime) else cell


def judged(
    sql: str,
    told: str,
    differences: tuple[str, ...],
    tables: dict[str, dict[str, str]],
    here: duckdb.DuckDBPyConnection,
    analyze: Callable[[str], str],
) -> tuple[str, str]:
    """What became of a translation, and why."""
    if complaint := analyze(told):
        return "NOT TAKEN", f"{complaint}\n    {told}"
    back = spoken(f"-- dialect: bigquery\n{told}", tables)
    if not isinstance(back, Spoken):
        return "NOT READ", f"{back.message if back else ''}\n    {told}"
    try:
        ours, theirs = (
            Counter(tuple(plain(without_zone(cell)) for cell in row) for row in here.execute(each).fetchall())
            for each in (sql, back.sql)
        )
    except duckdb.Error as error:
        return "ERROR", f"{str(error)[:150]}\n    {told}"
    if ours == theirs or differences:
        return "same" if ours == theirs else "said", ", ".join(differences)
    one, other = next(iter((ours - theirs).elements()), None), next(iter((theirs - ours).elements()), None)
    return "DIFFERENT", f"{one} / {other}\n    {told}"


if __name__ == "__main__":
    main()
