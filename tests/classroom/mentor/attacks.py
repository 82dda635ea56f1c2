"""A class in which every hand-in is an attack: on the parser, the engine, the notebook's reader, the file system."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Spoil = Callable[[Path], object]
    """What is done to the notebook's file after it was handed in."""

CLASS = 160


@dataclass(frozen=True)
class Attack:
    """One hand-in."""

    name: str
    answers: dict[str, str]
    spoil: Spoil | None = None
    student: str = ""
    """The learner's name, where the name is the attack."""


def around(opening: str, inner: str, closing: str = "") -> Callable[[int], str]:
    return lambda depth: f"SELECT {opening * depth}{inner}{closing * depth}"


DEEP = {
    "brackets": around("(", "1", ")"),
    "brackets open": around("(", "1"),
    "brackets closed": around("", "1", ")"),
    "lists": around("[", "1", "]"),
    "structs": around("{'a': ", "1", "}"),
    "functions": around("abs(", "1", ")"),
    "queries": around("(SELECT ", "1", ")"),
    "tables": lambda depth: f"SELECT * FROM {'(' * depth}guests{')' * depth}",
    "cases": around("CASE WHEN TRUE THEN 1 ELSE ", "1", " END"),
    "minus": around("- ", "1"),
    "right in brackets": lambda depth: (
        f"SELECT guest_id, registered_at_utc FROM guests WHERE {'(' * depth}prefecture = '東京都' AND NOT is_test"
        f"{')' * depth} ORDER BY registered_at_utc DESC, guest_id LIMIT 10"
    ),
}
DEPTHS = {
    50: DEEP,
    5_000: DEEP,
    50_000: {name: DEEP[name] for name in ("brackets", "brackets open", "right in brackets")},
}

