"""The desk at work: questions are looked up in the store, the rest is judged and kept as it comes."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from classroom.mentor.grading.questions import JudgingRules, JudgingTask
from classroom.mentor.grading.store import DeskStore
from coursebook.judgement import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from classroom.mentor.grading.judged import StoredJudgement
    from classroom.mentor.grading.questions import Share
    from classroom.mentor.place.folder import MentorFolder
    from sqlgrade import Grader

    Progress = Callable[[int, int], None]


class MentorDesk:
    """The mentor's folder with its rules and its store."""

    def __init__(self, folder: MentorFolder, *, workers: int | None = None, scheduler: str | None = None) -> None:
        self.folder = folder
        self.rules = JudgingRules(folder)
        self._workers = workers
        self._scheduler = scheduler
        self._judge: Grader | None = None

    @cached_property
    def store(self) -> DeskStore:
        """The desk's file."""
        return DeskStore(self.folder.store_path)

    @contextmanager
    def judge_begun(self) -> Iterator[None]:
        """Start this machine's judging processes now: until what they are asked is read, they are ready; on a cluster nothing is begun."""
        if self._scheduler is not None:
            yield
            return
        from classroom.mentor.grading.pool import judge_of

        with judge_of(self.folder.practice, self._workers) as judge:
            self._judge = judge
            try:
                yield
            finally:
                self._judge = None

    def judgements(
        self,
        questions: Iterable[JudgingTask],
        progress: Progress | None = None,
        told: Callable[[StoredJudgement], None] | None = None,
    ) -> dict[str, StoredJudgement]:
        """The judgement on each question by its key; each is asked once, and what is judged stays judged.

        `told` is told of each that is made while others still are.
        """
        asked = {each.key: each for each in questions}
        found = self.store.known(asked)
        missing = [each for key, each in asked.items() if key not in found]
        if missing:
            for made in self._judged(self.rules.shares(missing)):
                self.store.keep_judgements(each for each in made if each.outcome != Outcome.UNJUDGED)
                found |= {each.key: each for each in made}
                if told is not None:
                    for each in made:
                        told(each)
                if progress is not None:
                    progress(len(found), len(asked))
        return found

    def _judged(self, shares: Iterable[Share]) -> Iterator[list[StoredJudgement]]:
        if self._scheduler is not None:
            from classroom.mentor.grading.cluster import judge_on_cluster

            return judge_on_cluster(shares, self._scheduler)
        from classroom.mentor.grading.pool import judge_here

        return judge_here(shares, self._workers, self._judge)
