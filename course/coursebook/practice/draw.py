"""Draws a drill from a template: slots filled by seed, the result looked at, the wrong variants told apart."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coursebook.exercise import LessonExercise, SqlFile
from coursebook.format import Bilingual, ExerciseRecord, NearMissRecord, PredictRecord
from coursebook.kind import AnswerForm
from coursebook.kinds.drafts import WITNESS, DraftRecord
from coursebook.localising import localised
from coursebook.messages import LANGUAGES
from coursebook.practice.template import DraftOfTemplate, Slot, TemplateRecord
from coursebook.schema import Schema
from coursebook.text import ExerciseText, Section

MOST_ROWS = 200
"""A drill's result is looked at, so it must be short enough to be."""
TRIES = 20  # draws before a template is said to have no instance in this data

Rows = Sequence[Sequence[object]]
Run = Callable[[str], Rows]
"""Runs one SELECT on the practice data; raises when it fails."""


@dataclass(frozen=True)
class Drill:
    """One instance of a template, an exercise like any other."""

    template: TemplateRecord
    """Where it comes from."""
    seed: int
    """What it was drawn with; the same seed and data give the same drill."""
    exercise: LessonExercise
    """The exercise that a cell is judged against."""

    @property
    def id(self) -> str:
        """P02a-17."""
        return self.exercise.id

    @property
    def content(self) -> tuple[str, ...]:
        """What is asked, apart from the drill's number: two drills with the same content are the same question.

        Where a query is written it is the query alone: other words for the same task are no other task. A learners' edition has no
        query, and goes by what is shown.
        """
        exercise = self.exercise
        if self.template.kind.counts_as_written and exercise.solution:
            return (exercise.solution,)
        prompts = (exercise.text[lang].prompt for lang in LANGUAGES if lang in exercise.text)
        return (next(prompts, ""), exercise.starter, exercise.predict_query, exercise.solution)


def drill_id(template_id: str, seed: int) -> str:
    """The id that an answer cell's first line names: P02a-17."""
    return f"P{template_id}-{seed}"


def draw_drill(
    template: TemplateRecord,
    seed: int,
    run: Run,
    schema: Schema,
    folder: Path | None = None,
    lang: str = LANGUAGES[0],
    known: dict[tuple[str, ...], bool] | None = None,
) -> Drill | None:
    """The drill of a seed, or None when the data has no fair instance of the template.

    Args:
        template: the template.
        seed: not negative.
        run: runs a SELECT on the practice data.
        schema: the tables, for the judge.
        folder: where the template lies, for messages to its author.
        lang: the language of the practice data.
        known: whether what the slots hold is fair, as far as earlier draws of the same template on the same data found out.
    """
    fair = {} if known is None else known
    wording = schema.wording(lang)

    def asked(sql: str) -> Rows:
        return run(wording.sql(sql))

    for attempt in range(TRIES):
        choice = _choose(template, seed, attempt, asked, schema)
        if choice is None:
            continue
        held = tuple(choice.values.values())
        if held not in fair:
            fair[held] = is_fair(template, choice, asked)
        if fair[held]:
            drawn = _exercise(template, seed, choice, schema, folder or Path(template.id))
            names_words = not set(wording.words.values()).isdisjoint(choice.values.values())
            return Drill(template, seed, localised(drawn, lang, always=names_words))
    return None


@dataclass(frozen=True)
class Choice:
    """What the slots hold: values for the SQL, names for the texts."""

    values: Mapping[str, str]
    names: Mapping[str, Mapping[str, str]]
    witnesses: tuple[str, ...] = ()
    """All that shows in the practice data that the draft is wrong."""

    def sql(self, text: str) -> str:
        """A query with its slots filled."""
        return _filled(text, self.values)

    def text(self, text: Bilingual, lang: str) -> str:
        """A sentence with its slots filled."""
        return _filled(text[lang], self.names[lang])


def is_fair(template: TemplateRecord, choice: Choice, run: Run) -> bool:
    """1 to `MOST_ROWS` rows, not all alike, and every wrong variant answers otherwise or fails; a draft is what it is said to be."""
    if template.draft is not None and not _draft_is_fair(template.draft, choice, run):
        return False
    if template.kind.answer is AnswerForm.ROWS:  # what an author wrote are rows, which the practice data never sees
        return True
    expected = run(choice.sql(template.solution))
    if not 1 <= len(expected) <= MOST_ROWS or (len(expected) > 1 and len(set(map(repr, expected))) == 1):
        return False
    ordered = template.rules.row_order != "ignored"
    return all(_behaves_differently(run, choice.sql(wrong.sql), expected, ordered=ordered) for wrong in template.wrong)


def _draft_is_fair(draft: DraftOfTemplate, choice: Choice, run: Run) -> bool:
    """The task has an answer on the practice data, and a right draft gives it."""
    expected = run(choice.sql(draft.truth))
    off = draft.right and _behaves_differently(run, choice.sql(draft.query[LANGUAGES[0]]), expected, ordered=False)
    return bool(expected) and not off


