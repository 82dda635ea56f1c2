"""What can be wrong with a template, and with the tests that draw on templates."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from coursebook.checks.brackets_of_prose import brackets_in
from coursebook.checks.codes_known import CODE, SKILL
from coursebook.checks.languages_agree import sections_complete
from coursebook.checks.predictions_hold import literals_hold
from coursebook.hand_over import CLAUSE_OF
from coursebook.kind import AnswerForm
from coursebook.messages import LANGUAGES
from coursebook.practice.draw import Drill, Rows, Run, draw_drill
from coursebook.practice.gates import ItemRecord
from coursebook.practice.library import Library
from coursebook.practice.template import TemplateRecord
from coursebook.problem import Problem
from coursebook.records import line_of_key
from coursebook.schema import Schema

SEEDS = range(100)
"""Seeds that are tried for each template and language, until there are drills enough."""
LEAST_INSTANCES = 20
"""Different drills that a template must give, so that practising is not learning by heart."""
MOST_ALIKE = 0.4
"""The commonest answer's share of a template's drills, where the answer is one of a few: who always says the same learns nothing."""
LEAST_WRONG = 2
"""Wrong variants that a template must tell apart."""
REVIEW_ITEMS = 8
"""Items of a review."""
EXAM_TASKS = range(6, 11)
"""Tasks of a level test."""
MOST_MINUTES_APART = 1.0
"""By how much the estimated times of a level test's templates for one task may differ."""

_SLOT = re.compile(r"\{([a-z_]\w*)\}")
"""A slot as it stands in a text: `{name}`."""


@dataclass(frozen=True)
class Tried:
    """A template with the drills that were drawn from it."""

    template: TemplateRecord
    path: Path
    drills: Mapping[str, tuple[Drill, ...]]
    """Different fair instances, by language of the data."""
    faults: tuple[str, ...] = ()
    """What the database said of queries that fail."""
    least: int = LEAST_INSTANCES
    """Different drills that it must give."""


def try_out(
    template: TemplateRecord, path: Path, runs: Mapping[str, Run], schema: Schema, least: int = LEAST_INSTANCES
) -> Tried:
    """Draw from a template in every language until there are as many different drills as it must give."""
    drills: dict[str, tuple[Drill, ...]] = {}
    faults: list[str] = []
    for lang, run in runs.items():
        different: dict[tuple[str, ...], Drill] = {}
        asked, fair = _remembering(run), dict[tuple[str, ...], bool]()
        try:
            for seed in SEEDS:
                if len(different) >= least:
                    break
                drill = draw_drill(template, seed, asked, schema, path, lang, fair)
                if drill is not None:
                    different.setdefault(drill.content, drill)
        except (duckdb.Error, ValueError) as fault:
            faults.append(str(fault).splitlines()[0])
        drills[lang] = tuple(different.values())
    return Tried(template, path, drills, tuple(dict.fromkeys(faults)), least)


def _remembering(run: Run) -> Run:
    """The same, which asks each query once: most draws repeat an earlier one's values, and what fails once fails again."""
    known: dict[str, Rows | duckdb.Error] = {}

    def ask(sql: str) -> Rows:
        if sql not in known:
            try:
                known[sql] = run(sql)
            except duckdb.Error as fault:
                known[sql] = fault
        found = known[sql]
        if isinstance(found, duckdb.Error):
            raise found
        return found

    return ask


def queries_run(tried: Tried) -> Iterator[Problem]:
    """Solutions and slot queries that fail."""
    for fault in tried.faults:
        yield Problem(tried.path, 1, "query_fails", {"detail": fault})


def instances_suffice(tried: Tried) -> Iterator[Problem]:
    """Templates that can't be drawn often enough."""
    for lang, drills in tried.drills.items():
        if len(drills) < tried.least and not tried.faults:
            params = {"count": len(drills), "least": tried.least, "lang": lang, "seeds": len(SEEDS)}
            yield Problem(tried.path, 1, "instances_few", params)