COLUMNS = {
    "exchanged": "SELECT registered_at_utc, guest_id FROM guests WHERE prefecture = '東京都'",
    "exchanged, sorted": "SELECT registered_at_utc, guest_id FROM guests ORDER BY registered_at_utc DESC LIMIT 10",
    "text for a number": "SELECT CAST(guest_id AS VARCHAR), registered_at_utc FROM guests",
    "exchanged, text for a number": "SELECT nickname, CAST(guest_id AS VARCHAR) FROM guests",
    "text in a key": "SELECT nickname, registered_at_utc FROM guests",
    "list in a key": "SELECT [guest_id], registered_at_utc FROM guests",
    "same label twice": "SELECT guest_id AS a, registered_at_utc AS a FROM guests",
    "no label": 'SELECT guest_id AS "", registered_at_utc AS "　" FROM guests',
    "two thousand": f"SELECT {', '.join(f'{n} AS c{n}' for n in range(2_000))}",
    "a long label": f'SELECT guest_id AS "{"長" * 30_000}", registered_at_utc FROM guests',
}
LONG = {
    "ids": f"SELECT guest_id, registered_at_utc FROM guests WHERE guest_id IN ({', '.join(map(str, range(3_000)))})",
    "more ids than are read": f"SELECT 1 FROM guests WHERE guest_id IN ({', '.join(map(str, range(20_000)))})",
    "unions": " UNION ALL ".join(["SELECT 1, 2"] * 400),
    "joins": "SELECT 1, 2 FROM " + " NATURAL JOIN ".join(["guests"] * 200),
    "and": f"SELECT guest_id, registered_at_utc FROM guests WHERE {' AND '.join(['guest_id > 0'] * 3_000)}",
    "plus and minus": f"SELECT {'1 + 1 - ' * 400}1, 2",
    "spaces": f"SELECT{' ' * 90_000}1",
    "lines": "SELECT 1\n" + "\n" * 90_000,
    "semicolons": ";" * 5_000,
    "comment": f"/*{'/*' * 20_000}",
    "quote": f"SELECT '{chr(39) * 20_001}",
    "marks on one letter": f"SELECT 'e{chr(0x301) * 20_000}'",
}
VALUES = {
    "year 20260": "SELECT 1, DATE '20260-01-01'",
    "infinity": "SELECT 1, 'infinity'::TIMESTAMP",
    "before Christ": "SELECT 1, DATE '0044-03-15 (BC)'",
    "interval": "SELECT 1, current_date + INTERVAL 9999 YEAR",
    "not a number": "SELECT 1, 'nan'::DOUBLE",
    "endless number": "SELECT 1, 1e308 * 10",
    "largest": "SELECT 170141183460469231731687303715884105727::HUGEINT, 340282366920938463463374607431768211455::UHUGEINT",
    "digits": "SELECT 1, 99999999999999999999999999999999999999::DECIMAL(38, 0)",
    "blob": "SELECT 1, '\\x00\\xFF'::BLOB",
    "bits": "SELECT 1, '0101'::BIT",
    "map": "SELECT 1, MAP {[1]: {'a': NULL}}",
    "union": "SELECT 1, union_value(a := 1)",
    "zone": "SELECT 1, TIMESTAMPTZ '2024-01-01 00:00:00+09'",
    "clock with zone": "SELECT 1, '12:00:00+09'::TIMETZ",
    "uuid": "SELECT 1, '00000000-0000-0000-0000-000000000000'::UUID",
    "nothing": "SELECT NULL, NULL",
    "no row": "SELECT 1, 2 WHERE FALSE",
}
ODD = {
    "chance": "SELECT random(), uuid() FROM guests TABLESAMPLE 10%",
    "pivot": "PIVOT guests ON prefecture USING count(*)",
    "columns by pattern": "SELECT COLUMNS('.*id') FROM guests",
    "a name taken": "WITH guests AS (SELECT 1 AS guest_id, 2 AS registered_at_utc) SELECT * FROM guests",
    "pattern": "SELECT 1, regexp_matches(repeat('a', 9999), '(a+)+$')",
    "lambda": "SELECT 1, list_transform([1], lambda x: x || x)",
    "side by side": "SELECT * FROM guests POSITIONAL JOIN casts",
    "summary": "SUMMARIZE guests",
    "by every place": "SELECT guest_id, registered_at_utc FROM guests ORDER BY ALL LIMIT 10 PERCENT",
}
GREEDY = {
    "endless": "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT n, n FROM t",
    "pairs of pairs": "SELECT count(*), 1 FROM range(9999999) a, range(9999999) b",
    "one huge text": "SELECT 1, repeat('x', 2000000000)",
    "many rows": "SELECT range, range FROM range(9000000)",
    "one huge list": "SELECT 1, range(100000000)",
}
FORBIDDEN = {
    each.split(" ", 2)[0].lower() + f" {number}": each
    for number, each in enumerate(
        (
            "COPY guests TO '/tmp/stolen.csv'",
            "ATTACH '/etc/passwd' AS a",
            "INSTALL httpfs",
            "LOAD httpfs",
            "PRAGMA database_list",
            "SET memory_limit = '1TB'",
            "CREATE TABLE t AS SELECT 1",
            "DROP TABLE guests",
            "DELETE FROM guests",
            "EXPORT DATABASE '/tmp/all'",
            "CALL pragma_version()",
            "EXPLAIN ANALYZE SELECT 1",
            "VACUUM",
            "BEGIN TRANSACTION",
            "SELECT 1; SELECT 2",
            "SELECT ?, $1",
            "SELECT * FROM '/etc/passwd'",
            "SELECT * FROM read_text('/etc/passwd')",
            "SELECT * FROM 'https://example.org/x.csv'",
            "SELECT getenv('HOME'), 1",
            "SELECT * FROM query('SELECT 1')",
            "SELECT * FROM duckdb_settings()",
            "FROM information_schema.tables",
        )
    )
}
CHARACTERS = {
    "nul": "SELECT '\0', 1",
    "controls": "SELECT '\x01\x08\x1b[31m', 1",
    "half a character": "SELECT '\ud800', 1",
    "byte order mark": "\ufeffSELECT 1, 2",
    "right to left": "SELECT '\u202etxt', 1",
    "line separators": "SELECT\u2028 1,\u2029 2",
    "carriage returns": "SELECT 1,\r 2\r FROM guests",
    "full width": "ＳＥＬＥＣＴ　ｇｕｅｓｔ＿ｉｄ　ＦＲＯＭ　ｇｕｅｓｔｓ；",
    "script": "SELECT '<script>alert(1)</script>' AS \"<img src=x onerror=alert(1)>\", 1",
    "templates": "SELECT '{0.__class__} {{ 7 * 7 }} {% raw %} %(x)s', 1",
    "python": "import os; os.system('true')",
    "shell": "!rm -rf ~",
    "percent lines": "%grade L1-07\n%save /tmp/x.csv\nSELECT 1, 2",
    "another's first line": "-- 解答 L1-01\nSELECT 1, 2",
    "dollar quotes": "SELECT $a$ $b$ $a, 1",
    "comments": "-- nothing\n/* at all */",
    "prose": "わかりませんでした。すみません！",
}


