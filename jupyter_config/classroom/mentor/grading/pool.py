"""Judges shares of questions on this machine, on all its cores."""

from __future__ import annotations

import logging
import os
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from classroom.mentor.grading.judged import StoredJudgement, stored
from coursebook import Judgement, Outcome, judge_answer
from sqlgrade import Grader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from classroom.mentor.grading.questions import Share

_log = logging.getLogger(__name__)


def judge_share(share: Share, grader: Grader) -> list[StoredJudgement]:
    """The judgements on a share; one that cannot be judged is left to the mentor and costs no other."""
    return [stored(key, share.exercise, normal, _judged(share, normal, grader)) for key, normal in share.questions]


def _judged(share: Share, normal: str, judge: Grader) -> Judgement:
    exercise = share.exercise
    try:
        return judge_answer(exercise, normal, judge, share.lang, pack=share.pack)
    except Exception:  # noqa: BLE001  (whatever a text does to the reading of it, the others are judged)
        _log.exception("an answer to %s could not be judged", exercise.id)
        return Judgement(exercise.id, exercise.kind.letter, share.lang, Outcome.AUTHOR_FAULT, possible=exercise.points)


def judge_of(practice: Path | str | None, workers: int | None = None) -> Grader:
    """The judge on so many processes, or as many as there are cores; they start at once."""
    return Grader(workers or os.cpu_count() or 1, Path(practice) if practice else None)


def judge_here(
    shares: Iterable[Share], workers: int | None = None, begun: Grader | None = None
) -> Iterator[list[StoredJudgement]]:
    """The judgements share by share, as they are ready, of a judge that is begun or of one of their own."""
    by_size = sorted(_by_exercise(shares).values(), key=_asked, reverse=True)  # no long one is left for the end
    topics = [(share.exercise.id, share) for alike in by_size for share in alike]
    if not topics:
        return
    practice = topics[0][1].practice  # the folder's, and so that of all
    hands = min(workers or os.cpu_count() or 1, len(topics))
    with nullcontext(begun) if begun is not None else judge_of(practice, hands) as grader:
        yield from grader.deal(topics, lambda share: judge_share(share, grader))


def _asked(alike: Iterable[Share]) -> int:
    return sum(len(each.questions) for each in alike)


def _by_exercise(shares: Iterable[Share]) -> dict[str, list[Share]]:
    found: dict[str, list[Share]] = {}
    for share in shares:
        found.setdefault(share.exercise.id, []).append(share)
    return found