def _behaves_differently(run: Run, sql: str, expected: Rows, *, ordered: bool) -> bool:
    try:
        rows = run(sql)
    except Exception:  # noqa: BLE001  (whatever the database refuses is told apart by its refusal)
        return True
    if len(rows) != len(expected):  # a wrong variant may give very many rows: nobody reads them
        return True
    if ordered:
        return any([*map(str, row)] != [*map(str, other)] for row, other in zip(rows, expected, strict=True))
    return Counter(tuple(map(str, row)) for row in rows) != Counter(tuple(map(str, row)) for row in expected)


def _choose(template: TemplateRecord, seed: int, attempt: int, run: Run, schema: Schema) -> Choice | None:
    values: dict[str, str] = {}
    names: dict[str, dict[str, str]] = {lang: {} for lang in LANGUAGES}
    for name, slot in template.slots.items():
        options = _options(slot, values, run, schema)
        if not options:
            return None
        chosen = options[number_of(template.id, seed, attempt, name) % len(options)]
        values[name] = chosen[0]
        for lang, label in zip(LANGUAGES, chosen[1:], strict=True):
            names[lang][name] = label
    if template.draft is None or not template.draft.witness:
        return Choice(values, names)
    witnesses = tuple(str(row[0]) for row in run(_filled(template.draft.witness, values)))
    return Choice(values | {WITNESS: witnesses[0]}, names, witnesses) if witnesses else None


def _options(slot: Slot, values: Mapping[str, str], run: Run, schema: Schema) -> list[tuple[str, str, str]]:
    """Value, Japanese and English name of all that a slot may hold."""
    if slot.values:
        english = tuple(str(schema.wording("en").value(each)) for each in slot.values)
        return list(zip(slot.values, slot.ja or slot.values, slot.en or english, strict=True))
    rows = [tuple("NULL" if value is None else str(value) for value in row) for row in run(_filled(slot.query, values))]
    return [(row[0], row[1], row[2]) if len(row) == len(LANGUAGES) + 1 else (row[0],) * 3 for row in rows]


def number_of(*parts: object) -> int:
    """The same number on every machine and in every version."""
    return int.from_bytes(hashlib.blake2b(repr(parts).encode(), digest_size=8).digest())


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text


def _exercise(template: TemplateRecord, seed: int, choice: Choice, schema: Schema, folder: Path) -> LessonExercise:
    record = ExerciseRecord(
        id=drill_id(template.id, seed),
        kind=template.kind,
        codes=template.codes or tuple(dict.fromkeys(wrong.code for wrong in template.wrong if wrong.code)),
        skills=(template.skill,),
        minutes=template.minutes,
        column_names=tuple(map(choice.sql, template.column_names)),
        rules=template.rules,
        near_misses={wrong.name: NearMissRecord(wrong.code, wrong.clause) for wrong in template.wrong},
        assume=tuple(map(choice.sql, template.assume)),
        predict=PredictRecord() if template.predict else None,
        tables={"draft": _draft(template.draft, choice)} if template.draft else {},
    )
    return LessonExercise(
        folder=folder,
        record=record,
        text={lang: _text(template, choice, lang) for lang in LANGUAGES},
        schema=schema,
        starter=choice.sql(template.starter).strip("\n"),
        solutions=(_file(folder, "solution", choice.sql(template.solution)),),
        also_right=tuple(_file(folder, f"also-{n}", choice.sql(sql)) for n, sql in enumerate(template.also_right, 1)),
        near_misses=tuple(_file(folder, wrong.name, choice.sql(wrong.sql)) for wrong in template.wrong),
        databases=tuple(map(choice.sql, template.databases)),
        predict_query=choice.sql(template.predict).strip("\n"),
        drafts={lang: choice.sql(template.draft.query[lang]).strip("\n") for lang in LANGUAGES if template.draft},
        truth=choice.sql(template.draft.truth).strip("\n") if template.draft else "",
    )


def _draft(draft: DraftOfTemplate, choice: Choice) -> DraftRecord:
    needs = {name: choice.sql(query) for name, query in draft.needs.items()}
    return DraftRecord(draft.right, needs, draft.may_be_empty, draft.asks_result, choice.witnesses)


def _text(template: TemplateRecord, choice: Choice, lang: str) -> ExerciseText:
    bodies = {
        "idea": template.idea,
        "success": template.success,
        "explanation": template.explanation,
        **{f"near-miss: {wrong.name}": wrong.hint for wrong in template.wrong},
    }
    sections = tuple(Section(heading, choice.text(body, lang), 1) for heading, body in bodies.items())
    return ExerciseText(choice.text(template.title, lang), choice.text(template.prompt, lang), sections)


def _file(folder: Path, stem: str, sql: str) -> SqlFile:
    return SqlFile(stem, folder / f"{stem}.sql", sql.strip("\n"))
