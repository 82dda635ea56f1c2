"""Eight Expos at once through the desk of two mentors, each learner and each mentor a process of its own.

    python bench/expo_class.py [--lang ja] [--practice marketplace.duckdb] [--keep DIR]

Learners seal and hand in while the desk collects; each gets a second month, reports and hands in again; two of them cheat. The mentors
mark all eight at the same time, neither knowing the other's marks. Printed are who waits for what, the weighted kappa, the rows to
talk about, and what came back. With `--keep` the class's folder stays, to be looked at with `penguin mentor start`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "classroom" / "mentor"))

from expo_work import Writer  # noqa: E402
from road import Learner as Computer  # noqa: E402

from classroom.mentor.classpage.attention import needs_attention  # noqa: E402
from classroom.mentor.classpage.begin import begin  # noqa: E402
from classroom.mentor.collecting.collect import collect  # noqa: E402
from classroom.mentor.expo.expos import handed_in  # noqa: E402
from classroom.mentor.expo.feedback import return_expo  # noqa: E402
from classroom.mentor.expo.month import give_month  # noqa: E402
from classroom.mentor.expo.result import agreements, differences  # noqa: E402
from classroom.mentor.place.expo_store import ExpoMark, ExpoMarksStore  # noqa: E402
from classroom.mentor.place.folder import MentorFolder  # noqa: E402
from classroom.mentor.place.roster import Learner  # noqa: E402
from coursebook.expo import LETTERS  # noqa: E402

LEARNERS = "hanako taro jiro yuki ken mari sho aya".split()
EFFECTS = ("none", "small", "real", "harmful")
EDITS_THE_PLAN, SWAPS_THE_DATA = "ken", "sho"
MARKS = {
    "佐藤": (
        "22222222222",
        "33222223222",
        "12222212222",
        "33333333333",
        "22022212222",
        "32223322233",
        "23322223222",
        "11111111111",
    ),
    "森": (
        "22222222222",
        "32222323233",
        "12212212222",
        "33333331333",
        "22222212222",
        "32223322233",
        "23322221222",
        "11112111111",
    ),
}
"""The points of each mentor for each learner, A to K."""


def main() -> None:
    """Play it, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lang", default="ja")
    parser.add_argument("--practice", type=Path)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        play(options.keep or Path(folder), options.lang, options.practice)


def play(place: Path, lang: str, practice: Path | None) -> None:
    """The whole of it, in a folder that is there or is made."""
    started = time.perf_counter()
    (place / "share").mkdir(parents=True)
    names = [Learner(each, each.title(), "") for each in LEARNERS]
    desk = begin(place / "desk", lang, names, share=place / "share", practice=practice)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(len(LEARNERS), mp_context=context) as pool:
        first = [pool.submit(seal, place, each) for each in LEARNERS]
        while not all(each.done() for each in first):
            collect(desk)
        writers = [each.result() for each in first]
        collect(desk)
        for number, each in enumerate(handed_in(desk)):
            give_month(desk, each, EFFECTS[number % len(EFFECTS)])
        second = [pool.submit(report, writer) for writer in writers]
        while not all(each.done() for each in second):
            collect(desk)
        print(f"{sum(each.result() for each in second)} hand-ins sent, {len(handed_in(desk))} Expos at the desk")
        collect(desk)
        marked = [pool.submit(mark, place, mentor) for mentor in MARKS]
        print(f"{sum(each.result() for each in marked)} marks by {len(MARKS)} mentors")
    for item in needs_attention(desk, "L1", {}):
        print(f"  {item.kind.value:10} {item.student:8} {item.text}")
    compare(desk)
    for each in handed_in(desk):
        result = return_expo(desk, each)
        [back] = Computer.at(place / each.learner, desk, each.learner).fetch().post.feedback
        print(f"  {each.learner:8} {back.points:g} of {back.possible:g}, {'passes' if result.passes else 'not yet'}")
    print(f"{time.perf_counter() - started:.0f} s")


def compare(desk: MentorFolder) -> None:
    """Print how the two agree."""
    marks = [mark for each in handed_in(desk) for mark in ExpoMarksStore(desk).marks(each.learner, each.codes)]
    for each in agreements(marks):
        print(f"kappa of {each.one} and {each.other} over {each.rows} rows: {each.kappa:.3f}")
    for far in differences(marks):
        print(f"  talk about {far.learner} {far.letter}: {dict(far.points)}")


def seal(place: Path, name: str) -> Writer:
    """A learner writes, seals and hands in."""
    desk = MentorFolder(place / "desk")
    issue = {"issue_name": f"{name} の壁", "measure_rule": f"{name} が決めた決まり"}
    writer = Writer.at(Computer.at(place / name, desk, name), name, **issue)
    writer.seal()
    writer.hand_in()
    return writer


def report(writer: Writer) -> int:
    """The same learner runs the month that was given, reports, and hands in again."""
    name = writer.learner.member.learner
    if name == EDITS_THE_PLAN:
        writer.expo = replace(writer.expo, measure=replace(writer.expo.measure, rule="何があっても広げる"))
    writer.run_month(untouched=name != SWAPS_THE_DATA)
    writer.hand_in()
    return len(writer.learner.outbox.receipts())


def mark(place: Path, mentor: str) -> int:
    """A mentor marks every Expo."""
    desk = MentorFolder(place / "desk")
    store, given = ExpoMarksStore(desk), 0
    for each in handed_in(desk):
        points = MARKS[mentor][LEARNERS.index(each.learner)]
        store.keep_marks(
            ExpoMark(each.learner, mentor, letter, int(point), "", each.code, each.at)
            for letter, point in zip(LETTERS, points, strict=True)
        )
        given += len(points)
    return given


if __name__ == "__main__":
    main()
