"""What an answer's own text lets one undo is told before what a right answer in another style has; running it proves the rest."""

from types import SimpleNamespace

import pytest
from sqlglot import exp
from sqlglot import parse_one as parse

from sqlgrade.diagnose.classifier import Classifier
from sqlgrade.diagnose.facts.known_values import KnownValues
from sqlgrade.diagnose.reading.contrast import Part
from sqlgrade.diagnose.reading.trees import place_in
from sqlgrade.diagnose.repairs.from_text.slips import slips
from sqlgrade.diagnose.repairs.rewritten import in_names_of, qualified
from sqlgrade.judging.judge import Judge
from sqlgrade.pack.building import build_pack
from sqlgrade.query.columns import SchemaColumns
from sqlgrade.query.query import Query
from sqlgrade.record import Clock, Exercise, Solution

DDL = """
CREATE TABLE towns (town VARCHAR PRIMARY KEY);
CREATE TABLE people (id INTEGER PRIMARY KEY, age INTEGER, town VARCHAR NOT NULL REFERENCES towns (town));
CREATE TABLE visits (
  id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES people (id), yen INTEGER NOT NULL, is_paid BOOLEAN NOT NULL,
  left_at TIMESTAMP, came_at TIMESTAMP NOT NULL
);
"""
PAID = """
WITH paid AS (SELECT person_id, COUNT(*) AS n FROM visits WHERE is_paid GROUP BY person_id)
SELECT p.id, COALESCE(x.n, 0) AS n FROM people AS p LEFT JOIN paid AS x ON x.person_id = p.id
"""
KEPT = """
WITH met AS (
  SELECT p.id, COUNT(*) AS n FROM people AS p LEFT JOIN visits AS v ON v.person_id = p.id AND v.is_paid GROUP BY p.id
)
SELECT p.id, m.n FROM people AS p LEFT JOIN met AS m ON m.id = p.id
"""
SIDES = "SELECT person_id, SUM(yen) AS yen FROM (SELECT person_id, yen FROM visits UNION SELECT id, 0 FROM people) AS s GROUP BY 1"
BY_SIDE = "SELECT p.id, COALESCE(SUM(v.yen), 0) AS yen FROM people AS p LEFT JOIN visits AS v ON v.person_id = p.id GROUP BY p.id"
SPLIT = "SELECT person_id, SUM(CASE WHEN {} THEN 1{} END) AS big, COUNT(*) AS n FROM visits GROUP BY person_id"

LISTED = "SELECT t.town, COUNT(p.id) AS n FROM {} AS t LEFT JOIN people AS p ON p.town = t.town GROUP BY t.town"
LONELY = "SELECT id FROM people AS p WHERE NOT EXISTS (SELECT 1 FROM visits AS v WHERE v.person_id = p.id)"
UNPAID = "SELECT p.id FROM people AS p LEFT JOIN visits AS v ON v.person_id = p.id WHERE v.left_at IS NULL"
MEAN = "SELECT SUM(yen) * 1.0 / COUNT(*) FILTER (WHERE is_paid) AS r FROM visits"
LAST = """
SELECT person_id, id, yen FROM visits QUALIFY ROW_NUMBER() OVER (PARTITION BY person_id ORDER BY came_at DESC, id DESC) = 1
"""
BY_NUMBER = "SELECT person_id, MAX(id) AS id, arg_max(yen, id) AS yen FROM visits GROUP BY person_id"
FIRST = "SELECT person_id, arg_min(id, (came_at, id)) AS id FROM visits GROUP BY person_id"
FIRST_NUMBER = (
    "SELECT v.person_id, v.id FROM visits AS v JOIN (SELECT person_id, MIN(id) AS id FROM visits GROUP BY person_id) AS f "
    "ON f.id = v.id"
)
SEEN = "SELECT id, LAG(yen) OVER (PARTITION BY person_id ORDER BY came_at, id) AS before FROM visits"
SEEN_LESS = """
SELECT a.id, (
  SELECT arg_max(b.yen, (b.came_at, b.id)) FROM visits AS b WHERE b.person_id = a.person_id AND b.came_at < a.came_at
) AS before FROM visits AS a
"""
SHARE = "SELECT person_id, AVG(CAST(NOT is_paid AS INTEGER)) AS r FROM visits GROUP BY person_id"
TURNED = (
    "SELECT person_id, AVG(CASE WHEN is_paid THEN 1 WHEN NOT is_paid THEN 0 END) AS r FROM visits GROUP BY person_id"
)
HOURS = "SELECT id, hour(came_at - INTERVAL 5 HOUR) + 5 AS h FROM visits"
HOURS_MOVED = "SELECT id, CASE WHEN hour(came_at) <= 5 THEN hour(came_at) + 24 ELSE hour(came_at) END AS h FROM visits"

