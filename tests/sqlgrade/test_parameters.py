"""Parameters in a query: found, filled in as text, and judged with several values each."""

from collections.abc import Iterator

import pytest

from sqlgrade import Exercise, Limits, NearMiss, Pack, Solution, Status, Verdict, build_pack
from sqlgrade.engine.alike import read_alike
from sqlgrade.engine.runner import Runner
from sqlgrade.engine.sandbox import Statement, read_statement
from sqlgrade.judging.judge import Judge
from sqlgrade.messages import finding_sentences, mistake_sentence, verdict_sentences
from sqlgrade.parameters import BadTemplate, as_literals, fill, from_literals, names_in
from sqlgrade.parse import parsed
from sqlgrade.record import RowOrder, Rules
from sqlgrade.service.batch import judge_line
from sqlgrade.tables.result import RunError

RIGHT = "SELECT id FROM shops WHERE area = '{{ area }}' AND sales >= {{ least }}"
DDL = "CREATE TABLE shops (id INTEGER PRIMARY KEY, area VARCHAR NOT NULL, sales INTEGER NOT NULL)"
SETTINGS = ({"area": "EAST", "least": "10"}, {"area": "WEST", "least": "20"}, {"area": "NORTH", "least": "10"})
NEAR_MISSES = {
    "default_written": RIGHT.replace("{{ area }}", "EAST"),
    "ignored": "SELECT id FROM shops WHERE sales >= {{ least }}",
    "above": RIGHT.replace(">=", ">"),
    "misspelt": RIGHT.replace("{{ area }}", "{{ aera }}"),
}


def exercise() -> Exercise:
    near = tuple(NearMiss(name, sql, "E20", "WHERE") for name, sql in NEAR_MISSES.items())
    return Exercise("shops", DDL, (Solution(RIGHT),), near_misses=near, settings=SETTINGS, limits=Limits(seconds=20))


@pytest.fixture(scope="module")
def pack() -> Pack:
    return build_pack(exercise())


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    judge = Judge()
    yield judge
    judge.forget()


def said(verdict: Verdict, answer: str, lang: str = "en") -> str:
    return " ".join(verdict_sentences(verdict, lang, level=2, answer=answer))


def test_a_value_is_filled_in_as_it_is_once_and_in_comments_too() -> None:
    filled = fill("SELECT '{{ a }}', {{b}} -- {{ a }}", {"a": "{{ b }}'", "b": "1"})
    assert filled.sql == "SELECT '{{ b }}'', 1 -- {{ b }}'"


def test_names_are_found_once_each_in_their_order() -> None:
    assert names_in("{{ b }} {{a.start}} {{  b  }} {{ エリア }}") == ("b", "a.start", "エリア")


def test_a_place_in_the_filled_text_is_found_in_the_text_as_it_was_written() -> None:
    text = "SELECT '{{ area }}' AS a, wrong"
    filled = fill(text, {"area": "LONGER THAN THE NAME"})
    assert text[filled.back(filled.sql.index("wrong")) :] == "wrong"
    assert filled.back(filled.sql.index("THAN")) == text.index("{{")
    assert filled.back_behind(filled.sql.index("NAME") + 4) == text.index("}}") + 2


@pytest.mark.parametrize(
    ("text", "code", "written"),
    [
        ("a = '{{ aera }}'", "unknown", "{{ aera }}"),
        ("a = '{{ area }'", "braces", "{{ area }"),
        ("a = {{ area", "braces", "{{ area"),
        ("a = '{{ the area }}'", "braces", "{{ the area }}"),
        ("a = '{{}}'", "braces", "{{}}"),
        ("a = '{ area }'", "single", "{ area }"),
        ("a = '｛｛ area ｝｝'", "full_width", "｛｛ area ｝｝"),
        ("a = '{{ {{ area }} }}'", "braces", "{{ {{ area }} }}"),
    ],
)
def test_braces_that_are_no_parameter_are_pointed_at(text: str, code: str, written: str) -> None:
    with pytest.raises(BadTemplate) as bad:
        fill(text, {"area": "EAST"})
    assert (bad.value.code, text[bad.value.start : bad.value.end].strip()) == (code, written)


