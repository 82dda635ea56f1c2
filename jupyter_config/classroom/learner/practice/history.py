"""What was practised, told from the tries and rounds of the progress file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coursebook.practice.spacing import Practised, SkillState, business_day, state_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from classroom.learner.progress import Try
    from classroom.learner.progress.rounds import Round

JUDGED = frozenset({"accepted", "partly", "refuted"})


@dataclass(frozen=True)
class History:
    """Everything the learner did."""

    tries: tuple[Try, ...]
    rounds: tuple[Round, ...]

    @property
    def days(self) -> set[date]:
        """Business days on which something was answered."""
        return {business_day(each.at) for each in self.tries}

    def first_judged(self) -> Mapping[str, Try]:
        """The first try at each exercise that was judged; one that did not run says nothing about the skill."""
        first: dict[str, Try] = {}
        for each in self.tries:
            if each.status in JUDGED:
                first.setdefault(each.exercise_id, each)
        return first

    def practised(self, skills_of: Callable[[str], Iterable[str]]) -> list[Practised]:
        """One record for each exercise and skill."""
        mixed = {item.exercise_id for each in self.rounds for item in each.items}
        return [
            Practised(skill, business_day(each.at), each.accepted and each.rung == 0, each.exercise_id in mixed)
            for each in self.first_judged().values()
            for skill in skills_of(each.exercise_id)
        ]

    def mistakes(self) -> list[str]:
        """Exercises that were answered wrongly at first, the latest first."""
        wrong = [each for each in self.first_judged().values() if not each.accepted]
        return [each.exercise_id for each in sorted(wrong, key=lambda each: each.at, reverse=True)]


def skill_states(
    skills: Sequence[str], history: History, skills_of: Callable[[str], Iterable[str]], today: date
) -> list[SkillState]:
    """The state of each skill today."""
    practised = history.practised(skills_of)
    return [state_of(skill, practised, today) for skill in skills]