PARAMS = "WITH params AS (SELECT 700 AS goal_yen){} "
GOAL = f"{PARAMS.format('')}SELECT v.id, ROUND(v.yen * 1.0 / p.goal_yen, 3) AS part FROM visits AS v CROSS JOIN params AS p"
OF_GOAL = (
    f"{PARAMS.format(', paid AS (SELECT id, yen FROM visits)')}"
    "SELECT id, ROUND(yen / SUM(yen) OVER (), 3) AS part FROM paid"
)
PLACES = "SELECT id, ROW_NUMBER() OVER (ORDER BY yen DESC, id) AS n FROM visits"
PLACES_BY_ID = "WITH s AS (SELECT id, person_id FROM visits) SELECT id, ROW_NUMBER() OVER (ORDER BY person_id DESC, id) AS n FROM s"

TWICE = "SELECT COUNT(*) AS n FROM (SELECT person_id, yen FROM visits GROUP BY person_id, yen HAVING COUNT(*) > 1) AS d"
TWICE_BY_ROW = (
    "SELECT COUNT(*) AS n FROM visits AS v WHERE "
    "(SELECT COUNT(*) FROM visits AS o WHERE o.person_id = v.person_id AND o.yen = v.yen) > 1"
)

PAID_VISITS = "WITH paid AS (SELECT person_id, id FROM visits WHERE is_paid) SELECT person_id, COUNT(id) AS n FROM paid GROUP BY 1"
PAID_VISITS_LEFT = (
    "SELECT person_id, COUNT(CASE WHEN is_paid AND left_at IS NOT NULL THEN 1 END) AS n FROM visits GROUP BY 1 "
    "HAVING BOOL_OR(is_paid)"
)

BY_DAY = (
    "WITH d AS (SELECT CAST(came_at + INTERVAL 4 HOUR AS DATE) AS day FROM visits) "
    "SELECT day, COUNT(*) AS n FROM d WHERE day BETWEEN DATE '2025-12-01' AND DATE '2025-12-31' GROUP BY day"
)
BY_OTHER_DAY = (
    "SELECT CAST(came_at + INTERVAL 9 HOUR AS DATE) AS day, COUNT(*) AS n FROM visits "
    "WHERE came_at >= TIMESTAMP '2025-11-30 15:00' AND came_at < TIMESTAMP '2025-12-31 15:00' GROUP BY 1"
)
BEFORE_BY_SIZE = "SELECT person_id, LAG(SUM(yen)) OVER (ORDER BY SUM(yen)) AS before FROM visits GROUP BY 1"
NEWEST = (
    "SELECT person_id, id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY person_id ORDER BY came_at DESC, id) AS n FROM visits) AS s "
    "WHERE n = 1"
)
NEWEST_TIED = "SELECT person_id, id FROM visits QUALIFY RANK() OVER (PARTITION BY person_id ORDER BY came_at DESC) = 1"
BANDS = (
    "SELECT id, CASE WHEN yen < 3 THEN 'low' WHEN yen BETWEEN 3 AND 8 THEN 'mid' ELSE 'high' END AS band FROM visits"
)
BANDS_LATE = "SELECT id, CASE WHEN yen >= 3 THEN 'mid' WHEN yen > 8 THEN 'high' ELSE 'low' END AS band FROM visits"
CAME = (
    "SELECT p.town, COUNT(*) AS n, SUM(CASE WHEN p.id IN (SELECT person_id FROM visits WHERE is_paid) THEN 1 ELSE 0 END) AS came "
    "FROM people AS p GROUP BY p.town"
)
CAME_BY_ROW = (
    "WITH s AS (SELECT p.town, CASE WHEN v.id IS NOT NULL THEN 1 ELSE 0 END AS came FROM people AS p "
    "LEFT JOIN visits AS v ON v.person_id = p.id AND v.is_paid) SELECT town, COUNT(*) AS n, SUM(came) AS came FROM s GROUP BY town"
)
BEFORE = (
    "WITH m AS (SELECT person_id, SUM(yen) AS y FROM visits GROUP BY 1) "
    "SELECT person_id, LAG(y) OVER (ORDER BY person_id) AS before FROM m"
)
SHARE_PAID = (
    "SELECT person_id, ROUND(AVG(CASE WHEN is_paid THEN 1.0 ELSE 0 END), 3) AS r FROM visits GROUP BY person_id"
)
SHARE_OF_OTHERS = "SELECT person_id, ROUND(COUNT(CASE WHEN is_paid THEN 1 END) * 1.0 / COUNT(DISTINCT yen), 3) AS r FROM visits GROUP BY 1"
AGES = "SELECT id, COUNT(*) OVER (PARTITION BY age) AS n FROM people"
AGES_JOINED = (
    "WITH s AS (SELECT age, COUNT(*) AS n FROM people GROUP BY age) SELECT p.id, s.n FROM people AS p JOIN s {}"
)


