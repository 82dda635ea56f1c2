"""The batch interface: one JSON object in, one out, for any schema; bad lines say what is wrong with them."""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from typing import Any

from sqlgrade.judging import Judge
from sqlgrade.pack import Pack, build_pack
from sqlgrade.record import Exercise, ExerciseFault, RowOrder, Rules, Solution
from sqlgrade.values import to_plain
from sqlgrade.verdict import Counterexample, Status, Verdict

_log = logging.getLogger(__name__)
_MOST_PACKS = 8
_CHUNK = 16


class BadLine(Exception):  # noqa: N818  (what the line is, not what we did)
    """A line that is not in the batch format."""


@lru_cache(maxsize=1)
def _judge() -> Judge:
    return Judge()


_packs: OrderedDict[str, Pack | ExerciseFault] = OrderedDict()


def judge_line(line: Mapping[str, Any]) -> dict[str, Any]:
    """Judges one line of the batch format in this process, with the deep search on."""
    started = time.perf_counter()
    name = line.get("id") if isinstance(line, Mapping) else None
    try:
        exercise, answer = _read(line)
        pack = _pack(exercise)
        verdict = _judge().grade(pack, answer, deep=True)
        answered = _answer(verdict, pack)
    except BadLine as problem:
        answered = _without_verdict("invalid", "bad_line", str(problem))
    except ExerciseFault as fault:
        answered = _without_verdict("author_fault", "", str(fault))
    except Exception as fault:  # noqa: BLE001  (one line must not end the run)
        _log.exception("judging the line %r failed", name)
        answered = _without_verdict("author_fault", "internal", repr(fault))
    return {"id": name, **answered, "elapsed_ms": round((time.perf_counter() - started) * 1000, 1)}


def lost_line(line: Mapping[str, Any]) -> dict[str, Any]:
    """The answer for a line whose worker had to be killed."""
    return {
        "id": line.get("id"),
        **_without_verdict("invalid", "limit", "the query had to be stopped"),
        "elapsed_ms": None,
    }


def bad_line(problem: str) -> dict[str, Any]:
    """The answer for a line that is not JSON."""
    return {"id": None, **_without_verdict("invalid", "bad_line", problem), "elapsed_ms": 0}


def judge_lines(
    lines: Iterable[Mapping[str, Any]], judge: Callable[[dict[str, Any]], dict[str, Any]], workers: int
) -> Iterator[dict[str, Any]]:
    """Judges lines on several workers at once and gives the answers in order.

    Lines of one exercise stay together, so that its pack is built once; equal answers are judged once.
    """
    given = [dict(line) for line in lines]
    shards: dict[str, list[int]] = {}
    for place, line in enumerate(given):
        shards.setdefault(_hash(line, without=("id", "answer")), []).append(place)
    chunks = [places[i : i + _CHUNK] for places in shards.values() for i in range(0, len(places), _CHUNK)]
    chunks.sort(key=lambda places: places[0])
    with ThreadPoolExecutor(max(1, workers)) as pool:
        found: dict[int, Future[list[dict[str, Any]]]] = {}
        for places in chunks:
            future = pool.submit(_judged, [given[p] for p in places], judge)
            found.update(dict.fromkeys(places, future))
        offsets = {place: i for places in chunks for i, place in enumerate(places)}
        for place in range(len(given)):
            yield found[place].result()[offsets[place]]


def _judged(lines: list[dict[str, Any]], judge: Callable[[dict[str, Any]], dict[str, Any]]) -> list[dict[str, Any]]:
    known: dict[str, dict[str, Any]] = {}
    answers = []
    for line in lines:
        key = _hash(line, without=("id",))
        if key not in known:
            known[key] = judge(line)
        answers.append({**known[key], "id": line.get("id")})
    return answers


def _hash(line: Mapping[str, Any], without: tuple[str, ...]) -> str:
    kept = {k: v.strip() if isinstance(v, str) else v for k, v in line.items() if k not in without}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, default=str).encode()).hexdigest()


def _read(line: Mapping[str, Any]) -> tuple[Exercise, str]:
    if not isinstance(line, Mapping):
        raise BadLine("a line must be a JSON object")
    for field, kind in (("schema", str), ("solutions", list), ("answer", str)):
        if not isinstance(line.get(field), kind):
            raise BadLine(f"{field!r} must be a {'string' if kind is str else 'list of strings'}")
    solutions, assume = line["solutions"], line.get("assume") or []
    if not solutions or not all(isinstance(s, str) for s in solutions):
        raise BadLine("'solutions' must be a list of at least one string")
    if not isinstance(assume, list) or not all(isinstance(s, str) for s in assume):
        raise BadLine("'assume' must be a list of strings")
    try:
        order = RowOrder(line.get("row_order", RowOrder.AS_SOLUTION))
    except ValueError as error:
        raise BadLine("'row_order' must be ignored, checked or as_solution") from error
    exercise = Exercise(
        "batch", line["schema"], tuple(Solution(s) for s in solutions), rules=Rules(order), assume=tuple(assume)
    )
    return exercise, line["answer"]


def _pack(exercise: Exercise) -> Pack:
    key = exercise.fingerprint()
    if key not in _packs:
        try:
            _packs[key] = build_pack(exercise)
        except ExerciseFault as fault:
            _packs[key] = fault
    _packs.move_to_end(key)
    while len(_packs) > _MOST_PACKS:
        _packs.popitem(last=False)
    found = _packs[key]
    if isinstance(found, ExerciseFault):
        raise found
    return found


def _without_verdict(verdict: str, reason: str, message: str) -> dict[str, Any]:
    empty: dict[str, Any] = {"counterexample": None, "mistake": None, "credit": 0.0, "databases": 0}
    extra = {"reason": reason} if reason else {}
    return {"verdict": verdict, **extra, **empty, "message": message}


def _answer(verdict: Verdict, pack: Pack) -> dict[str, Any]:
    points = pack.exercise.points or 1.0
    answered: dict[str, Any] = {
        "verdict": verdict.status.value,
        "counterexample": _tables(verdict.counterexample),
        "mistake": _mistake(verdict),
        "credit": round(verdict.credit.points / points, 4),
        "databases": verdict.databases,
    }
    if verdict.status is Status.INVALID and verdict.reason is not None:
        answered["reason"] = verdict.reason.value
    if verdict.error is not None:
        answered["message"] = verdict.error.message
    return answered


def _tables(shown: Counterexample | None) -> dict[str, Any] | None:
    if shown is None:
        return None
    return {
        "tables": {name: to_plain(table.rows) for name, table in shown.tables.items()},
        "total_rows": shown.total_rows,
    }


def _mistake(verdict: Verdict) -> dict[str, Any] | None:
    if not verdict.findings:
        return None
    first = verdict.findings[0]
    return {"code": first.code, "clause": first.clause}