@pytest.mark.parametrize("text", ["SELECT {'a': {'b': 1}}", "SELECT MAP {{'a': 1}: 2}", "SELECT 1 -- {{ area", "'{x}'"])
def test_braces_of_sql_and_comments_are_left_alone(text: str) -> None:
    assert fill(text, {"area": "EAST"}).sql == text


def test_a_tree_is_read_with_literals_in_place_of_parameters_and_written_out_with_parameters() -> None:
    tree = parsed("SELECT '{{ a }}' FROM t LIMIT {{ n }}")
    assert tree is not None
    assert from_literals(tree.sql("duckdb")) == "SELECT '{{ a }}' FROM t LIMIT {{ n }}"
    assert as_literals("SELECT 1") == "SELECT 1"


@pytest.mark.parametrize("answer", [RIGHT, "SELECT id FROM shops WHERE sales >= {{ least }} AND '{{area}}' = area"])
def test_an_answer_that_is_right_with_all_values_is_accepted(pack: Pack, judge: Judge, answer: str) -> None:
    verdict = judge.grade(pack, answer)
    assert (verdict.status, verdict.setting) == (Status.ACCEPTED, {})


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_one_who_writes_the_default_is_refuted_with_the_value_that_shows_it(
    pack: Pack, judge: Judge, lang: str
) -> None:
    answer = NEAR_MISSES["default_written"]
    verdict = judge.grade(pack, answer)
    assert verdict.status is Status.REFUTED
    assert verdict.setting["area"] != "EAST"
    told = said(verdict, answer, lang)
    assert f"area = {verdict.setting['area']}" in told
    assert "{{ area }}" in told


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_value_written_in_place_of_a_parameter_is_named_with_that_parameter(
    pack: Pack, judge: Judge, lang: str
) -> None:
    answer = RIGHT.replace("{{ area }}", "SOUTH").replace("WHERE", "WHERE '{{ area }}' <> '' AND")
    finding = judge.grade(pack, answer).findings[0]
    assert (finding.mistake, finding.params["own"], finding.params["name"]) == ("value_written", "'SOUTH'", "area")
    assert "'SOUTH'" in mistake_sentence(finding, lang)
    assert "{{ area }}" in " ".join(finding_sentences(finding, lang))


@pytest.mark.parametrize("stem", ["default_written", "ignored", "above"])
def test_near_misses_are_recognised_whatever_the_values_are_that_show_them(pack: Pack, judge: Judge, stem: str) -> None:
    verdict = judge.grade(pack, NEAR_MISSES[stem].replace("id", "shops.id", 1))
    assert [finding.near_miss for finding in verdict.findings] == [stem]


def test_the_place_of_a_mistake_is_one_of_the_answer_as_it_was_written(pack: Pack, judge: Judge) -> None:
    answer = NEAR_MISSES["above"]
    site = judge.grade(pack, answer).findings[0].site
    assert site is not None
    assert answer[site.start : site.end] == "sales > {{ least }}"


def test_a_misspelt_parameter_is_told_with_the_name_that_is_meant(pack: Pack, judge: Judge) -> None:
    answer = NEAR_MISSES["misspelt"]
    verdict = judge.grade(pack, answer)
    assert verdict.status is Status.INVALID
    assert "{{ area }} is probably meant" in said(verdict, answer)


def test_forgotten_quotes_are_told_with_the_value_that_was_looked_for(pack: Pack, judge: Judge) -> None:
    answer = RIGHT.replace("'{{ area }}'", "{{ area }}")
    verdict = judge.grade(pack, answer)
    assert verdict.error is not None
    assert verdict.error.position == answer.index("{{ area }}")
    assert "EAST has no quotes" in said(verdict, answer)