@pytest.fixture(scope="module")
def pack():
    return build_pack(Exercise("s", DDL, (Solution(PAID),)))


@pytest.mark.parametrize(
    ("solution", "answer", "told"),
    [
        (PAID, KEPT, "outer_rows_counted"),
        (BY_SIDE, SIDES, "union_merges"),
        (LISTED.format("towns"), LISTED.format("(SELECT DISTINCT town FROM people)"), "only_occurring"),
        (LONELY, UNPAID, "blank_with_match"),
        ("SELECT SUM(yen) / SUM(id) AS r FROM visits", "SELECT AVG(yen / id) AS r FROM visits", "mean_of_rates"),
        (MEAN, "SELECT AVG(CASE WHEN is_paid THEN yen END) AS r FROM visits", "numerator_narrowed"),
        (SPLIT.format("yen > 500", " ELSE 0"), SPLIT.format("NOT yen <= 500", ""), "sum_without_else"),
        (LAST, BY_NUMBER, "number_for_latest"),
        (FIRST, FIRST_NUMBER, "number_for_earliest"),
        (SEEN, SEEN_LESS, "tie_passed_over"),
        (SHARE, TURNED, "ones_exchanged"),
        (HOURS, HOURS_MOVED, "bound_included"),
        (GOAL, OF_GOAL, "denominator"),
        (PLACES, PLACES_BY_ID, "window_order"),
        (TWICE, TWICE_BY_ROW, "rows_for_people"),
        (PAID_VISITS, PAID_VISITS_LEFT, "condition_extra"),
        (BY_DAY, BY_OTHER_DAY, "clock_ahead"),
        (NEWEST, NEWEST_TIED, "window_ties"),
        (BEFORE, BEFORE_BY_SIZE, "window_order"),
        (BANDS, BANDS_LATE, "branch_late"),
        (CAME, CAME_BY_ROW, "join_for_exists"),
        (
            BEFORE,
            BEFORE.replace("LAG(y)", "LEAD(SUM(yen))").replace("FROM m", "FROM visits GROUP BY 1"),
            "lead_for_lag",
        ),
        (SHARE_PAID, SHARE_OF_OTHERS, "denominator"),
        (
            "SELECT a.s - b.s AS d FROM (SELECT SUM(yen) AS s FROM visits) AS a, (SELECT SUM(age) AS s FROM people) AS b",
            "SELECT (SELECT SUM(age) FROM people) - (SELECT SUM(yen) FROM visits) AS d",
            "difference_turned",
        ),
        (AGES, AGES_JOINED.format("USING (age)"), "blanks_never_meet"),
        (AGES, AGES_JOINED.format("ON s.age = p.age"), "blanks_never_meet"),
        (
            "SELECT age, COUNT(*) AS n FROM people GROUP BY age",
            "SELECT a.age, (SELECT COUNT(*) FROM people AS p WHERE p.age = a.age) AS n FROM (SELECT DISTINCT age FROM people) AS a",
            "blanks_never_meet",
        ),
        (
            "SELECT id FROM visits WHERE yen IN (3, 8) AND is_paid AND left_at IS NULL",
            "SELECT id FROM visits WHERE yen = 3 AND is_paid AND left_at IS NULL UNION ALL SELECT id FROM visits WHERE yen = 8 AND is_paid",
            "condition_missing_of",
        ),
        (
            "SELECT id FROM visits WHERE yen IN (3, 8) AND is_paid AND left_at IS NULL",
            (
                "SELECT id FROM (SELECT id FROM visits WHERE yen = 3 AND is_paid AND left_at IS NULL "
                "UNION ALL SELECT id FROM visits WHERE yen = 8 AND is_paid) AS u"
            ),
            "condition_missing_in",
        ),
        (
            "SELECT v.id FROM visits AS v JOIN people AS p ON p.id = v.person_id WHERE p.age > 5",
            (
                "SELECT v.id FROM visits AS v JOIN people AS p ON p.id = v.person_id AND p.age > 5 "
                "JOIN towns AS t ON t.town = p.town AND t.town <> 'x'"
            ),
            "condition_extra",
        ),
    ],
)
def test_a_slip_is_told_though_the_right_answer_is_written_in_another_way(solution, answer, told):
    pack = build_pack(Exercise(told, DDL, (Solution(solution),), clock=Clock(9, day_begins=5)))
    assert Judge().grade(pack, answer, deep=True).findings[0].mistake == told


