"""Expos as learners write, seal and hand them in, without a room around them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from classroom.exchange.expo.grant import grant_in
from classroom.exchange.expo.record import EXPO, Expo, as_notebook, expo_from
from classroom.exchange.expo.seal import MONTH, PLAN, REPORT, RUN, next_entry, plan_content

if TYPE_CHECKING:
    import datetime as dt

    from road import Learner

    from classroom.exchange.outbox import Receipt

WRITTEN = {
    "issue.name": "1時間の壁",
    "issue.node": "talked",
    "issue.loses": "返信を待ったゲストが、ほかのキャストへ行く",
    "issue.sql": "SELECT COUNT(*) FROM talks",
    "hypothesis.1.claim": "新人の返信が遅い",
    "metric.numerator": "14日以内に依頼した人",
    "check.1.claim": "エリアの合計が全体に等しい",
    "measure.name": "返信の声かけ",
    "measure.group": "existing",
    "measure.metric": "talk_14d",
    "measure.percent": "50",
    "measure.months": "1",
    "measure.rule": "区間がすべて0より上なら広げる。それ以外はやめる",
    "report.finding": "差は −2.1 ポイント",
}


@dataclass
class Writer:
    """A learner with an Expo."""

    learner: Learner
    expo: Expo = field(default_factory=lambda: expo_from("e1", WRITTEN))

    @classmethod
    def at(cls, learner: Learner, who: str, **texts: str) -> Writer:
        """A learner whose Expo has a number and some texts of its own, such as issue_name."""
        own = {place.replace("_", ".", 1): text for place, text in texts.items()}
        return cls(learner, expo_from(who, {**WRITTEN, **own}))

    def add(self, kind: str, content: Any, at: dt.datetime | None = None) -> None:
        entry = next_entry(self.expo, kind, content, at or self.learner.now())
        self.expo = replace(self.expo, log=(*self.expo.log, entry))

    def seal(self, at: dt.datetime | None = None) -> None:
        self.add(PLAN, plan_content(self.expo), at)

    def run_month(self, at: dt.datetime | None = None, *, untouched: bool = True) -> None:
        """Make and run the month that was given, or one by chance, and report."""
        standing = self.learner.fetch().post.standing
        plan = grant_in(standing.month).seal if standing and standing.month else self.expo.log[0].code
        self.add(MONTH, {"plan": plan, "file": "0", "by": "mentors"}, at)
        self.add(RUN, {"sql": "SELECT 1", "result": None, "problem": "", "data": untouched}, at)
        self.add(REPORT, asdict(self.expo.report), at)

    def hand_in(self) -> Receipt:
        receipt = self.learner.outbox.hand_in(EXPO, "expo.json", as_notebook(self.expo), b"", self.learner.now())
        self.learner.outbox.send(self.learner.end)
        return receipt