def answers_spread(tried: Tried) -> Iterator[Problem]:
    """Templates of choice and prediction of whose drills too many have the same answer; rows have many, of which one is shown."""
    if tried.template.kind.counts_as_written or tried.template.kind.answer is AnswerForm.ROWS:
        return
    for lang, drills in tried.drills.items():
        answers = Counter(drill.exercise.solution for drill in drills)
        count = max(answers.values(), default=0)
        if len(drills) >= LEAST_INSTANCES and count > MOST_ALIKE * len(drills):
            params = {"count": count, "drills": len(drills), "most": f"{MOST_ALIKE:.0%}", "lang": lang}
            yield Problem(tried.path, 1, "answers_alike", params)


def slots_used(tried: Tried) -> Iterator[Problem]:
    """Slots that nothing holds, slots that don't exist, lists of unequal length."""
    template = tried.template
    queries = [
        template.solution,
        template.predict,
        *template.databases,
        *(slot.query for slot in template.slots.values()),
    ]
    queries += [template.starter, *(wrong.sql for wrong in template.wrong)]
    queries += _of_draft(template)
    texts = [template.title, template.prompt, template.idea, template.success, template.explanation]
    texts += [wrong.hint for wrong in template.wrong]
    used = set(_SLOT.findall("\n".join([*queries, *template.also_right, *(text.ja for text in texts)])))
    for name, slot in template.slots.items():
        if name not in used:
            yield _at(tried, ("slots", name), "slot_unused", name=name)
        if slot.values and any(len(names) not in (0, len(slot.values)) for names in (slot.ja, slot.en)):
            yield _at(tried, ("slots", name), "slot_lengths", name=name)
    for name in sorted({name for text in texts for lang in LANGUAGES for name in _SLOT.findall(text[lang])}):
        if name not in template.slots:
            yield Problem(tried.path, 1, "slot_unknown", {"name": name})
    if set(_SLOT.findall(template.prompt.ja)) != set(_SLOT.findall(template.prompt.en)):
        yield _at(tried, ("prompt", "en"), "slots_differ")


def _of_draft(template: TemplateRecord) -> list[str]:
    draft = template.draft
    return [draft.query.ja, draft.query.en, draft.truth, draft.witness, *draft.needs.values()] if draft else []


def wrong_suffice(tried: Tried) -> Iterator[Problem]:
    """Templates with too few wrong variants, and codes and clauses that don't exist."""
    template = tried.template
    if len(template.wrong) < LEAST_WRONG:
        params = {"count": len(template.wrong), "kind": template.kind.letter, "least": LEAST_WRONG}
        yield Problem(tried.path, 1, "near_misses_few", params)
    for number, wrong in enumerate(template.wrong):
        if wrong.code and not CODE.match(wrong.code):
            yield _at(tried, ("wrong", number, "code"), "code_unknown", found=wrong.code)
        if wrong.clause is not None and wrong.clause not in CLAUSE_OF:
            clauses = ", ".join(CLAUSE_OF)
            yield _at(tried, ("wrong", number, "clause"), "clause_unknown", found=wrong.clause, clauses=clauses)
    if not SKILL.match(template.skill):
        yield _at(tried, ("skill",), "skill_unknown", found=template.skill)


def texts_written(tried: Tried) -> Iterator[Problem]:
    """Texts missing in a language; starters that don't fit the kind; literals that aren't."""
    drill = first_drill(tried)
    if drill is None:
        return
    exercise = replace(drill.exercise, predict_query="")
    problems = [problem for lang in LANGUAGES for problem in sections_complete(exercise, lang)]
    problems += exercise.kind.starter_faults(exercise)
    if exercise.kind.answer is AnswerForm.VALUES:
        problems += literals_hold(exercise)
    problems += brackets_in(exercise)
    yield from (placed(tried, problem) for problem in problems)


TEMPLATE_CHECKS: tuple[Callable[[Tried], Iterator[Problem]], ...] = (
    queries_run,
    instances_suffice,
    answers_spread,
    slots_used,
    wrong_suffice,
    texts_written,
)
"""The checks of a template, in the order in which they run; its drill is judged like an exercise besides."""


