"""A condition is said to be missing only where none beside it was meant to do its work; all is shown by running the answer."""

import pytest

from sqlgrade import Exercise, Solution, build_pack
from sqlgrade.judging.judge import Judge

DDL = """
CREATE TABLE people (id INTEGER PRIMARY KEY, city VARCHAR NOT NULL, grade VARCHAR NOT NULL, joined_at TIMESTAMP NOT NULL, left_at TIMESTAMP,
  CHECK (city IN ('Kobe', 'Kyoto', 'Nara')), CHECK (grade IN ('gold', 'plain')));
CREATE TABLE visits (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES people (id), came_at TIMESTAMP NOT NULL, yen INTEGER NOT NULL);
"""
ACTIVE = "SELECT id FROM people WHERE grade = 'gold' AND city IN ('Kobe', 'Nara') AND left_at IS NULL"
NEWEST = "SELECT id FROM visits QUALIFY ROW_NUMBER() OVER (PARTITION BY person_id ORDER BY came_at DESC, id DESC) = 1"
SOON = (
    "SELECT v.id FROM visits v JOIN people p ON p.id = v.person_id "
    "WHERE v.came_at >= p.joined_at AND v.came_at < {}.{} + INTERVAL 14 DAY"
)
SHARE = "SELECT COUNT(*) FILTER (WHERE city = 'Kobe') AS kobe, ROUND(AVG(CASE WHEN city = 'Kobe' THEN 1.0 ELSE 0 END), 4) AS share FROM people"

TOLD = {
    "a condition inside of the brackets of an OR": (
        ACTIVE,
        "SELECT id FROM people WHERE grade = 'gold' AND (city = 'Kobe' OR city = 'Nara' AND left_at IS NULL)",
        "or_one_side",
    ),
    "a window over smaller parts": (NEWEST, NEWEST.replace("person_id ORDER", "person_id, yen ORDER"), "partition_extra"),
    "a bound that is always met": (SOON.format("p", "joined_at"), SOON.format("v", "came_at"), "compared_with_itself"),
    "an output that takes more rows than the others": (
        f"{SHARE} WHERE city <> 'Nara'",
        SHARE,
        "condition_missing_for",
    ),
}  # fmt: skip


@pytest.mark.parametrize("done", TOLD)
def test_what_is_missing_is_told_by_what_was_meant_to_do_it(done: str) -> None:
    solution, answer, told = TOLD[done]
    pack = build_pack(Exercise("x", DDL, (Solution(solution),)))
    assert [each.mistake for each in Judge().grade(pack, answer).findings] == [told]