def test_days_are_taken_for_those_of_another_clock_only_where_the_exercise_has_one():
    learner = Query(BY_OTHER_DAY, SchemaColumns.of(build_pack(Exercise("x", DDL, (Solution(BY_DAY),))).schema))
    moved = [
        {edit.tree.sql() for edit in slips(learner, clock)} for clock in (None, Clock(9), Clock(9, 5), Clock(8, 3))
    ]
    assert moved[0] == moved[1] == moved[3] < moved[2]


def test_a_query_without_slips_has_none_to_undo(pack):
    assert not list(slips(Query(PAID, SchemaColumns.of(pack.schema))))


def test_a_join_by_using_stands_in_the_way_of_no_other_slip(pack):
    joined = "WITH s AS (SELECT p.id, CASE WHEN v.yen IS NULL THEN 0 END AS n FROM people AS p LEFT JOIN visits AS v USING (id)) "
    made = [
        edit.code
        for edit in slips(
            Query(f"{joined}SELECT SUM(CASE WHEN n = 0 THEN 1 END) AS n FROM s", SchemaColumns.of(pack.schema))
        )
    ]
    assert "E33" in made


def test_the_bound_of_counted_boundaries_is_no_slip_as_moments_of_one_count_lie_on_both_sides(pack):
    counted = "SELECT CASE WHEN date_diff('minute', came_at, left_at) <= 240 THEN 1 END AS n FROM visits"
    assert not list(slips(Query(counted, SchemaColumns.of(pack.schema))))


NOTHING = SimpleNamespace(shows_blank=lambda *_: False, matters=lambda *_: False)
"""Running the answer shows neither a blank nor that another part would change a result."""


@pytest.mark.parametrize(
    ("answer", "mended", "untrue"),
    [
        (KEPT, KEPT.replace("m.n FROM", "COALESCE(m.n, 0) AS n FROM"), "zero_missing"),
        (SPLIT.format("yen > 500", ""), SPLIT.format("NOT yen <= 500", " ELSE 0"), "ones_of_others"),
    ],
)
def test_what_running_the_answer_refutes_is_not_said(answer, mended, untrue, pack):
    learner = Query(answer, SchemaColumns.of(pack.schema))
    named = [Classifier(learner, answer, KnownValues(pack), proof).name(mended) for proof in (None, NOTHING)]
    told = [each.mistake.key if each is not None else "" for each in named]
    assert told[0] == untrue != told[1]


def test_columns_of_a_step_are_held_against_each_other_by_their_names(pack):
    """Others take them by name, so their order in the step is nobody's mistake."""
    schema = SchemaColumns.of(pack.schema)
    step = "WITH s AS (SELECT id, {} FROM visits) SELECT SUM(a) AS a, SUM(b) AS b FROM s"
    own = qualified(Query(step.format("yen AS a, yen / 2 AS b"), schema))
    wanted = in_names_of(own, Query(step.format("yen / 2 AS b, yen AS a"), schema))
    assert wanted == own.tree


@pytest.mark.parametrize("given", ["yen * 2 AS x", "*, yen * 2 AS x"])
def test_columns_of_a_step_that_has_more_or_fewer_are_known_by_what_they_are_computed_of(given, pack):
    """The one who writes the sum where it is shown has one column fewer, and one who passes all on a star; neither is a mistake."""
    schema = SchemaColumns.of(pack.schema)
    own = qualified(Query(f"WITH s AS (SELECT {given} FROM visits) SELECT SUM(x), SUM(x - 1) FROM s", schema))
    solution = (
        "WITH t AS (SELECT yen * 2 AS twice, yen * 2 - 1 AS less FROM visits) SELECT SUM(twice), SUM(less) FROM t"
    )
    wanted = in_names_of(own, Query(solution, schema))
    assert wanted is not None
    assert wanted.selects[0] == own.tree.selects[0]


def test_a_case_that_another_dialect_is_written_with_is_no_place_to_look_at():
    divided = parse("SELECT CASE WHEN id = 0 THEN error('division by zero') ELSE yen / id END AS r FROM visits")
    chosen = parse("SELECT CASE WHEN id = 0 THEN NULL ELSE yen / id END AS r FROM visits")
    assert [place_in(each.find(exp.Div), Part.SELECT) for each in (divided, chosen)] == ["SELECT", "CASE"]


def test_a_count_in_having_is_looked_for_there(pack):
    answer = "SELECT person_id FROM visits GROUP BY person_id HAVING SUM(CASE WHEN is_paid THEN 1 ELSE 0 END) > 5"
    named = Classifier(Query(answer, SchemaColumns.of(pack.schema)), answer, KnownValues(pack))
    found = named.name("SELECT person_id FROM visits GROUP BY person_id HAVING COUNT(*) > 5")
    assert (found.mistake.key, found.mistake.part) == ("count_narrowed", "HAVING")
