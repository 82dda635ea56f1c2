"""What others wrote is read within bounds, and what is wrong with it costs only itself."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from classroom.commands.judge import app
from classroom.exchange.envelope import Damaged, open_envelope
from classroom.exchange.expo.certificate import read_page
from classroom.exchange.invitation import NoInvitation, read_invitation
from sqlgrade import judge_line
from sqlgrade.engine.ddl import read_schema
from sqlgrade.engine.runner import Runner
from sqlgrade.engine.sandbox import read_statement
from sqlgrade.outside import NotJson, read_bytes, read_json, read_lines
from sqlgrade.tables.result import RunError

DEEP = "[" * 100_000
SCHEMA = "CREATE TABLE t (a INTEGER PRIMARY KEY)"
GOOD = {"schema": SCHEMA, "solutions": ["SELECT a FROM t"], "answer": "SELECT a FROM t WHERE a > 2"}


@pytest.mark.parametrize(
    "text",
    [
        DEEP,
        "[" * 1000 + "]" * 1000,
        '{"a":' * 90 + "1" + "}" * 90,
        "NaN",
        "[-Infinity]",
        "9" * 5000,
        b"\xff",
        b'{"a": "\xff"}',
        "",
        "{",
        "nul",
    ],
)
def test_what_is_no_json_or_too_deep_is_told_as_such(text: str | bytes) -> None:
    with pytest.raises(NotJson):
        read_json(text)


def test_a_text_that_is_too_long_is_not_read() -> None:
    with pytest.raises(NotJson):
        read_json("[" + "1," * 100 + "1]", most=100)


@pytest.mark.parametrize("text", ['{"a": "x\\ud800y"}', '{"a": "x\ud800y"}', '{"x\\udfff": 1}'])
def test_half_a_character_becomes_a_question_mark(text: str) -> None:
    assert "?" in json.dumps(read_json(text))
    json.dumps(read_json(text), ensure_ascii=False).encode()


def test_whole_characters_stay() -> None:
    assert read_json('"\\ud83d\\udc27 \\u9d6f"') == "\U0001f427 \u9d6f"
    assert read_json("\ufeff[1]".encode()) == [1]


def test_a_file_that_never_ends_is_refused() -> None:
    with pytest.raises(ValueError, match="more than"):
        read_bytes(Path("/dev/zero"))
    with pytest.raises(NoInvitation):
        read_invitation("/dev/zero")
    assert list(read_lines(Path("/dev/zero"))) == [None]


def test_a_line_that_is_too_long_costs_only_itself(tmp_path: Path) -> None:
    file = tmp_path / "lines"
    file.write_bytes(b"one\n" + b"x" * 5000 + b"\ntwo\n")
    assert list(read_lines(file, longest=1000)) == [b"one\n", None, b"two\n"]


def test_a_class_a_letter_and_a_certificate_that_nest_too_deeply_are_none(tmp_path: Path) -> None:
    file = tmp_path / "invitation.json"
    file.write_text("[" * 9_000)
    with pytest.raises(NoInvitation):
        read_invitation(str(file))
    with pytest.raises(Damaged):
        open_envelope(DEEP.encode())
    with pytest.raises(ValueError, match="inside one another"):
        read_page(f'<meta name="penguin-certificate" content="{DEEP}">'.encode())


def test_a_bad_line_of_a_batch_costs_only_itself(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": 1, **GOOD}).encode(),
        DEEP.encode(),
        b'{"id": 3, "answer": "\xff"}',
        b'{"id": NaN}',
        b'{"id": ' + b"9" * 5000 + b"}",
        json.dumps({"id": 6, **GOOD, "answer": "SELECT a FROM t -- \ud800"}).encode(),
        json.dumps({"id": 7, **GOOD, "answer": "UPDATE EXTENSIONS"}).encode(),
        json.dumps({"id": 8, **GOOD, "solutions": {"a": 1}}).encode(),
    ]
    batch, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    batch.write_bytes(b"\n".join(lines))
    assert CliRunner().invoke(app, ["--batch", str(batch), "--out", str(out), "--workers", "1"]).exit_code == 0
    answers = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [each["verdict"] for each in answers] == [
        "refuted",
        *["invalid"] * 4,
        "accepted",
        "invalid",
        "invalid",
    ]
    assert [each["reason"] for each in answers if each["verdict"] == "invalid"] == [
        *["bad_line"] * 4,
        "not_allowed",
        "bad_line",
    ]


WORDS = ("UPDATE EXTENSIONS", "CONNECT", "CONNECT t", "DISCONNECT", "CONNECT 'x'", "CHECKPOINT", "LOAD x", "VACUUM t")


@pytest.mark.parametrize("text", WORDS)
def test_a_statement_that_the_binding_has_no_name_for_is_refused(text: str) -> None:
    found = read_statement(text, Runner(read_schema(SCHEMA)))
    assert isinstance(found, RunError)
    assert (found.kind, found.subtype) == ("not_allowed", "statement_type")
    assert found.name


@pytest.mark.parametrize(
    ("solution", "wrong"),
    [
        ("SELECT avg(e - s) FROM c WHERE e <> '9999-12-31'", "SELECT avg(e - s) FROM c"),
        ("SELECT last_day(e) FROM c WHERE e > '9999-12-01'", "SELECT last_day(e) FROM c"),
        ("SELECT id FROM c WHERE t + INTERVAL 9 HOUR >= TIMESTAMP '9999-12-31 20:00'", "SELECT id FROM c"),
        ("SELECT id FROM c WHERE date_trunc('week', e) >= DATE '9999-12-27'", "SELECT id FROM c"),
        ("SELECT id FROM c WHERE s <= DATE '0001-01-01'", "SELECT id FROM c"),
        ("SELECT id FROM c WHERE year(e) = 9999", "SELECT id FROM c WHERE year(e) >= 9000 AND s > '2000-01-01'"),
        ("SELECT id FROM c WHERE n > 9223372036854775806", "SELECT id FROM c WHERE n > 0"),
    ],
)
def test_dates_and_numbers_at_the_end_of_their_types_are_judged(solution: str, wrong: str) -> None:
    schema = "CREATE TABLE c (id INTEGER PRIMARY KEY, s DATE NOT NULL, e DATE NOT NULL, t TIMESTAMP, n BIGINT)"
    right = judge_line({"id": 1, "schema": schema, "solutions": [solution], "answer": f"SELECT * FROM ({solution})"})
    assert right["verdict"] == "accepted"
    assert judge_line({"id": 1, "schema": schema, "solutions": [solution], "answer": wrong})["verdict"] == "refuted"