def cells(change: Callable[[list[Any]], object]) -> Spoil:
    """Change the cells of the notebook."""

    def spoil(file: Path) -> None:
        notebook = json.loads(file.read_text(encoding="utf-8"))
        notebook["cells"] = change(notebook["cells"]) or notebook["cells"]
        file.write_text(json.dumps(notebook), encoding="utf-8")

    return spoil


def text(written: str) -> Spoil:
    return lambda file: file.write_text(written, encoding="utf-8")


def beside(name: str, written: bytes) -> Spoil:
    return lambda file: (file.parent / name).write_bytes(written)


def replaced(by: Callable[[Path], object]) -> Spoil:
    def spoil(file: Path) -> None:
        file.unlink()
        by(file)

    return spoil


def every(key: str, value: Any) -> Spoil:
    return cells(lambda found: [{**cell, key: value} for cell in found])


FILES: dict[str, Spoil] = {
    "empty": text(""),
    "null": text("null"),
    "a list": text("[]"),
    "no json": text("{broken"),
    "deep list": text("[" * 100_000),
    "deep object": text('{"a":' * 100_000),
    "deep cells": text('{"cells": ' + "[" * 5_000 + "]" * 5_000 + "}"),
    "many parts": text('{"cells": [' + ",".join(["{}"] * 400_000) + "]}"),
    "many cells": cells(lambda found: found + [{"cell_type": "code", "source": "SELECT 1"}] * 5_000),
    "large": cells(lambda found: [*found, {"cell_type": "markdown", "source": "x" * 9_000_000}]),
    "no cells": cells(lambda found: found.clear()),
    "old format": text('{"nbformat": 3, "worksheets": [{"cells": []}]}'),
    "numbers for texts": every("source", 7),
    "mixed sources": every("source", ["SELECT ", None, 1, ["x"], "1"]),
    "lists for ids": every("id", [1, 2]),
    "metadata": every("metadata", "none"),
    "nbgrader": every("metadata", {"nbgrader": [{"grade_id": {}}]}),
    "same id": every("id", "answer-L1-07"),
    "copies": cells(lambda found: found * 9),
    "backwards": cells(lambda found: found[::-1]),
    "half characters": lambda file: file.write_text(file.read_text(encoding="utf-8").replace("SELECT", "\\ud800")),
    "utf-16": lambda file: file.write_text(file.read_text(encoding="utf-8"), encoding="utf-16"),
    "bytes": lambda file: file.write_bytes(bytes(range(256)) * 99),
    "a link": replaced(lambda file: file.symlink_to("/etc/passwd")),
    "a folder": replaced(lambda file: file.mkdir()),
    "a pipe": replaced(os.mkfifo),
    "nowhere": replaced(lambda file: file),
    "other files": beside("extra.py", b"raise SystemExit"),
    "time of no year": beside("timestamp.txt", b"99999-99-99 99:99:99 UTC"),
    "time of bytes": beside("timestamp.txt", bytes(range(256))),
    "time of megabytes": beside("timestamp.txt", b"2" * 2_000_000),
    "time of a folder": lambda file: (file.parent / "timestamp.txt").mkdir(),
}
STUDENTS = {
    "quotes": 'o\'neil "bob" `x`',
    "statement": "x'); DROP TABLE student;--",
    "spaces": "  山田　花子 ",
    "option": "--student",
    "pattern": "[a-z]*",
    "line break": "two\nlines",
    "long": "s" * 200,
    "half a character": os.fsdecode(b"\xff\xfe"),
    "markup": "<b>&amp;",
    "dots": "a..b",
}


def attacks() -> list[Attack]:
    """One for each learner of the class."""
    deep = [
        Attack(f"{depth} {name}", {"L1-07": make(depth), "L1-09": make(depth)})
        for depth, makers in DEPTHS.items()
        for name, make in makers.items()
    ]
    groups = (COLUMNS, LONG, VALUES, ODD, GREEDY, FORBIDDEN, CHARACTERS)
    texts = [Attack(name, {"L1-07": sql}) for group in groups for name, sql in group.items()]
    files = [Attack(name, {"L1-07": "SELECT 1, 2"}, spoil) for name, spoil in FILES.items()]
    named = [Attack(name, {"L1-07": "SELECT 1, 2"}, student=student) for name, student in STUDENTS.items()]
    return [*deep, *texts, *files, *named]