def test_a_statement_that_a_parameter_brings_along_is_not_run(pack: Pack, judge: Judge) -> None:
    verdict = judge.grade(pack, RIGHT + "; DELETE FROM shops WHERE area = '{{ area }}'")
    assert verdict.status is Status.INVALID


def test_a_full_pack_counts_a_near_miss_that_shows_with_another_value_as_refuted() -> None:
    report = build_pack(exercise(), depth="full").report
    assert report is not None
    assert report.near_misses_accepted == ()
    assert "default_written" in report.near_misses_refuted


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    runner = Runner()
    yield runner
    runner.close()


@pytest.mark.parametrize(
    "text",
    [
        RIGHT,
        "SELECT id FROM shops WHERE area IN ('{{ area }}', 'x') ORDER BY id -- {{ area }}, {{ least }}",
        "SELECT id /* {{ area }} */ FROM \"main\" WHERE sales > {{ least }}.5 OR area LIKE '%{{ area }}%' ORDER BY id",
    ],
)
def test_a_text_with_other_constants_is_read_from_the_first(text: str, runner: Runner) -> None:
    first, other = (fill(text, each).sql for each in SETTINGS[:2])
    known = read_statement(first, runner)
    assert isinstance(known, Statement)
    read, alike = read_statement(other, runner), read_alike(other, known)
    assert isinstance(read, Statement)
    assert alike is not None
    assert (alike.sql, alike.order_sensitive, alike.sorts) == (read.sql, read.order_sensitive, read.sorts)
    assert alike.sorted_as == (first if "ORDER" in text else "")


@pytest.mark.parametrize(
    ("known", "text"),
    [
        ("SELECT * FROM 'shops'", "SELECT * FROM 'shops.csv'"),
        ("SELECT * FROM shops, 'shops' AS s", "SELECT * FROM shops, '/etc/passwd' AS s"),
        ("SELECT a FROM shops", "SELECT b FROM shops"),
        ("SELECT 'a' FROM shops", "SELECT 'a' || read_text('x') FROM shops"),
        ("SELECT 'a' FROM shops", "SELECT 'a''b' FROM shops"),
        ("SELECT 1 FROM shops", "SELECT -1 FROM shops"),
        ("SELECT 1", "SELECT 1; DROP TABLE shops"),
        ("SELECT lower('a')", "SELECT getenv('a')"),
        ('SELECT "a"', "SELECT 'a'"),
        ("SELECT * FROM main.shops WHERE id = 1", "SELECT * FROM main.shops WHERE id = 2"),
        ("PIVOT shops ON area USING sum(1)", "PIVOT shops ON area USING sum(2)"),
    ],
)
def test_a_text_with_more_than_other_constants_is_read_for_itself(known: str, text: str, runner: Runner) -> None:
    statement = read_statement(known, runner)
    assert not isinstance(statement, RunError)
    assert read_alike(text, statement) is None


def test_an_answer_is_sorted_as_each_value_has_it_sorted(judge: Judge) -> None:
    settings = ({"column": "id"}, {"column": "sales"})
    right = "SELECT id, sales FROM shops WHERE area <> '{{ column }}' ORDER BY id"
    rules = Rules(row_order=RowOrder.AS_SOLUTION)
    pack = build_pack(Exercise("sorted", DDL, (Solution(right),), rules=rules, settings=settings))
    verdict = judge.grade(pack, right.replace("BY id", "BY {{ column }}"))
    assert (verdict.status, verdict.setting) == (Status.REFUTED, settings[1])


def test_a_line_of_a_batch_may_give_the_values() -> None:
    line = {"id": 1, "schema": DDL, "solutions": [RIGHT], "settings": list(SETTINGS)}
    assert judge_line({**line, "answer": RIGHT})["verdict"] == "accepted"
    wrong = judge_line({**line, "answer": NEAR_MISSES["default_written"]})
    assert (wrong["verdict"], wrong["setting"]["area"]) == ("refuted", "WEST")
    bad = judge_line({**line, "answer": RIGHT, "settings": [{"area": 1}]})
    assert "settings" in bad["message"]
