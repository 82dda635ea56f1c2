from dataclasses import dataclass, field
from pathlib import Path

from coursebook.remembering import RememberingGrader
from sqlgrade.verdict import Credit, Reason, Status, Verdict


@dataclass
class CountingJudge:
    verdict: Verdict = field(default_factory=lambda: Verdict(Status.REFUTED, credit=Credit(2.5)))
    asked: list[str] = field(default_factory=list)

    def grade(self, pack: object, sql: str) -> Verdict:  # noqa: ARG002  (the judge's signature)
        self.asked.append(sql)
        return self.verdict


@dataclass
class KeyedPack:
    key: str


def test_a_verdict_is_asked_for_once_even_by_a_later_process(tmp_path: Path) -> None:
    judge = CountingJudge()
    first = RememberingGrader(judge, tmp_path).grade(KeyedPack("a"), "SELECT 1")
    again = RememberingGrader(judge, tmp_path).grade(KeyedPack("a"), "SELECT 1")
    assert (again, judge.asked) == (first, ["SELECT 1"])


def test_another_pack_is_another_question(tmp_path: Path) -> None:
    judge = CountingJudge()
    for key in ("a", "b"):
        RememberingGrader(judge, tmp_path).grade(KeyedPack(key), "SELECT 1")
    assert len(judge.asked) == 2


def test_a_spoilt_memory_is_asked_anew(tmp_path: Path) -> None:
    judge = CountingJudge()
    RememberingGrader(judge, tmp_path).grade(KeyedPack("a"), "SELECT 1")
    next(tmp_path.glob("*.json")).write_text("{", encoding="utf-8")
    RememberingGrader(judge, tmp_path).grade(KeyedPack("a"), "SELECT 1")
    assert len(judge.asked) == 2


def test_a_limit_that_was_hit_is_asked_again(tmp_path: Path) -> None:
    judge = CountingJudge(Verdict(Status.INVALID, Reason.LIMIT))
    for _ in range(2):
        RememberingGrader(judge, tmp_path).grade(KeyedPack("a"), "SELECT 1")
    assert len(judge.asked) == 2
