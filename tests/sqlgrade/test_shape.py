import datetime as dt

import pytest

from sqlgrade.compare import Reference, compare
from sqlgrade.diagnose.facts.evidence import DatabaseLookUp, Evidence, asked_columns, shown_columns
from sqlgrade.diagnose.facts.shape import difference_facts, shape_facts
from sqlgrade.engine.ddl import read_schema
from sqlgrade.messages import remark_sentence
from sqlgrade.outcomes.submission import RunOutcome
from sqlgrade.record import Rules
from sqlgrade.tables.result import Database, Result, Row
from sqlgrade.verdict import Diff, Remark

DDL = """
CREATE TABLE guests (guest_id INTEGER PRIMARY KEY, status VARCHAR, age INTEGER, joined DATE);
CREATE TABLE visits (visit_id INTEGER PRIMARY KEY, guest_id INTEGER REFERENCES guests (guest_id));
"""
SCHEMA = read_schema(DDL, ())
STATUSES = ("active", "cancelled", "paused")
GUESTS = tuple((i, STATUSES[i % 3], None if i % 4 == 0 else 15 + i, dt.date(2024, 1, i)) for i in range(1, 25))
BASE = Database({"guests": GUESTS, "visits": tuple((100 + i, i) for i in range(1, 19))})


def result_of(rows: list[Row], *columns: str) -> Result:
    return Result(columns, tuple("INTEGER" for _ in columns), tuple(rows))


def facts_of(
    learner: list[Row], expected: list[Row], *columns: str, base: Database | None = BASE, cut: bool = False
) -> list[Remark]:
    ours, theirs = result_of(learner, *columns), result_of(expected, *columns)
    found = compare(ours, Reference(theirs), Rules())
    assert isinstance(found, Diff)
    look_up = DatabaseLookUp(SCHEMA, base) if base else None
    return list(difference_facts(Evidence(ours, theirs, found, look_up, cut=cut)))


def told(facts: list[Remark], code: str) -> dict[str, object]:
    assert code in [fact.code for fact in facts]
    return dict(next(fact for fact in facts if fact.code == code).params)


EVERYONE: list[Row] = [(row[0],) for row in GUESTS]


def those(column: int, *values: object, inside: bool = True) -> list[Row]:
    return [(row[0],) for row in GUESTS if (row[column] in values) is inside]


def test_extra_rows_are_described_by_a_column_of_the_table_behind_their_key() -> None:
    facts = facts_of(EVERYONE, those(1, "cancelled", inside=False), "guest_id")
    assert told(facts, "extra_condition") == {"count": 8, "condition": "guests.status = 'cancelled'"}


def test_missing_rows_are_described_by_null() -> None:
    facts = facts_of(those(2, None, inside=False), EVERYONE, "guest_id")
    assert told(facts, "missing_condition") == {"count": 6, "condition": "guests.age IS NULL"}


def test_missing_rows_are_described_by_having_no_match() -> None:
    facts = facts_of([(i,) for i in range(1, 19)], EVERYONE, "guest_id")
    assert told(facts, "missing_no_match") == {"count": 6, "table": "guests", "child": "visits"}


def test_having_no_match_says_more_than_the_null_it_leaves() -> None:
    rows: list[Row] = [(row[0], None if row[0] > 18 else 1) for row in GUESTS]
    assert told(facts_of(rows[:18], rows, "guest_id", "visits"), "missing_no_match")["child"] == "visits"


def test_missing_rows_that_have_nothing_to_count_are_described_by_their_zero() -> None:
    rows: list[Row] = [("a", 4, 0), ("b", 2, 2), ("c", 0, 0), ("d", 0, 0)]
    facts = facts_of(rows[:2], rows, "line", "flagged", "caught", base=None)
    assert told(facts, "missing_condition") == {"count": 2, "condition": "flagged = 0"}


def test_rows_that_share_what_should_name_one_row_are_told_by_it() -> None:
    rows: list[Row] = [(day, day * 10) for day in range(1, 10)]
    facts = facts_of([*rows, (3, 0)], rows, "day", "talks", base=None)
    assert told(facts, "key_repeated") == {"column": "day", "value": "3", "count": 2}


