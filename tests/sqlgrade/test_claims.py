"""What a sentence claims is true of the answer that it is said of; where it would not be, less is said."""

import pytest

from sqlgrade.diagnose.classifier import Classifier, Named
from sqlgrade.diagnose.diagnosis import RefutedAnswer
from sqlgrade.diagnose.facts.known_values import KnownValues
from sqlgrade.diagnose.facts.mutants_alike import has_what_is_said
from sqlgrade.diagnose.near_miss import is_meant
from sqlgrade.diagnose.praise import clauses_kept
from sqlgrade.diagnose.repairs.search import Change
from sqlgrade.judging.judge import Judge
from sqlgrade.mutate.mutant import edit
from sqlgrade.pack.building import build_pack
from sqlgrade.pack.contents import KnownMistake, Pack
from sqlgrade.query.clause import Clause
from sqlgrade.query.columns import SchemaColumns
from sqlgrade.query.query import Query
from sqlgrade.record import Exercise, Solution
from sqlgrade.tables.result import Result

DDL = """
CREATE TABLE people (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, age INTEGER, is_test BOOLEAN NOT NULL);
CREATE TABLE visits (
  id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES people (id), yen INTEGER,
  came_at TIMESTAMP NOT NULL, is_paid BOOLEAN NOT NULL
);
CREATE TABLE clubs (id INTEGER PRIMARY KEY, grade VARCHAR, CHECK (grade IN ('Gold', 'Plain')));
"""
JOINED = "SELECT p.id, COUNT(v.id) AS n FROM people p LEFT JOIN visits v ON v.person_id = p.id GROUP BY p.id"
RANGE = "SUM(yen) OVER (ORDER BY came_at RANGE BETWEEN INTERVAL 7 DAY PRECEDING AND CURRENT ROW)"
STEPS = "WITH s AS (SELECT id, yen AS n FROM visits) SELECT a.n, a.n AS m FROM s a JOIN s b ON b.id = a.id + 1"
TWICE = "SELECT a.yen AS n FROM visits a JOIN visits b ON b.id = a.id + 1"
BY_YEAR = "SELECT COUNT(*) AS n FROM visits GROUP BY year(came_at)"
STEP = "WITH s AS (SELECT person_id, SUM(yen) AS y FROM visits GROUP BY person_id) SELECT person_id, MAX(y) AS m FROM s GROUP BY person_id"
FIRST = "WITH s AS (SELECT id, yen FROM visits ORDER BY yen LIMIT 3) SELECT id FROM s WHERE yen > 3"
INNER = "SELECT x.y FROM (SELECT DISTINCT yen AS y FROM visits) x"

