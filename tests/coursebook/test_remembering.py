from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from coursebook.remembering import KeptVerdicts
from sqlgrade.service.memory import Asked
from sqlgrade.verdict import Credit, Reason, Status, Verdict

QUESTION = Asked("a", "SELECT 1", deep=False)


@dataclass
class Counting:
    """A judge that says always the same."""

    verdict: Verdict = field(default_factory=lambda: Verdict(Status.REFUTED, credit=Credit(2.5)))
    asked: int = 0

    def __call__(self) -> Verdict:
        self.asked += 1
        return self.verdict


def ask(folder: Path, judge: Callable[[], Verdict], asked: Asked = QUESTION) -> Verdict:
    """What a process that begins now is told."""
    return KeptVerdicts(folder).verdict(asked, judge)


def test_a_verdict_is_asked_for_once_even_by_a_later_process(tmp_path: Path) -> None:
    judge = Counting()
    assert ask(tmp_path, judge) == ask(tmp_path, judge)
    assert judge.asked == 1


def test_another_pack_or_a_longer_search_is_another_question(tmp_path: Path) -> None:
    judge = Counting()
    for other in (QUESTION, QUESTION._replace(pack="b"), QUESTION._replace(deep=True)):
        ask(tmp_path, judge, other)
    assert judge.asked == 3


def test_a_spoilt_memory_is_asked_anew(tmp_path: Path) -> None:
    judge = Counting()
    ask(tmp_path, judge)
    next(tmp_path.glob("*.json")).write_text("{", encoding="utf-8")
    ask(tmp_path, judge)
    assert judge.asked == 2


def test_a_limit_that_was_hit_is_asked_again(tmp_path: Path) -> None:
    judge = Counting(Verdict(Status.INVALID, Reason.LIMIT))
    for _ in range(2):
        ask(tmp_path, judge)
    assert judge.asked == 2


def test_nothing_half_written_is_left_beside_it(tmp_path: Path) -> None:
    ask(tmp_path, Counting())
    assert [each.suffix for each in tmp_path.iterdir()] == [".json"]
