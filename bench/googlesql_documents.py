"""Whether GoogleSQL's own examples give here what they give there: its documentation's pages, its compliance cases, real queries.

    uv run --group bigquery python bench/googlesql_documents.py --pages DIR | --cases DIR | --read DIR [DIR …]  [--most 4000] [--out FILE]

`--pages` takes the `docs` folder of github.com/google/googlesql, or a folder of BigQuery's own reference pages as Markdown, `--cases` the former's
`compliance/testdata`: each query that needs no table is evaluated by
GoogleSQL's reference evaluator (package `zetasql`, offline) and, read by the dialect, by DuckDB. Those that give other rows are listed, and
those that are refused are counted by what is said. `--read` takes folders of .sql files and tells how many of them are read, flat and nested apart; those that GoogleSQL's
own parser does not take (another database's, two queries without a semicolon) are counted by themselves.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import textwrap
import threading
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
from bigquery_results import google_evaluator, plain

from classroom.session.schema_index import read_schema
from sqlgrade.dialect.spoken import Spoken, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

LINE = "-- dialect: bigquery\n"
SECONDS = 3.0
NOT_BIGQUERYS = (
    "graph",
    "proto",
    "differential",
    "aggregate-dp",
    "anonym",
    "dml",
    "kll",
    "measure",
    "functions-and-operators",
    "pipe",
    "pico",
    "geography",
)
"""Beginnings of files about what BigQuery has not, or that repeat other pages."""
NESTED = re.compile(r"UNNEST|STRUCT|_TABLE_SUFFIX|event_params|\bhits\b", re.IGNORECASE)
GATHERED = re.compile(
    r"^(?!.*\bORDER\s+BY\b).*(?:ARRAY_AGG|STRING_AGG|ARRAY_CONCAT_AGG|ARRAY\(\s*SELECT)", re.IGNORECASE | re.DOTALL
)
"""What makes a list of rows in no order that a text has asked for."""
NO_QUERY = re.compile(
    r"\b(CREATE\s+(OR\s+REPLACE\s+)?(TABLE|VIEW|PROCEDURE|SCHEMA|MODEL)|INSERT\s+INTO|MERGE\s|DELETE\s+FROM|UPDATE\s|EXECUTE\s+IMMEDIATE"
    r"|BEGIN\b|LOOP\b|EXPORT\s+DATA|DROP\s|ALTER\s)",
    re.IGNORECASE,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--read", type=Path, nargs="*")
    parser.add_argument("--most", type=int, default=4000, help="cases that are drawn")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.read:
        count_read(options.read)
        return
    given = {text: name for name, text in (examples(options.pages) if options.pages else cases(options.cases))}
    chosen = random.Random(3).sample(sorted(given), min(options.most, len(given)))
    found = list(compared((given[text], text) for text in chosen))
    print(dict(Counter(what for _, _, what, _ in found)))
    for (what, why), number in Counter((what, why) for _, _, what, why in found if what == "refused").most_common(40):
        print(f"{number:5} {what} {why}")
    if options.out:
        options.out.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")


def examples(pages: Path) -> Iterator[tuple[str, str]]:
    """Name and text of each query in the pages' blocks."""
    for page in sorted(pages.glob("*.md")):
        if page.name.startswith(NOT_BIGQUERYS):
            continue
        for number, block in enumerate(_blocks(page.read_text(encoding="utf-8"))):
            bare = re.sub(r"/\*[-+|].*?\*/", "", block, flags=re.DOTALL)
            for part in re.split(r";[ \t]*(?:--[^\n]*)?\n", f"{bare}\n"):
                if re.match(r"(?:\s|--[^\n]*\n|#[^\n]*\n)*(?:SELECT|WITH|\()", part, re.IGNORECASE):
                    yield f"{page.stem}/{number}", part.strip().rstrip(";")


def _blocks(page: str) -> list[str]:
    """The examples of a page: fenced, or indented by four."""
    if fenced := re.findall(r"```(?:googlesql|zetasql)[^\n]*\n(.*?)```", page, re.DOTALL):
        return fenced
    return [
        textwrap.dedent(each)
        for each in re.findall(r"(?:^(?: {4}[^\n]*|[ \t]*)\n)+", page, re.MULTILINE)
        if each.strip()
    ]


