"""What is said about a wrong answer names no word of SQL that no lesson has shown by then."""

import re

import pytest

from coursebook import load_course
from coursebook.exercise import LessonExercise
from coursebook.kind import AnswerForm
from sqlgrade.diagnose.classifier import Classifier, Named
from sqlgrade.diagnose.facts.known_values import KnownValues
from sqlgrade.messages import finding_sentences, mistake_sentence
from sqlgrade.pack.building import build_pack
from sqlgrade.pack.contents import Pack
from sqlgrade.parse import parsed
from sqlgrade.query.columns import SchemaColumns
from sqlgrade.query.query import Query
from sqlgrade.verdict import Finding, Level

WORD = re.compile(
    r"\b(HAVING|GROUP BY|OVER|PARTITION BY|QUALIFY|LEFT JOIN|JOIN|UNION|EXISTS|COALESCE|CASE|DISTINCT|ROUND|NULLS FIRST"
    r"|NULLS LAST|OFFSET|LIKE|SUM|AVG|FILTER|NULLIF|INTERVAL)\b"
)
"""In sentences these stand in capitals, in queries as one likes."""
COURSE = load_course()
_MOST = 5
"""Near misses of an exercise; they differ little in the words that are said of them."""


def words_in(*texts: str) -> set[str]:
    return {found for text in texts for found in WORD.findall(text)}


def shown_up_to(place: int) -> set[str]:
    """The words in the lessons' texts, tasks and solutions, up to one lesson."""
    found: set[str] = set()
    for lesson in COURSE.lessons[: place + 1]:
        found |= words_in(*(segment.content for segment in lesson.segments["en"]))
        for each in lesson.exercises:
            found |= words_in(each.starter.upper(), *(solution.sql.upper() for solution in each.solutions))
    return found


def said_of(named: Named) -> list[str]:
    """What is said first, and the hint."""
    mistake = named.mistake
    finding = Finding(Level.CERTAIN, mistake.code, mistake.part, named.site, mistake.params, mistake=mistake.key)
    return [mistake_sentence(finding, "en"), *finding_sentences(finding, "en")]


@pytest.fixture(scope="module")
def pack() -> Pack:
    """Databases of the course's tables, whatever they were made for."""
    return build_pack(COURSE.exercise("L1-02").sqlgrade)


@pytest.mark.parametrize("place", range(len(COURSE.lessons)), ids=lambda place: COURSE.lessons[place].id)
def test_no_name_of_a_mistake_is_ahead_of_the_lessons(place: int, pack: Pack) -> None:
    shown = shown_up_to(place)
    asked = [each for each in COURSE.lessons[place].exercises if each.kind.answer is AnswerForm.QUERY]
    misses = [(each, miss.sql) for each in asked for miss in each.near_misses[:_MOST] if parsed(miss.sql) is not None]
    told = {sql: words for each, sql in misses if (words := ahead_of(shown, each, sql, pack))}
    assert misses
    assert told == {}


def ahead_of(shown: set[str], exercise: LessonExercise, answer: str, pack: Pack) -> set[str]:
    """Words neither shown yet nor the learner's own, in what is said of a wrong answer beside each solution."""
    learner = Query(answer, SchemaColumns.of(pack.schema))
    named = Classifier(learner, answer, KnownValues(pack)).best(each.sql for each in exercise.solutions)
    return words_in(*said_of(named)) - shown - words_in(answer.upper()) if named is not None else set()