CLAIMS = {
    "rows that ORDER BY does not tell apart see each other, and no more than they should besides": (
        "SUM(yen) OVER (ORDER BY came_at)", "SUM(yen) OVER (ORDER BY came_at ROWS UNBOUNDED PRECEDING)", "ties_together",
    ),
    "a name is no number that COUNT should have left alone": (
        "SELECT COUNT(p.id) AS n FROM people p", "SELECT p.name AS n FROM people p", "calculation_other",
    ),
    "an aggregate in another calculation may be right there": (
        "MAX(yen) - 5", "SUM(yen) + 7", "calculation_other",
    ),
    "what is wrong in two columns is told of the one that divides nothing": (
        "SELECT AVG(yen) AS a, COUNT(*) / (AVG(yen) + 20) AS b FROM visits",
        "SELECT SUM(yen) AS a, COUNT(*) / (SUM(yen) + 20) AS b FROM visits",
        "aggregate_avg",
    ),
    "the other one of a step that stands twice is no other table": (
        STEPS, STEPS.replace("a.n, a.n", "a.n, b.n"), "column_of_other_alias",
    ),
    "a column without blanks has none to count": ("COUNT(*) * 2", "COUNT(id)", "aggregate_of_other"),
    "a range of days does not begin so many rows too early": (RANGE.replace("7 DAY", "8 DAY"), RANGE, "window_frame"),
    "a frame beside an order that is not asked for narrows what each row sees": (
        "SUM(yen) OVER (ORDER BY id ROWS BETWEEN 6 PRECEDING AND CURRENT ROW)", "SUM(yen) OVER ()", "frame_extra",
    ),
    "a FILTER narrows what is counted": (
        "COUNT(*) FILTER (WHERE is_paid)", "COUNT(CASE WHEN is_paid AND yen > 3 THEN 1 END)", "aggregate_of_other",
    ),
    "so does a WHERE": (
        "SELECT COUNT(*) AS n FROM visits WHERE is_paid", "SELECT COUNT(CASE WHEN is_paid AND yen > 3 THEN 1 END) AS n FROM visits WHERE is_paid", "aggregate_of_other",
    ),
    "a count of some rows is no other calculation than a count": ("COUNT(*)", "COUNT_IF(is_paid)", "filter_missing"),
    "ones added up by IF are a count as well": ("SUM(IF(is_paid, 1, 0))", "COUNT(CASE WHEN yen > 3 THEN 1 END)", "ones_of_others"),
    "ones added up without ELSE are told by their condition": ("SUM(CASE WHEN is_paid THEN 1 END)", "COUNT(CASE WHEN yen > 3 THEN 1 END)", "ones_of_others"),
    "yes and no made a number is a count as well": ("SUM(is_paid::INT)", "COUNT(*)", "calculation_other"),
    "a total that is filled is not blank": (
        "COALESCE(SUM(CASE WHEN is_paid THEN yen END), 0)", "COALESCE(COUNT(CASE WHEN is_paid THEN yen END), 0)", "calculation_part",
    ),
    "one added up for each row counts rows": ("SUM(1)", "COUNT(DISTINCT person_id)", "rows_for_people"),
    "what is counted once under another condition is the right column": (
        "COUNT(DISTINCT CASE WHEN is_paid THEN person_id END)", "COUNT(DISTINCT CASE WHEN yen > 3 THEN person_id END)", "ones_of_others",
    ),
    "IF counts what it gives the others as CASE does": ("COUNT(IF(is_paid, 1, 0))", "COUNT(IF(is_paid, 1, NULL))", "else_counted"),
    "a value that IF gives the others is one more": ("COUNT(DISTINCT IF(is_paid, person_id, 0))", "COUNT(DISTINCT IF(is_paid, person_id, NULL))", "else_counted_once"),
    "a CASE that leaves its WHEN blank does not count every row": (
        "COUNT(CASE WHEN is_paid THEN NULL ELSE 1 END)", "COUNT(CASE WHEN is_paid THEN 1 END)", "else_needless",
    ),
    "nor does one whose ELSE may be blank": ("COUNT(CASE WHEN id > 3 THEN 1 ELSE yen END)", "COUNT(CASE WHEN id > 3 THEN 1 END)", "else_needless"),
    "two conditions in another's place count no other column": (
        "COUNT(CASE WHEN is_paid THEN 1 WHEN yen = 3 THEN 1 END)", "COUNT(CASE WHEN yen > 3 THEN 1 END)", "calculation_part",
    ),
    "yes and no is not what is wrong where neither is asked for": ("COUNT(is_paid)", "COUNT(DISTINCT person_id)", "rows_for_people"),
    "a condition OR NULL counts no noes": ("COUNT(is_paid OR NULL)", "COUNT(CASE WHEN is_paid AND yen > 3 THEN 1 END)", "aggregate_of_other"),
    "a mean is not told to be no median where another quantile is asked for": ("AVG(yen)", "quantile_cont(yen, 0.9)", "aggregate_avg"),
    "nor is a median told of the middle two then": ("quantile_disc(yen, 0.5)", "quantile_cont(yen, 0.9)", "calculation_other"),
    "the kind of aggregate is not blamed where its condition differs, too": (
        "MAX(CASE WHEN is_paid THEN yen END)", "SUM(CASE WHEN id > 3 THEN yen END)", "calculation_other",
    ),
    "nor in a window": (
        "SUM(CASE WHEN is_paid THEN 1 ELSE 0 END) OVER (ORDER BY id)", "COUNT(CASE WHEN yen > 3 THEN 1 END) OVER (ORDER BY id)", "ones_of_others",
    ),
    "blanks of the first table are not missing matches": (JOINED.replace("v.id)", "*)"), JOINED.replace("v.id)", "p.age)"), "blanks_counted"),
    "a function that leaves out what belongs inside it is no missing bracket": (
        "FLOOR(yen) / 10", "FLOOR(yen / 10)", "function_takes_little",
    ),
    "nor is one that takes in what belongs outside": ("FLOOR((2025 - yen) / 10 * 10)", "FLOOR((2025 - yen) / 10) * 10", "function_takes_much"),
    "brackets inside of a function are still brackets": ("FLOOR(yen - 2 * id)", "FLOOR((yen - 2) * id)", "brackets_missing"),
    "decimals are not what is wrong with a division of other numbers": ("yen // 10", "yen * 1.0 / 60", "calculation_other"),
    "nor are decimals that are kept": ("yen / 10", "id // 10", "calculation_other"),
    "a divisor that CASE asks for has an answer for 0": (
        "CASE WHEN id = 0 THEN NULL ELSE yen / id END", "CASE WHEN id = 0 THEN NULL ELSE yen / NULLIF(id, 0) END", "calculation_unfinished",
    ),
    "the other one of a table that stands twice is no other table": (TWICE, TWICE.replace("a.yen", "b.yen"), "column_of_other_alias"),
    "a column as it stands is not computed": ("came_at", "CAST(came_at AS DATE)", "column_as_it_is"),
    "what was worked out in a step before does not stand there as it is": (
        "WITH s AS (SELECT yen + 1 AS y FROM visits) SELECT y AS n FROM s",
        "WITH s AS (SELECT yen + 1 AS y FROM visits) SELECT length(y || '') AS n FROM s",
        "calculation_other",
    ),
    "a column of an inner step is not shown": (
        "WITH s AS (SELECT yen AS y FROM visits) SELECT MAX(y) AS m FROM s",
        "WITH s AS (SELECT id AS y FROM visits) SELECT MAX(y) AS m FROM s",
        "column_handed_on",
    ),
    "the right column that is to be added up first is no other column": ("COALESCE(yen, 0)", "COALESCE(SUM(yen), 0)", "calculation_unfinished"),
    "a column that GROUP BY has a part of is not missing there": (
        BY_YEAR, BY_YEAR.replace("(came_at)", "(came_at), month(came_at)"), "group_coarser",
    ),
    "a step without GROUP BY is named where others have one": (
        STEP.replace("visits GROUP BY person_id", "visits"), STEP, "no_grouping_in",
    ),
    "what OVER splits by is split": (
        "SELECT person_id, SUM(yen) OVER (PARTITION BY person_id) AS s FROM visits",
        "SELECT person_id, SUM(yen) AS s FROM visits GROUP BY person_id",
        "not_grouped",
    ),
    "the same key of another table groups by nothing else": (
        "SELECT COUNT(*) AS n FROM people p JOIN visits v ON v.id > p.id GROUP BY v.id",
        "SELECT COUNT(*) AS n FROM people p JOIN visits v ON v.id > p.id GROUP BY p.id",
        "column_of_other_table",
    ),
    "the same rows come again in the query in FROM": (INNER.replace("DISTINCT ", ""), INNER, "rows_repeated_in"),
    "a LIMIT at the end does not come before anything": (FIRST.replace(" LIMIT 3", "") + " LIMIT 3", FIRST, "limit_late"),
    "a column as it stands cuts no parts": ("yen", "NTILE(3) OVER (ORDER BY yen)", "calculation_other"),
    "a query in brackets looks across rows": (
        "(SELECT SUM(w.yen) FROM visits w WHERE w.id <= visits.id)", "SUM(yen) OVER (ORDER BY id)", "calculation_other",
    ),
    "the opposite asked and given the other way round lets blanks through ELSE": (
        "CASE WHEN yen > 3 THEN 0 ELSE 4 END", "CASE WHEN yen <= 3 THEN 4 ELSE 0 END", "else_catches",
    ),
    "what a CASE gives is not what it asks for": (
        "SELECT CASE WHEN grade = 'gold' THEN 'gold' ELSE 'other' END AS g FROM clubs",
        "SELECT CASE grade WHEN 'Gold' THEN 'gold' ELSE 'other' END AS g FROM clubs", "value_case",
    ),
    "the right column under another condition is no other column": (
        "SUM(CASE WHEN is_paid THEN yen END) OVER (ORDER BY id)", "SUM(yen) OVER (ORDER BY id)", "value_narrowed",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def pack() -> Pack:
    return build_pack(Exercise("x", DDL, (Solution("SELECT id FROM people"),)))


def named(answer: str, repaired: str, pack: Pack) -> Named | None:
    answer, repaired = (
        each if each.startswith(("SELECT", "WITH")) else f"SELECT {each} AS n FROM visits"
        for each in (answer, repaired)
    )
    return Classifier(Query(answer, SchemaColumns.of(pack.schema)), answer, KnownValues(pack)).name(repaired)


@pytest.mark.parametrize("claim", CLAIMS)
def test_what_is_claimed_is_true_of_the_answer(claim: str, pack: Pack) -> None:
    answer, repaired, mistake = CLAIMS[claim]
    found = named(answer, repaired, pack)
    assert found is not None
    assert found.mistake.key == mistake


def test_a_column_that_an_inner_step_lacks_is_not_missing_from_the_result(pack: Pack) -> None:
    step = "WITH s AS (SELECT id, yen FROM visits) SELECT id FROM s"
    assert named(step.replace(", yen", ""), step, pack) is None


def test_a_step_without_order_is_not_told_of_where_the_result_has_one(pack: Pack) -> None:
    steps = "WITH s AS (SELECT id, yen FROM visits ORDER BY yen LIMIT 3) SELECT id FROM s ORDER BY id"
    assert named(steps.replace(" ORDER BY yen", ""), steps, pack) is None


def test_a_long_quote_does_not_end_inside_a_text(pack: Pack) -> None:
    answer = "CASE WHEN name = 'a b c d e f g h i j k l m' THEN 'n o p q r s t u' ELSE 'v w x y z a b c d e f g' END"
    found = named(f"SELECT {answer} || '!' AS n FROM people", "SELECT upper(name) AS n FROM people", pack)
    assert found is not None
    assert found.mistake.params["own"] == "CASE WHEN name = … END || '!'"


def test_a_near_miss_is_not_meant_where_the_text_shows_another_mistake(pack: Pack) -> None:
    """The rows may be the same: what stands in the text decides, and not a hint about what is right in it."""
    solution = "SELECT id, ROW_NUMBER() OVER (PARTITION BY person_id ORDER BY yen DESC, id) AS n FROM visits"
    answer = solution.replace(" DESC", "")
    learner = Query(answer, SchemaColumns.of(pack.schema))
    classifier = Classifier(learner, answer, KnownValues(pack))
    case = RefutedAnswer(answer, learner, (Query(solution, learner.schema),), (), None, classifier)  # type: ignore[arg-type]
    window = edit(learner.tree, learner.tree, "E37", Clause.WINDOW)
    known = KnownMistake(
        "one row of numbers", solution.replace("PARTITION BY person_id ", ""), "E37", "WINDOW", authored=True,
        outcomes=(Result(("id",), ("INTEGER",), ((1,),)),),
    )  # fmt: skip
    found = classifier.name(solution)
    assert found is not None
    assert found.mistake.key == "window_reversed"
    assert not is_meant(known, answer, [Change(window, "distil", solution, Clause.WINDOW)], found, case)
    assert not is_meant(known, answer, [], found, case)


def test_no_clause_is_called_right_that_the_change_touches(pack: Pack) -> None:
    solution = "SELECT p.id, COUNT(v.id) AS n FROM people p LEFT JOIN visits v ON v.person_id = p.id AND v.is_paid GROUP BY p.id"
    learner = Query(solution.replace("AND v.is_paid", "WHERE v.is_paid"), SchemaColumns.of(pack.schema))
    moved = Change(edit(learner.tree, learner.tree, "E29", Clause.WHERE), "distil", solution, Clause.WHERE)
    assert clauses_kept(learner, moved, [Query(solution, learner.schema)]) == ["GROUP BY", "SELECT"]


def test_nothing_is_said_of_a_window_to_an_answer_that_gets_the_same_rows_without(pack: Pack) -> None:
    without = Query("SELECT MAX(id) AS id FROM visits GROUP BY person_id", SchemaColumns.of(pack.schema))
    assert not has_what_is_said("E37", without)
    assert has_what_is_said("E26", without)
    ranked = Query("SELECT id FROM visits QUALIFY ROW_NUMBER() OVER (ORDER BY id) = 1", without.schema)
    assert has_what_is_said("E37", ranked)


def test_a_star_in_a_step_shows_nothing(pack: Pack) -> None:
    inside = "WITH s AS (SELECT *, yen + 1 AS y FROM visits) SELECT id, y - 1 AS n FROM s"
    found = named(inside, inside.replace("*, yen + 1", "id, yen").replace("y - 1", "y"), pack)
    assert found is None or found.mistake.key != "every_column"


def test_a_window_is_what_its_name_says_of_it(pack: Pack) -> None:
    """PARTITION BY may stand in the WINDOW clause, and is quoted from there."""
    answer = "SELECT id, RANK() OVER w AS n FROM visits WINDOW w AS (PARTITION BY person_id ORDER BY yen)"
    meant = "SELECT id, RANK() OVER (PARTITION BY person_id ORDER BY came_at) AS n FROM visits"
    found = named(answer, meant, pack)
    assert found is not None
    assert (found.mistake.key, found.mistake.params["key"]) == ("window_order", "yen")


def test_a_split_that_is_missing_is_called_as_the_learner_calls_it(pack: Pack) -> None:
    answer = "SELECT year(came_at) AS y, RANK() OVER (ORDER BY yen) AS n FROM visits"
    found = named(answer, answer.replace("(ORDER", "(PARTITION BY YEAR(came_at) ORDER"), pack)
    assert found is not None
    assert (found.mistake.key, found.mistake.params["column"]) == ("partition_missing", "y")


def test_of_a_window_only_what_makes_it_wrong_is_told() -> None:
    """A month by another function is the same split; the missing key of ORDER BY is what differs."""
    answer = "SELECT id, ROW_NUMBER() OVER (PARTITION BY strftime(came_at, '%Y-%m') ORDER BY yen, id) AS n FROM visits"
    right = answer.replace("strftime(came_at, '%Y-%m')", "date_trunc('month', came_at)").replace(
        "yen,", "yen, person_id,"
    )
    exercise = build_pack(Exercise("w", DDL, (Solution(right),)))
    found = Judge().grade(exercise, answer, deep=True).findings[0]
    assert (found.mistake, found.params["column"], found.params["key"]) == ("window_ties_other", "yen", "id")


def test_all_joins_that_repeat_rows_are_named() -> None:
    """The last one alone is not to blame where the first repeats as many."""
    solution = (
        "SELECT COUNT(*) AS n, (SELECT COUNT(DISTINCT person_id) FROM visits) AS m, (SELECT COUNT(DISTINCT club_id) FROM members) AS k"
        " FROM people"
    )
    ddl = (
        DDL
        + "CREATE TABLE members (id INTEGER PRIMARY KEY, club_id INTEGER, person_id INTEGER NOT NULL REFERENCES people (id));"
    )
    answer = (
        "SELECT COUNT(p.id) AS n, COUNT(DISTINCT v.person_id) AS m, COUNT(DISTINCT w.club_id) AS k FROM people p"
        " LEFT JOIN visits v ON v.person_id = p.id LEFT JOIN members w ON w.person_id = p.id"
    )
    found = Judge().grade(build_pack(Exercise("j", ddl, (Solution(solution),))), answer, deep=True).findings[0]
    assert (found.mistake, found.params["table"]) == ("join_multiplied", "visits, members")