def cases(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and text of each query in the compliance cases that takes no parameter."""
    for file in sorted(folder.glob("*.test")):
        if file.name.startswith(NOT_BIGQUERYS):
            continue
        for number, case in enumerate(re.split(r"^==\s*$", file.read_text(errors="replace"), flags=re.MULTILINE)):
            head = re.split(r"^--\s*$", case, flags=re.MULTILINE)[0]
            text = "\n".join(line for line in head.split("\n") if not line.startswith(("#", "["))).strip()
            if "parameters=" not in head and re.match(r"(?:SELECT|WITH)\b", text, re.IGNORECASE):
                yield f"{file.stem}/{number}", text


def compared(queries: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """Name, text, what came of each, and why."""
    with duckdb.connect() as here:
        here.execute("SET timezone = 'UTC'; SET memory_limit = '1GB'")
        for name, text in queries:
            what, why = one(text, here)
            if what in ("different", "error"):
                print(f"{what:10} {name}: {' '.join(text.split())[:160]}\n    {why[:300]}", flush=True)
            yield name, text, what, why


_there: list[Callable[[str], list[tuple[Any, ...]]]] = []
"""The evaluator of a process, made once."""
_pool: list[ProcessPoolExecutor] = []


def evaluated(text: str) -> tuple[list[tuple[Any, ...]] | None, str]:
    """The rows that GoogleSQL gives, or why it stops."""
    if not _there:
        with duckdb.connect() as here:
            here.execute("CREATE TABLE nothing (i INTEGER)")
            _there.append(google_evaluator(here, read_schema(here)))
    try:
        return [tuple(map(comparable, row)) for row in _there[0](text)], ""
    except Exception as fault:  # noqa: BLE001  (the package has several errors of its own; each is its answer)
        return None, str(fault)


def there(text: str) -> tuple[list[tuple[Any, ...]] | None, str]:
    """The same in a process beside this one: of some texts the package's own checks end it."""
    if not _pool:
        _pool.append(ProcessPoolExecutor(1, mp_context=get_context("spawn")))
    try:
        return _pool[0].submit(evaluated, text).result()
    except BrokenProcessPool:
        _pool.clear()
        return None, "[UNIMPLEMENTED] the evaluator ended"


def one(text: str, here: duckdb.DuckDBPyConnection) -> tuple[str, str]:
    """What came of one query."""
    read = spoken(LINE + text, {})
    theirs, told = there(text)
    if not isinstance(read, Spoken):
        return ("both stop", "") if theirs is None else ("refused", read.message if read else "")
    timer = threading.Timer(SECONDS, here.interrupt)
    timer.start()
    try:
        ours = [tuple(map(comparable, row)) for row in here.execute(read.sql).fetchall()]
    except Exception as fault:  # noqa: BLE001  (DuckDB's, or a value that Python has no type for)
        return ("both stop", "") if theirs is None else ("error", str(fault))
    finally:
        timer.cancel()
    if theirs is None:
        return ("not comparable", told) if told.startswith("[UNIMPLEMENTED]") else ("runs here alone", told)
    if "ProtoModel" in str(theirs) or _RAW_INTERVAL.search(str(theirs)) or _BY_CHANCE.search(text):
        return "not comparable", ""  # the package tells no TIMESTAMP and no INTERVAL
    if Counter(ours) == Counter(theirs):
        return "same", ""
    if GATHERED.search(text) and unordered(ours) == unordered(theirs):
        return "same in another order", ""
    return "different", f"{theirs[:2]} / {ours[:2]}"


_NO_GOOGLESQL = re.compile(r"Syntax error: (?!.*end of input but got keyword)")
"""What the evaluator says of a text that is none; a script of several statements it does not take either."""
_RAW_INTERVAL = re.compile(r"b'(?:\\\\+x[0-9a-f]{2}|[^\\'])*\\\\+x00(?:\\\\+x[0-9a-f]{2}|[^\\'])*'")
"""Bytes with a zero among them."""
_BY_CHANCE = re.compile(r"\bCURRENT_\w+|\bRAND\(|\bGENERATE_UUID\(", re.IGNORECASE)


def unordered(rows: list[tuple[Any, ...]]) -> Counter[tuple[str, ...]]:
    """Rows whose lists, and texts that were made of lists, are kept without their order."""
    return Counter(tuple(repr(sorted(map(repr, cell))) if cell else "" for cell in map(_several, row)) for row in rows)


def _several(cell: Any) -> Any:
    return cell if isinstance(cell, tuple) else str(cell).split(",")


def comparable(value: Any) -> Any:
    """A value of either side: no list is an empty one, a STRUCT its fields, JSON without regard to its layout."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return tuple(map(comparable, value)) or None
    if isinstance(value, bytes | bytearray):
        return repr(bytes(value))
    told = plain(value)
    if isinstance(told, str) and told[:1] in "{[":
        try:
            return json.dumps(json.loads(told), sort_keys=True)
        except ValueError:
            return told
    return told.removesuffix(" 00:00:00") if isinstance(told, str) else told


def count_read(folders: list[Path]) -> None:
    """How many queries of these folders are read, by folder, and what is said of the others."""
    total: Counter[tuple[str, bool]] = Counter()
    said: Counter[str] = Counter()
    for folder in folders:
        of_folder: Counter[tuple[str, bool]] = Counter()
        for file in sorted(folder.rglob("*.sql")):
            text = file.read_text(encoding="utf-8", errors="replace")
            bare = re.sub(r"(?:--|#)[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL)
            whole = re.match(r"\s*(?:SELECT|WITH|DECLARE|SET|CREATE\s+TEMP)\b", bare, re.IGNORECASE)
            if not whole or NO_QUERY.search(bare) or any(each in text for each in ("{{", "{%", "${", "#legacySQL")):
                continue
            read = spoken(LINE + text, {})
            kind = "nested" if NESTED.search(text) else "flat"
            if not isinstance(read, Spoken) and _NO_GOOGLESQL.search(there(text)[1]):
                kind = "no GoogleSQL"
            of_folder[kind, isinstance(read, Spoken)] += 1
            if read is not None and not isinstance(read, Spoken) and kind != "no GoogleSQL":
                said[read.message] += 1
        print(folder.name, dict(of_folder))
        total += of_folder
    print(dict(total))
    for message, number in said.most_common(40):
        print(f"{number:5} {message}")


if __name__ == "__main__":
    main()
