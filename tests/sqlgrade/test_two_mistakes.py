"""An answer with two mistakes is told one of them above data that shows that one, and the other is announced."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
import sqlglot

from sqlgrade.diagnose import several
from sqlgrade.diagnose.repairs import minimal
from sqlgrade.diagnose.repairs.steps import steps_between
from sqlgrade.hearing.prepared import Prepared
from sqlgrade.judging.judge import Judge
from sqlgrade.messages import LANGUAGES, further_sentences, mistake_sentence, verdict_sentences
from sqlgrade.messages.sentences import PLACE
from sqlgrade.pack.building import build_pack
from sqlgrade.record import Alternative, Exercise, NearMiss, Solution
from sqlgrade.tables.result import Database, Result
from sqlgrade.verdict import Status

if TYPE_CHECKING:
    from sqlgrade.pack.contents import Pack
    from sqlgrade.verdict import Finding, Verdict

DDL = """CREATE TABLE guests (
    guest_id INTEGER PRIMARY KEY, area VARCHAR NOT NULL, grade VARCHAR NOT NULL, is_test BOOLEAN NOT NULL,
    retired_on DATE, joined_on DATE NOT NULL
)"""
NEWEST = "SELECT guest_id, joined_on FROM guests WHERE NOT is_test AND area = 'TOKYO' ORDER BY joined_on DESC, guest_id"
ACTIVE = "SELECT guest_id FROM guests WHERE NOT is_test AND grade IN ('gold', 'silver') AND retired_on IS NULL"
COUNTED = (
    "SELECT area, COUNT(*) AS guests FROM guests WHERE area <> 'NAHA' AND NOT is_test AND retired_on IS NULL "
    "GROUP BY area HAVING COUNT(*) >= 2 ORDER BY guests DESC, area"
)

EDITS = {
    "newest": [("NOT is_test AND ", ""), ("DESC, ", ", "), ("area = 'TOKYO'", "area = 'OSAKA'")],
    "active": [("IN ('gold', 'silver')", "= 'gold'"), (" AND retired_on IS NULL", ""), ("NOT is_test AND ", "")],
    "counted": [
        (" AND NOT is_test", ""),
        (">= 2", "> 2"),
        (" AND retired_on IS NULL", ""),
        ("guests DESC, area", "guests, area"),
    ],
}
"""Of each task the ways to get a part of it wrong: what stands in the solution, and what an answer has in its place."""
ABOUT = {
    "NOT is_test AND ": ("WHERE", "is_test"),
    " AND NOT is_test": ("WHERE", "is_test"),
    " AND retired_on IS NULL": ("WHERE", "retired_on"),
    "area = 'TOKYO'": ("WHERE", "area"),
    "IN ('gold', 'silver')": ("WHERE", "grade"),
    ">= 2": ("HAVING", ""),
    "DESC, ": ("ORDER BY", ""),
    "guests DESC, area": ("ORDER BY", ""),
}
"""Where each of them is wrong, and a word that stands in what is said of it."""
PURCHASES = (
    "SELECT CAST(date_trunc('week', paid_at - INTERVAL 5 HOUR) AS DATE) AS week_start, COUNT(DISTINCT guest_id) AS guests "
    "FROM payments WHERE kind = 'purchase' AND paid_at >= TIMESTAMP '2025-10-06 05:00' "
    "AND paid_at < TIMESTAMP '2025-12-29 05:00' AND status = 'succeeded' GROUP BY week_start ORDER BY week_start"
)
CLOCK_AND_STATUS = PURCHASES.replace("05:00", "00:00").replace(" AND status = 'succeeded'", "")
TASKS = {"newest": NEWEST, "active": ACTIVE, "counted": COUNTED}
PAIRS = [
    (task, one, other)
    for task, edits in EDITS.items()
    for place, one in enumerate(edits)
    for other in edits[place + 1 :]
]


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


@pytest.fixture(scope="module")
def packs() -> dict[str, Pack]:
    return {name: build_pack(Exercise(name, DDL, (Solution(sql),))) for name, sql in TASKS.items()}


def on_shown(judge: Judge, pack: Pack, verdict: Verdict, sql: str) -> list[object]:
    """The rows that a query gives on the data shown."""
    ready, shown = judge.prepare(pack), verdict.counterexample
    assert isinstance(ready, Prepared)
    assert shown is not None
    with ready.runner.loaded(Database({name: table.rows for name, table in shown.tables.items()})) as name:
        found = ready.runner.run(sql, name)
    assert isinstance(found, Result)
    return list(found.rows)


@pytest.mark.parametrize(("task", "one", "other"), PAIRS)
def test_the_data_shows_the_mistake_that_is_told(judge, packs, task, one, other):
    right = TASKS[task]
    wrong = right.replace(*one).replace(*other)
    verdict = judge.grade(packs[task], wrong)
    assert verdict.status is Status.REFUTED
    mended = {name: right.replace(*left) for name, left in ((one, other), (other, one))}
    rows = on_shown(judge, packs[task], verdict, wrong)
    expected = on_shown(judge, packs[task], verdict, right)
    assert rows != expected
    firsts = [edit for edit in (one, other) if _is_about(verdict.findings[0], edit)]
    assert firsts, verdict.findings
    assert any(on_shown(judge, packs[task], verdict, mended[each]) == expected for each in firsts)
    assert all(each.code != "shows_more" for each in verdict.notes)
    rest = [edit for edit in (one, other) if _is_about(verdict.findings[1], edit)]
    assert rest, verdict.findings
    for lang in LANGUAGES:
        (also,) = further_sentences(verdict, lang)
        assert also in verdict_sentences(verdict, lang, answer=wrong)
        assert len(verdict_sentences(verdict, lang, PLACE, wrong)) > len(verdict_sentences(verdict, lang, 1, wrong))
    single = judge.grade(packs[task], mended[firsts[0]])
    assert not further_sentences(single, "en")
    assert single.credit.points > verdict.credit.points


def _is_about(finding: Finding, edit: tuple[str, str]) -> bool:
    """Whether a finding speaks of what an edit has changed."""
    clause, word = ABOUT[edit[0]]
    return finding.clause == clause and word in " ".join(map(str, finding.params.values()))


def test_of_one_mistake_no_other_is_announced(judge, packs):
    for task, edits in EDITS.items():
        for edit in edits:
            verdict = judge.grade(packs[task], TASKS[task].replace(*edit))
            assert verdict.status is Status.REFUTED
            assert not further_sentences(verdict, "en"), (edit, verdict.findings)


def test_no_clause_is_called_right_that_a_finding_names(judge, packs):
    for task, one, other in PAIRS:
        verdict = judge.grade(packs[task], TASKS[task].replace(*one).replace(*other))
        praised = {
            clause
            for each in verdict.good
            if each.code == "clauses_right"
            for clause in each.params["clauses"].split(", ")
        }
        assert not praised & {each.clause for each in verdict.findings}


@pytest.mark.parametrize("shown", ["condition_missing", "clock_unshifted_ahead"])
def test_of_two_mistakes_in_one_clause_the_one_that_data_can_show_is_told_by_its_own_name(judge, monkeypatch, shown):
    monkeypatch.setattr(several, "mends", lambda _, piece, __: piece.named.mistake.key == shown)
    ddl = (
        "CREATE TABLE payments (id INTEGER PRIMARY KEY, guest_id INTEGER NOT NULL, paid_at TIMESTAMP NOT NULL, "
        "kind VARCHAR NOT NULL CHECK (kind IN ('purchase', 'refund')), status VARCHAR NOT NULL)"
    )
    pack = build_pack(Exercise("purchases", ddl, (Solution(PURCHASES),)))
    verdict = judge.grade(pack, CLOCK_AND_STATUS)
    first, second = verdict.findings
    assert first.mistake == shown != second.mistake
    mended = (
        PURCHASES.replace("05:00", "00:00")
        if first.mistake == "condition_missing"
        else CLOCK_AND_STATUS.replace("00:00", "05:00")
    )
    assert on_shown(judge, pack, verdict, mended) == on_shown(judge, pack, verdict, PURCHASES)


BUYERS = "SELECT COUNT(DISTINCT guest_id) AS buyers FROM payments WHERE kind = 'purchase' AND status = 'succeeded'"
CRITICS = (
    "SELECT area, COUNT(*) AS n FROM guests WHERE NOT is_test GROUP BY area HAVING COUNT(*) >= 2 ORDER BY n DESC, area"
)
LATELY = (
    "SELECT COUNT(*) AS visits, COUNT(DISTINCT guest_id) AS guests FROM visits "
    "WHERE CAST(came_at + INTERVAL 4 HOUR AS DATE) BETWEEN DATE '2025-12-25' AND DATE '2025-12-31'"
)
VISITS = "CREATE TABLE visits (id INTEGER PRIMARY KEY, guest_id INTEGER NOT NULL, came_at TIMESTAMP NOT NULL)"
PAYMENTS = (
    "CREATE TABLE payments (id INTEGER PRIMARY KEY, guest_id INTEGER NOT NULL, kind VARCHAR NOT NULL, "
    "status VARCHAR NOT NULL, CHECK (kind IN ('purchase', 'refund')), CHECK (status IN ('succeeded', 'failed')))"
)


def named(verdict: Verdict) -> list[tuple[str, str | None]]:
    return [(finding.mistake, finding.clause) for finding in verdict.findings]


def test_a_count_with_all_conditions_in_it_does_not_hide_the_one_that_where_lacks(judge):
    inside = "SELECT COUNT(DISTINCT guest_id) FILTER (WHERE kind = 'purchase' AND status = 'succeeded') AS buyers FROM payments"
    exercise = Exercise("buyers", PAYMENTS, (Solution(BUYERS),), (Alternative("inside", inside),))
    verdict = judge.grade(
        build_pack(exercise), "SELECT COUNT(guest_id) AS buyers FROM payments WHERE kind = 'purchase'"
    )
    assert sorted(named(verdict)) == [("condition_missing", "WHERE"), ("rows_for_people", "SELECT")]
    assert [each.params["clauses"] for each in verdict.good if each.code == "clauses_right"] in ([], ["FROM"])


def test_of_two_mistakes_in_one_clause_each_is_told_by_its_own_name(judge, packs):
    wrong = NEWEST.replace("NOT is_test AND ", "").replace("'TOKYO'", "'OSAKA'")
    assert set(named(judge.grade(packs["newest"], wrong))) == {("value_other", "WHERE"), ("condition_missing", "WHERE")}


def test_a_condition_on_rows_is_announced_beside_one_on_groups(judge):
    pack = build_pack(Exercise("critics", DDL, (Solution(CRITICS),)))
    verdict = judge.grade(pack, CRITICS.replace("WHERE NOT is_test ", "").replace("HAVING COUNT(*) >= 2 ", ""))
    assert {each for each, _ in named(verdict)} == {"having_missing", "no_where"}


def test_what_is_compared_and_what_it_is_compared_with_are_two_mistakes(judge):
    pack = build_pack(Exercise("lately", VISITS, (Solution(LATELY),)))
    wrong = LATELY.replace("came_at + INTERVAL 4 HOUR", "came_at + INTERVAL 9 HOUR").replace("-25'", "-24'")
    assert {each for each, _ in named(judge.grade(pack, wrong))} == {"clock_ahead", "days_early"}


def test_data_that_shows_one_mistake_alone_is_not_said_to_show_more(judge):
    pack = build_pack(Exercise("lately", VISITS, (Solution(LATELY),)))
    wrong = LATELY.replace("DISTINCT ", "").replace("-25'", "-24'")
    verdict = judge.grade(pack, wrong)
    mended = {"days_early": LATELY.replace("DISTINCT ", ""), "rows_for_people": LATELY.replace("-25'", "-24'")}
    undone = on_shown(judge, pack, verdict, mended[verdict.findings[0].mistake])
    alone = undone == on_shown(judge, pack, verdict, LATELY)
    assert alone is all(each.code != "shows_more" for each in verdict.notes)


def test_an_or_without_its_brackets_is_one_mistake(judge):
    right = "SELECT guest_id FROM guests WHERE guest_id <= 9 AND NOT is_test AND (grade = 'gold' OR grade = 'silver')"
    pack = build_pack(Exercise("nine", DDL, (Solution(right),)))
    verdict = judge.grade(pack, right.replace("(", "").replace(")", "").replace("<= 9", "<= 8"))
    assert [each for each, _ in named(verdict)] == ["or_unbracketed"]


def test_another_mistake_is_announced_beside_what_an_author_foresaw(judge):
    sql = "SELECT guest_id FROM guests WHERE retired_on IS NULL AND NOT is_test ORDER BY joined_on DESC, guest_id"
    foreseen = NearMiss("only-tests", sql.replace("NOT is_test", "is_test"), "E46", "WHERE")
    active_tests = DDL.rstrip(")") + ", CHECK (NOT is_test OR retired_on IS NULL))"
    pack = build_pack(Exercise("left", active_tests, (Solution(sql),), (), (foreseen,)))
    alone = judge.grade(pack, foreseen.sql)
    assert [each.near_miss for each in alone.findings] == ["only-tests"]
    verdict = judge.grade(pack, foreseen.sql.replace("retired_on IS NULL AND ", ""))
    assert [each.near_miss for each in verdict.findings] == ["only-tests", None]
    assert named(verdict)[1] == ("condition_missing", "WHERE")
    assert further_sentences(verdict, "en")


def test_the_mistake_that_is_announced_is_said_to_its_end(judge, packs):
    wrong = NEWEST.replace("NOT is_test AND ", "").replace("DESC, ", ", ")
    verdict = judge.grade(packs["newest"], wrong)
    for lang in LANGUAGES:
        for each in verdict.findings[1:2]:
            (also,) = further_sentences(verdict, lang)
            assert also.endswith(mistake_sentence(each, lang))


def test_a_difference_taken_the_other_way_is_one_mistake(judge):
    sql = "SELECT kind, SUM(paid) - SUM(owed) AS over FROM bills WHERE NOT is_void GROUP BY kind"
    ddl = (
        "CREATE TABLE bills (id INTEGER PRIMARY KEY, kind VARCHAR NOT NULL, paid INTEGER NOT NULL, "
        "owed INTEGER NOT NULL, is_void BOOLEAN NOT NULL)"
    )
    pack = build_pack(Exercise("bills", ddl, (Solution(sql),)))
    verdict = judge.grade(
        pack, sql.replace("SUM(paid) - SUM(owed)", "SUM(owed) - SUM(paid)").replace("WHERE NOT is_void ", "")
    )
    assert sorted(clause or "" for _, clause in named(verdict)) == ["SELECT", "WHERE"]


TALKS = "CREATE TABLE talks (talk_id INTEGER PRIMARY KEY, area VARCHAR NOT NULL, opened_at TIMESTAMP NOT NULL, minutes INTEGER NOT NULL)"
THIRDS = (
    "WITH c AS (SELECT {} FROM talks) SELECT area, COUNT(*) AS n, "
    "ROUND(SUM(CASE WHEN {} = 1 THEN minutes ELSE 0 END) * 1.0 / SUM(minutes), {}) AS top FROM c GROUP BY area"
)
SAID_OTHERWISE = {
    "a window is worked out once, in a step, and used twice": (
        "SELECT talk_id, SUM(minutes) OVER (ORDER BY talk_id) AS total, SUM(minutes) OVER (ORDER BY talk_id) * 1.0 / 100 AS share FROM talks",
        "WITH r AS (SELECT talk_id, SUM(minutes) OVER (ORDER BY talk_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS total FROM talks) SELECT talk_id, total, total / 100 AS share FROM r",
        {"frame_ends_early"},
    ),
    "a step hands on a column more, and calls another by another name": (
        THIRDS.format("area, minutes, NTILE(3) OVER (PARTITION BY area ORDER BY minutes DESC, talk_id) AS third", "third", 3),
        THIRDS.format("talk_id, area, minutes, NTILE(3) OVER (PARTITION BY area ORDER BY minutes, talk_id) AS part", "part", 1),
        {"window_reversed", "round_digits"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("claim", SAID_OTHERWISE)
def test_what_says_the_same_in_another_way_is_not_announced(judge, claim):
    solution, answer, names = SAID_OTHERWISE[claim]
    verdict = judge.grade(build_pack(Exercise("x", TALKS, (Solution(solution),))), answer, deep=True)
    assert {each.mistake for each in verdict.findings} == names
    assert len(verdict.findings) == len(names)


def test_both_sides_of_a_comparison_that_are_moved_by_as_much_are_no_mistake():
    text = "SELECT COUNT({}) AS n FROM talks WHERE {} < opened_at + INTERVAL {} HOUR"
    own, wanted = (
        sqlglot.parse_one(text.format(*each), read="duckdb")
        for each in (("area", "closed_at", 33), ("DISTINCT area", "closed_at - INTERVAL 9 HOUR", 24))
    )

    def agrees(sql):
        return "DISTINCT" in sql and ("closed_at - INTERVAL" in sql) == ("'24'" in sql)

    steps = steps_between(own, wanted)
    kept = minimal._fewest(own, steps, SimpleNamespace(agrees=agrees), SimpleNamespace(allows=lambda: True))
    assert len(steps) == 3
    assert [step.clause.value for step in kept] == ["SELECT"]
