"""Whether an answer with two mistakes is told one of them above data that shows that one.

    python bench/two_mistakes.py [--only L3] [--most 2] [--cache FOLDER] [--out FILE]

The answers are made before any is judged: of each exercise the edits of two near misses that do not touch each other, both put
into the solution. With one of them undone stands the other near miss, so what the told mistake is mended to is known and is
not the judge's own word. Counted is how often that changes the comparison on the data shown, and how often it gives the
expected result there; an answer whose told mistake is neither of the two, or might be both, is listed and not counted.
"""

from __future__ import annotations

import argparse
import difflib
import itertools
import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from coursebook import load_course
from coursebook.packs import pack_of
from sqlgrade.hearing.prepared import Prepared
from sqlgrade.judging.judge import Judge
from sqlgrade.messages import mistake_sentence
from sqlgrade.pack.kept import pack_for
from sqlgrade.tables.result import Database
from sqlgrade.verdict import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coursebook import LessonExercise
    from sqlgrade.pack.contents import Pack
    from sqlgrade.tables.result import Result, RunError
    from sqlgrade.verdict import Finding, Verdict

_WORD = re.compile(r"\s+|\w+|'[^']*'|[^\w\s]")
_APART = 1
"""Words that have to stand between two edits."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="L")
    parser.add_argument("--most", type=int, default=2, help="answers of an exercise")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    judge, told = Judge(), []
    for exercise in (each for lesson in load_course().lessons for each in lesson.exercises):
        if not exercise.id.startswith(options.only) or not exercise.solutions or exercise.sqlgrade.settings:
            continue
        pairs = list(itertools.islice(_pairs(exercise), options.most))
        if not pairs:
            continue
        pack = pack_for(exercise.sqlgrade, cache_dir=options.cache) if options.cache else pack_of(exercise)
        for names, singles, both in pairs:
            found = _judged(judge, pack, singles, both)
            if found is not None:
                told.append({"exercise": exercise.id, "mistakes": names, "sql": both, **found})
                print(f"{exercise.id} {' + '.join(names)}: {found['shown']}; {found['said']}", flush=True)
                print(f"    second: {found['second'] or '-'}; ms {found['ms']}", flush=True)
        judge.forget(pack.key)
    counted = Counter(each["shown"] for each in told)
    sure = sum(counted[each] for each in ("mends", "changes", "same"))
    print(f"{len(told)} answers: " + ", ".join(f"{name} {n}" for name, n in counted.most_common()))
    print(f"told by its data: {counted['mends'] + counted['changes']} of {sure}; mended there: {counted['mends']}")
    announced = sum(bool(each["second"]) for each in told)
    print(f"second announced: {announced}; truly: {sum(each['second_true'] for each in told)}")
    if options.out:
        options.out.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in told) + "\n", "utf-8")


def _pairs(exercise: LessonExercise) -> Iterator[tuple[tuple[str, str], tuple[str, str], str]]:
    """Names of two near misses, their texts, and the text with both; those first that are least used so far."""
    solution, used = exercise.solutions[0].sql, Counter[str]()
    texts = {each.stem: each.sql for each in exercise.near_misses}
    made = {
        pair: both
        for pair in itertools.combinations(sorted(texts), 2)
        if (both := _merged(solution, texts[pair[0]], texts[pair[1]]))
    }
    while made:
        pair = min(made, key=lambda each: (used[each[0]] + used[each[1]], each))
        used.update(pair)
        yield pair, (texts[pair[0]], texts[pair[1]]), made.pop(pair)


def _merged(base: str, one: str, other: str) -> str:
    """The text with the edits of both; empty where they touch each other, or rewrite too much of it."""
    words = _WORD.findall(base)
    edits = []
    for text in (one, other):
        theirs = _WORD.findall(text)
        steps = difflib.SequenceMatcher(a=words, b=theirs, autojunk=False).get_opcodes()
        mine = [(a, b, theirs[c:d]) for kind, a, b, c, d in steps if kind != "equal"]
        if not mine or len(mine) > 4 or sum(b - a + len(new) for a, b, new in mine) > len(words) / 2:
            return ""
        edits += mine
    edits.sort(key=lambda each: each[:2])
    if any(second[0] < first[1] + _APART for first, second in itertools.pairwise(edits)):
        return ""
    for start, end, new in reversed(edits):
        words[start:end] = new
    return "".join(words)


def _judged(judge: Judge, pack: Pack, singles: tuple[str, str], both: str) -> dict[str, object] | None:
    """What is told of an answer with both mistakes, and whether the data shows it; None if that is no case of two mistakes."""
    alone = [judge.grade(pack, sql) for sql in singles]
    verdict = judge.grade(pack, both)
    if verdict.status is not Status.REFUTED or any(each.status is not Status.REFUTED for each in alone):
        return None
    ready = judge.prepare(pack)
    if not isinstance(ready, Prepared):
        return None
    first = next(iter(verdict.findings), None)
    said = mistake_sentence(first, "en") if first is not None and first.mistake else ""
    found = {
        "said": said or (f"[{first.code} {first.clause}]" if first is not None else "[nothing]"),
        "second": _second(verdict),
        "second_true": False,
        "credit": verdict.credit.points,
        "ms": round(sum(verdict.ms.values())),
    }
    told = [place for place, each in enumerate(alone) if first is not None and _same(first, each)]
    if len(told) > 1 and first is not None:
        told = [place for place in told if _params(first) == _params(alone[place].findings[0])] or told
    if first is None or not (first.mistake or first.near_miss):
        return {**found, "shown": "nothing named"}
    if len(told) != 1:
        return {**found, "shown": "neither" if not told else "either"}
    second = verdict.findings[1] if len(verdict.findings) > 1 else None
    rest = alone[1 - told[0]]
    found["second_true"] = second is not None and _same(second, rest)
    return {**found, "shown": _shown(ready, verdict, both, singles[1 - told[0]])}


def _second(verdict: Verdict) -> str:
    if len(verdict.findings) < 2:
        return ""
    second = verdict.findings[1]
    return (mistake_sentence(second, "en") if second.mistake else "") or f"[{second.clause}]"


def _same(found: Finding, alone: Verdict) -> bool:
    """Whether a finding on both mistakes is what one of them is told alone, by its name, or else by its clause."""
    other = next(iter(alone.findings), None)
    if other is None:
        return False
    if found.mistake and found.mistake == other.mistake:
        return True
    return bool(found.clause) and found.clause == other.clause and found.code == other.code


def _params(found: Finding) -> dict[str, object]:
    return dict(found.params)


def _shown(ready: Prepared, verdict: Verdict, both: str, mended: str) -> str:
    """What mending the told mistake does on the data shown."""
    shown = verdict.counterexample
    if shown is None:
        return "no data"
    schema = ready.pack.schema
    tables = {
        name: each.rows
        for name, each in shown.tables.items()
        if name in schema.by_name and not schema.table(name).fixed
    }
    with ready.runner.loaded(Database(tables)) as name:
        solution = ready.pack.solutions[0].plan.sql
        own, undone, right = (ready.runner.run(sql, name) for sql in (both, mended, solution))
    if _seen(undone) == _seen(own):
        return "same"
    return "mends" if _seen(undone) == _seen(right) else "changes"


def _seen(result: Result | RunError) -> object:
    rows = getattr(result, "rows", None)
    return [tuple(map(repr, row)) for row in rows] if rows is not None else type(result).__name__


if __name__ == "__main__":
    main()