def gates_hold(library: Library, root: Path) -> Iterator[Problem]:
    """A placement test or review that names no template, asks nothing of a lesson, or is not of its size."""
    path = root / "placement.toml"
    if library.placement:
        yield from _known(library, path, [library.placement.templates])
        lesson_of = {skill.id: skill.lesson for skill in library.skills}
        named = (library.templates[each] for each in library.placement.templates if each in library.templates)
        for lesson in sorted(set(lesson_of.values()) - {lesson_of.get(each.skill, "") for each in named}):
            yield Problem(path, 1, "placement_lacks", {"lesson": lesson})
    for review in library.reviews:
        path = root / "reviews" / f"{review.id}.toml"
        if len(review.items) != REVIEW_ITEMS:
            yield Problem(path, 1, "items_differ", {"count": len(review.items), "items": REVIEW_ITEMS})
        yield from _known(library, path, [item.templates for item in review.items])
        written = sum(_is_written(library, item) for item in review.items)
        if written < review.least_written:
            yield Problem(path, 1, "written_few", {"count": written, "least": review.least_written})
    yield from _exams_hold(library, root / "exams.toml")


def _exams_hold(library: Library, path: Path) -> Iterator[Problem]:
    """A level test that has not 6 to 10 tasks, asks a template twice, or draws a task from templates that are not alike."""
    for exam in library.exams:
        named = [each.templates for each in exam.tasks]
        yield from _known(library, path, [*named])
        if len(exam.tasks) not in EXAM_TASKS:
            yield Problem(path, 1, "exam_size", {"level": exam.level, "count": len(exam.tasks)})
        counted = Counter(each for templates in named for each in set(templates))
        for twice in sorted(each for each, count in counted.items() if count > 1):
            yield Problem(path, 1, "exam_twice", {"level": exam.level, "id": twice})
        for templates in named:
            code = _unlike([library.templates[each] for each in templates if each in library.templates], exam.level)
            if code:
                yield Problem(path, 1, code, {"level": exam.level, "ids": ", ".join(templates)})


def _unlike(drawn: list[TemplateRecord], level: int) -> str:
    """What keeps templates from standing for one task of a level's test; empty where nothing does."""
    minutes = [each.minutes for each in drawn] or [0.0]
    if any(each.level != level for each in drawn):
        return "exam_level"
    is_alike = len({each.kind.letter for each in drawn}) <= 1 and max(minutes) - min(minutes) <= MOST_MINUTES_APART
    return "" if is_alike and all(each.kind.counts_as_written for each in drawn) else "exam_unlike"


def first_drill(tried: Tried) -> Drill | None:
    """The drill that stands for its template."""
    return next((drill for drills in tried.drills.values() for drill in drills), None)


def placed(tried: Tried, problem: Problem) -> Problem:
    """The problem of a drill, told of the template's file."""
    stem = problem.file.stem
    number = next((number for number, wrong in enumerate(tried.template.wrong) if wrong.name == stem), None)
    key = ("wrong", number, "name") if number is not None else (problem.file.stem,)
    return replace(problem, file=tried.path, line=_line(tried.path, key))


def _at(tried: Tried, key: tuple[str | int, ...], code: str, **params: object) -> Problem:
    return Problem(tried.path, _line(tried.path, key), code, params)


def _line(path: Path, key: tuple[str | int, ...]) -> int:
    return line_of_key(path.read_text(encoding="utf-8"), key) if path.is_file() else 1


def _known(library: Library, path: Path, named: list[tuple[str, ...]]) -> Iterator[Problem]:
    for template in sorted({each for templates in named for each in templates} - library.templates.keys()):
        yield Problem(path, 1, "template_unknown", {"id": template})


def _is_written(library: Library, item: ItemRecord) -> bool:
    """Whether every template that may be drawn is one of writing or repairing."""
    return all(library.templates[each].kind.counts_as_written for each in item.templates if each in library.templates)
