"""The clocks by which days may be counted are the course's, and the judge knows none by itself."""

import re
from pathlib import Path

from coursebook import load_course
from sqlgrade.record import Clock

JUDGE = Path(__file__).resolve().parents[2] / "graders" / "sqlgrade"


def test_an_exercise_has_the_clocks_of_its_course():
    assert load_course().exercise("L5-03").sqlgrade.clock == Clock(ahead=9, day_begins=5)


def test_the_diagnosis_names_no_hour_and_no_table_of_the_course():
    of_the_course = re.compile(r"\b(15|20|05):00\b|\b_at_(utc|jst)\b|\b(guests|talks|appointments)\b")
    found = {
        path.name: of_the_course.findall(path.read_text(encoding="utf-8"))
        for path in (JUDGE / "diagnose").rglob("*.py")
    }
    assert {name: each for name, each in found.items() if each} == {}
    assert of_the_course.search("came_at < '2025-12-01 20:00'")