def test_missing_rows_of_one_day_are_described_by_the_day() -> None:
    rows: list[Row] = [(i, dt.datetime(2024, 1, 25 + i // 2, i)) for i in range(14)]  # noqa: DTZ001
    facts = facts_of(rows[:12], rows, "n", "at")
    assert told(facts, "missing_condition") == {"count": 2, "condition": "CAST(at AS DATE) = '2024-01-31'"}


def test_rows_whose_values_changed_places_are_still_told_apart_by_their_key() -> None:
    assert told(facts_of([(1, 7), (2, 9)], [(1, 9), (2, 7)], "n", "value"), "only_column") == {"column": "value"}


def test_an_empty_text_is_shown_as_one() -> None:
    assert told(facts_of([(1, "")], [], "n", "name"), "extra_examples") == {"examples": "1, ''"}


def test_extra_rows_are_described_by_a_threshold() -> None:
    rows: list[Row] = [(f"g{i}", i) for i in range(20)]
    facts = facts_of(rows, rows[5:], "name", "age")
    assert told(facts, "extra_condition") == {"count": 5, "condition": "age <= 4"}


def test_a_value_of_a_column_that_no_condition_looks_at_is_chance() -> None:
    ours, theirs = result_of(EVERYONE, "guest_id"), result_of(those(1, "cancelled", inside=False), "guest_id")
    found = compare(ours, Reference(theirs), Rules())
    assert isinstance(found, Diff)
    look_up = DatabaseLookUp(SCHEMA, BASE)
    asked = asked_columns("SELECT guest_id FROM guests WHERE age > 3", "SELECT guest_id FROM guests")
    told = [
        [fact.code for fact in difference_facts(Evidence(ours, theirs, found, look_up, asked=each))]
        for each in (asked, frozenset({"status"}))
    ]
    assert [("extra_condition" in codes) for codes in told] == [False, True]


def test_no_threshold_describes_rows_on_one_side_of_a_cut() -> None:
    rows: list[Row] = [(f"g{i}", i) for i in range(20)]
    assert "extra_condition" not in [fact.code for fact in facts_of(rows, rows[5:], "name", "age", cut=True)]


def test_a_description_that_fits_other_rows_too_is_not_given() -> None:
    facts = facts_of(EVERYONE, [row for row in EVERYONE if row[0] not in (2, 7, 9)], "guest_id")
    assert not [fact for fact in facts if fact.code.endswith("condition")]


def test_two_rows_against_one_are_too_few_for_a_description() -> None:
    facts = facts_of([(1, "a"), (2, "b"), (3, "b")], [(1, "a")], "n", "status")
    assert not [fact for fact in facts if fact.code.endswith("condition")]


def test_repeated_rows_are_called_so() -> None:
    assert told(facts_of([(1,), (1,), (2,)], [(1,), (2,)], "n"), "duplicates_kept") == {"count": 1}
    assert told(facts_of([(1,), (2,)], [(1,), (1,), (2,)], "n"), "duplicates_removed") == {"count": 1}


def test_a_whole_multiple_of_the_rows_is_noticed() -> None:
    facts = facts_of([(i,) for i in range(6)], [(100,), (200,)], "n", base=None)
    assert told(facts, "rows_times") == {"factor": 3, "learner_rows": 6, "expected_rows": 2}


def test_no_rows_at_all_is_said() -> None:
    assert told(facts_of([], [(1,), (2,)], "n"), "no_rows") == {"expected_rows": 2}


KEYS = ("a", "b", "c", "d")
DAYS = tuple(dt.date(2024, 4, day) for day in (1, 5, 9, 30))
TIMES = tuple(dt.datetime.fromisoformat(f"2024-04-{day:02} 22:15") for day in (1, 5, 9, 30))
CELLS: dict[str, tuple[tuple[object, ...], tuple[object, ...], str, dict[str, object]]] = {
    "twice as much": ((2, 8, 14, 20), (1, 4, 7, 10), "ratio", {"factor": 2}),
    "a percentage for a share": ((10.0, 25.0, 50.0, 5.0), (0.1, 0.25, 0.5, 0.05), "ratio", {"factor": 100}),
    "hours for days": ((24.0, 48.0, 120.0, 12.0), (1.0, 2.0, 5.0, 0.5), "ratio", {"factor": 24}),
    "one too many": ((2, 5, 8, 11), (1, 4, 7, 10), "offset_above", {"amount": 1}),
    "always more": ((2, 9, 8, 30), (1, 4, 7, 10), "values_above", {"count": 4}),
    "null for zero": ((None, None, 5, None), (0, 0, 5, 0), "null_for_zero", {"count": 3}),
    "zero for null": ((0, 0, 5, 0), (None, None, 5, None), "zero_for_null", {"count": 3}),
    "null for a value": ((None, 3, 5, None), (8, 3, 5, 9), "null_for_value", {"count": 2}),
    "nine hours early": (tuple(t - dt.timedelta(hours=9) for t in TIMES), TIMES, "hours_earlier", {"hours": 9}),
    "a day late": (tuple(d + dt.timedelta(days=1) for d in DAYS), DAYS, "days_later", {"days": 1}),
    "another month, by its first day": ((dt.date(2024, 2, 1),) * 4, (dt.date(2024, 1, 1),) * 4, "months_later", {}),
    "some on the day before": ((DAYS[0], DAYS[1] - dt.timedelta(1), DAYS[2] + dt.timedelta(1), DAYS[3]), DAYS, "next_day", {"count": 2}),
    "cut to whole numbers": ((1, 3, 0, 12), (1.5, 3.25, 0.9, 12.0), "integer_part", {}),
    "rounded too far": ((1.2, 3.5, 0.9, 2.0), (1.23, 3.47, 0.91, 2.04), "rounding", {"digits": 1}),
    "rounded to whole": ((1, 3, 1, 2), (1.23, 3.47, 0.91, 2.04), "rounding_whole", {}),
    "one too many where there is none": ((1, 1, 7, 1), (0, 0, 7, 0), "offset_above_where", {"amount": 1}),
    "twice as much in some": ((2, 8, 7, 20), (1, 4, 7, 10), "ratio_where", {"factor": 2}),
    "twice as much, of nothing too": ((2, 8, 0, 20), (1, 4, 0, 10), "ratio", {"factor": 2}),
    "letter case": (("Tokyo", "b", "C", "d"), ("tokyo", "b", "c", "d"), "letter_case", {}),
    "spaces": (("to kyo", " b", "c", "d"), ("tokyo", "b", "c", "d"), "spaces", {}),
    "dates as text": (("2024/04/01", "2024/04/05", "2024/04/09", "2024/04/30"), DAYS, "date_as_text", {}),
    "numbers as text": (("1,200", "2", "3", "4.50"), (1200, 2, 3, 4.5), "number_as_text", {}),
}  # fmt: skip


@pytest.mark.parametrize(("ours", "theirs", "code", "params"), CELLS.values(), ids=CELLS.keys())
def test_what_explains_every_cell_of_a_column_is_said(
    ours: tuple[object, ...], theirs: tuple[object, ...], code: str, params: dict[str, object]
) -> None:
    facts = facts_of(list(zip(KEYS, ours, strict=True)), list(zip(KEYS, theirs, strict=True)), "k", "n")
    assert told(facts, code) == {"column": "n", **params}


@pytest.mark.parametrize(("ours", "theirs", "code", "params"), CELLS.values(), ids=CELLS.keys())
def test_every_fact_can_be_said_in_both_languages(
    ours: tuple[object, ...], theirs: tuple[object, ...], code: str, params: dict[str, object]
) -> None:
    for fact in facts_of(list(zip(KEYS, ours, strict=True)), list(zip(KEYS, theirs, strict=True)), "k", "n"):
        assert remark_sentence("shape", fact, "ja") != remark_sentence("shape", fact, "en")


def test_one_cell_that_happens_to_be_double_is_no_pattern() -> None:
    facts = facts_of([("a", 4)], [("a", 2)], "k", "n")
    assert "ratio" not in [fact.code for fact in facts]


def test_a_near_value_is_not_taken_for_a_rounded_one() -> None:
    facts = facts_of([("a", 1.3226)], [("a", 1.2581)], "k", "n")
    assert "rounding" not in [fact.code for fact in facts]


def test_a_pattern_must_hold_on_the_other_databases_too() -> None:
    def evidence(ours: list[Row], theirs: list[Row]) -> Evidence:
        left, right = result_of(ours, "k", "n"), result_of(theirs, "k", "n")
        found = compare(left, Reference(right), Rules())
        assert isinstance(found, Diff)
        return Evidence(left, right, found)

    doubled = evidence([("a", 2), ("b", 8), ("c", 6)], [("a", 1), ("b", 4), ("c", 3)])
    other = evidence([("a", 7)], [("a", 5)])
    assert "ratio" in [fact.code for fact in difference_facts(doubled, [doubled])]
    assert "ratio" not in [fact.code for fact in difference_facts(doubled, [other])]


def two_results(ours: Result, theirs: Result) -> Evidence:
    found = compare(ours, Reference(theirs), Rules())
    assert isinstance(found, Diff)
    return Evidence(ours, theirs, found)


def test_a_column_is_called_what_the_learner_sees_above_it() -> None:
    ours, theirs = result_of([(1, 0)], "k", "ended"), result_of([(1, 5)], "k", "cancelled_later")
    assert told(list(difference_facts(two_results(ours, theirs))), "only_column") == {"column": "ended"}


def test_nothing_is_said_of_values_by_their_places_where_the_names_stand_in_another_order() -> None:
    ours, theirs = result_of([("a", 5, None)], "k", "m", "n"), result_of([("a", 3, 7)], "k", "n", "m")
    assert "null_for_value" not in [fact.code for fact in difference_facts(two_results(ours, theirs))]


def test_the_other_columns_are_not_called_right_where_they_are_wrong_elsewhere() -> None:
    shown = two_results(result_of([("a", 1, 2)], "k", "m", "n"), result_of([("a", 1, 3)], "k", "m", "n"))
    other = two_results(result_of([("a", 4, 2)], "k", "m", "n"), result_of([("a", 1, 2)], "k", "m", "n"))
    assert "only_column" in [fact.code for fact in difference_facts(shown, [shown])]
    assert "only_column" not in [fact.code for fact in difference_facts(shown, [other])]


def test_totals_of_no_rows_hide_no_fact_about_rows() -> None:
    one, two, three = (two_results(result_of([(n, 5)], "m", "n"), result_of([(n - 1, 5)], "m", "n")) for n in (2, 5, 9))
    of_none = two_results(result_of([(None, None)], "m", "n"), result_of([(0, 0)], "m", "n"))
    facts = list(difference_facts(one, [one, two, three, of_none]))
    assert told(facts, "offset_above") == {"column": "m", "amount": 1}
    assert "only_column" not in [fact.code for fact in facts]


def test_one_row_is_not_counted_where_a_total_is_blank() -> None:
    of_none = two_results(result_of([(0, None)], "m", "n"), result_of([(0, 0)], "m", "n"))
    assert told(list(difference_facts(of_none)), "null_for_zero_alone") == {"column": "n"}


def test_nothing_counted_is_no_whole_part() -> None:
    facts = facts_of([("a", 0)], [("a", 0.5)], "k", "n")
    assert "integer_part" not in [fact.code for fact in facts]


def test_the_missing_column_is_named() -> None:
    ours, theirs = result_of([(1,)], "guest_id"), result_of([(1, 2)], "guest_id", "age")
    found = compare(ours, Reference(theirs), Rules())
    assert isinstance(found, Diff)
    facts = list(difference_facts(Evidence(ours, theirs, found)))
    assert told(facts, "column_missing") == {"column": "age"}


def test_no_column_is_named_missing_where_a_lost_comma_gave_its_name_to_another() -> None:
    ours = Result(("registered_at",), ("INTEGER",), ((1,),))
    theirs = Result(("guest_id", "registered_at"), ("INTEGER", "DATE"), ((1, dt.date(2025, 12, 1)),))
    found = compare(ours, Reference(theirs), Rules())
    assert isinstance(found, Diff)
    assert "column_missing" not in [fact.code for fact in difference_facts(Evidence(ours, theirs, found))]


def test_an_answer_that_never_changes_is_called_constant() -> None:
    ours = result_of([(1,)], "n")
    outcomes = []
    for expected in ([(1,)], [(2,)], [(3,), (4,)]):
        reference = Reference(result_of(list(expected), "n"))
        found = compare(ours, reference, Rules())
        outcomes.append((BASE, RunOutcome(ours, reference, found if isinstance(found, Diff) else None)))
    facts = shape_facts(outcomes[1][1], BASE, outcomes, SCHEMA, "SELECT COUNT(*) FROM guests")
    assert facts[0] == Remark("constant_result")


def test_a_renamed_key_still_leads_to_its_table() -> None:
    assert shown_columns("SELECT g.guest_id AS no, COUNT(*) FROM guests g GROUP BY ALL") == ("guest_id", "")
