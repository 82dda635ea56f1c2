"""One answer on its way through the judging of its kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from coursebook.answer_cell import AnswerCell, ChartLine, cut_chart
from coursebook.exercise import LessonExercise
from coursebook.judgement import Judgement, Message, Outcome, Recognised
from coursebook.own_schema import query_in
from sqlgrade.dialect.heading import in_dialect
from sqlgrade.verdict import Verdict


@dataclass(frozen=True)
class Answer:
    """An answer with what is needed to judge it."""

    exercise: LessonExercise
    """The exercise it belongs to."""
    text: str
    """The cell without its first line."""
    sql: str
    """The answer without its %chart lines; of one that makes a view, the query in it."""
    chart: ChartLine | None
    """The last %chart line."""
    dialect: str
    """In which that is written."""
    offset: int
    """Where the SQL begins in the cell."""
    lang: str
    """Language of hints."""
    verdict_of: Callable[[str], Verdict]
    """Asks the judge."""
    failing: Callable[[], Mapping[str, str]]
    """Stem -> message of the near misses that do not run."""

    def judgement(self, outcome: Outcome, *messages: Message) -> Judgement:
        """A judgement of this answer with no points yet."""
        return Judgement(
            exercise_id=self.exercise.id,
            kind=self.exercise.kind.letter,
            lang=self.lang,
            outcome=outcome,
            possible=self.exercise.points,
            messages=messages,
            chart=self.chart,
            sql=in_dialect(self.sql, self.dialect),
            offset=self.offset,
        )

    def refused(self, code: str, **params: object) -> Judgement:
        """Not marked, with one note that says why."""
        return self.judgement(Outcome.REFUSED, Message(code, params))

    def recognised(self, stem: str) -> Recognised:
        """A near miss of the exercise with its hint."""
        record = self.exercise.near_miss(stem)
        return Recognised(stem, record.code, record.clause, self.exercise.hint(stem, self.lang))


def take_in(
    exercise: LessonExercise,
    cell: AnswerCell,
    lang: str,
    verdict_of: Callable[[str], Verdict],
    failing: Callable[[], Mapping[str, str]] = dict,
) -> Answer:
    """The answer in a cell, taken apart."""
    sql, chart = cut_chart(cell.answer)
    offset = cell.offset + max(cell.answer.find(sql), 0)
    return Answer(exercise, cell.answer, query_in(sql), chart, cell.dialect, offset, lang, verdict_of, failing)


def with_points(judgement: Judgement, points: float) -> Judgement:
    """The same judgement with its points, never outside 0 and the exercise's most."""
    return replace(judgement, points=round(min(max(points, 0.0), judgement.possible), 4))
