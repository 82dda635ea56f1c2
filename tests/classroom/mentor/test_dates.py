"""Dates from outside: zones, days that can't be meant, clocks that are years off."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import pytest
from road import Learner as OwnComputer
from typer.testing import CliRunner

from classroom.commands.mentor import app
from classroom.exchange.envelope import seal
from classroom.exchange.moments import moment_in, moment_of_file
from classroom.exchange.names import safe_name
from classroom.exchange.records import HandIn
from classroom.mentor.classpage.attention import Kind, needs_attention
from classroom.mentor.collecting.collect import collect, received_file
from classroom.mentor.collecting.handin import read_timestamp
from classroom.mentor.grading.grade import grade_assignment
from classroom.mentor.place.calendar import NoDate, in_zone, named_zone, read_due, usual_zone, zone_name, zone_of
from classroom.mentor.place.folder import MentorFolder
from classroom.mentor.place.gradebook import open_gradebook
from classroom.mentor.returning.send import tell_class

if TYPE_CHECKING:
    from pathlib import Path

    from road import Learner

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
NOBODYS_DATES = ["0001-01-01T00:00:00+00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "1", "", "火曜"]


def setting(folder: MentorFolder, name: str, value: str) -> MentorFolder:
    lines = [each for each in folder.settings_path.read_text("utf-8").splitlines() if not each.startswith(name)]
    folder.settings_path.write_text("\n".join([*lines, f"{name} = {json.dumps(value)}", ""]), encoding="utf-8")
    return MentorFolder(folder.root)


@pytest.mark.parametrize(
    ("zone", "lang", "expected"),
    [
        ("UTC", "ja", "Asia/Tokyo"),
        ("Etc/UTC", "ja", "Asia/Tokyo"),
        ("UTC", "en", "UTC"),
        ("Europe/Berlin", "ja", "Europe/Berlin"),
        (":Asia/Tokyo", "en", "Asia/Tokyo"),
        ("no/such", "ja", "Asia/Tokyo"),
    ],
)
def test_the_zone_of_a_server_is_that_of_the_language(
    monkeypatch: pytest.MonkeyPatch, zone: str, lang: str, expected: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    assert usual_zone(lang) == expected


def test_a_day_ends_in_tokyo_on_a_server_in_utc_and_release_says_so(
    folder: MentorFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "UTC")
    lines = [each for each in folder.settings_path.read_text("utf-8").splitlines() if not each.startswith("zone")]
    folder.settings_path.write_text("\n".join([*lines, ""]), encoding="utf-8")  # a folder from before zones were kept
    here = MentorFolder(folder.root)
    assert zone_name(here) == "Asia/Tokyo"
    assert read_due("2026-12-06", zone_of(here)) == dt.datetime(2026, 12, 6, 14, 59, 59, tzinfo=dt.UTC).replace(
        tzinfo=None
    )
    done = CliRunner().invoke(app, ["release", "L1", "--due", "2026-12-06", "--no-exchange", "--dir", str(here.root)])
    assert done.exit_code == 0, done.output
    assert "2026-12-06 23:59 (JST)" in done.output
    assert "締め切りの時間帯: Asia/Tokyo" in done.output


@pytest.mark.parametrize("zone", ["Asia/Tokio", "../../etc/passwd", "/etc/localtime", " "])
def test_a_zone_that_there_is_not_stops_every_command_with_its_place(folder: MentorFolder, zone: str) -> None:
    here = setting(folder, "zone", zone)
    for command in (["collect"], ["grade", "L1"], ["release", "L1"], ["init"]):
        where = [str(here.root)] if command == ["init"] else ["--dir", str(here.root)]
        done = CliRunner().invoke(app, [*command, *where])
        assert done.exit_code == 2
        assert "settings.toml" in done.output.replace("\n", "")
    assert named_zone(zone) is None


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "12026-01-01", "2026-02-30", "2026-12-06T25:00", "明日"])
def test_a_due_date_that_cannot_be_meant_is_told(folder: MentorFolder, text: str) -> None:
    for zone in ("Asia/Tokyo", "Pacific/Pago_Pago"):
        found = named_zone(zone)
        assert found is not None
        with pytest.raises(NoDate):
            read_due(text, found)
    done = CliRunner().invoke(app, ["release", "L1", "--due", text, "--no-exchange", "--dir", str(folder.root)])
    assert done.exit_code == 2
    assert isinstance(done.exception, SystemExit)


def test_a_date_in_a_letter_that_no_clock_shows_costs_nothing(desk: MentorFolder, hanako: Learner) -> None:
    here = setting(desk, "zone", "Pacific/Pago_Pago")
    now = dt.datetime.now(dt.UTC)
    assert here.share is not None
    place = here.share / safe_name(here.course_id) / "from" / safe_name("hanako")
    place.mkdir(parents=True, exist_ok=True)
    for number, (written, sent) in enumerate(product(NOBODYS_DATES, [*NOBODYS_DATES[:2], now.isoformat()])):
        letter = HandIn(here.course_id, "L1", "hanako", f"x{number}", written, "L1.ipynb", hanako.notebook)
        raw = {**json.loads(seal(letter, now)), "sent_at": sent}
        (place / f"{number}.json").write_text(json.dumps(raw), encoding="utf-8")
    taken = collect(here).taken
    assert len(taken) == len(NOBODYS_DATES) * 3
    assert all(abs(moment_in(each.at) - now) < dt.timedelta(minutes=5) for each in taken)
    assert collect(here).taken == []
    assert needs_attention(here, "L1", {})
    tell_class(here)
    timestamp, _ = read_timestamp(here.step("submitted", "hanako", "L1"))
    assert timestamp is not None
    assert timestamp.year == now.year


def test_what_an_earlier_version_kept_of_year_one_stops_no_collect(desk: MentorFolder, hanako: Learner) -> None:
    hanako.hand_in({"L1-01": "one"})
    collect(desk)
    with received_file(desk)._open() as connection:
        connection.execute("UPDATE letters SET at = '0001-01-01T00:00:00+00:00'")
    shutil.rmtree(desk.root / "submitted")
    hanako.hand_in({"L1-01": "two"})
    assert len(collect(desk).taken) == 1
    tell_class(desk)
    assert [each.kind for each in needs_attention(desk, "L1", {}) if each.kind is Kind.CLOCK] == []


def test_a_time_beside_a_hand_in_that_cannot_be_meant_is_none(desk: MentorFolder, tmp_path: Path) -> None:
    texts = ["0001-01-01 00:00:00.000000 UTC", "9999-12-31 23:59:59 UTC", "x" * 900]
    here = setting(desk, "zone", "Pacific/Pago_Pago")
    for number, text in enumerate(texts):
        with open_gradebook(here) as gradebook:
            gradebook.update_or_create_student(f"s{number}")
            duedate = dt.datetime(2026, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
            gradebook.update_or_create_assignment("L1", duedate=duedate)
        OwnComputer.at(tmp_path / str(number), here, f"s{number}").hand_in({"L1-01": "one"})
        collect(here)
        place = here.step("submitted", f"s{number}", "L1")
        (place / "timestamp.txt").write_text(text, encoding="utf-8")
        assert read_timestamp(place) == (None, text)
    assert grade_assignment(here, "L1").graded == [f"s{number}" for number in range(len(texts))]
    assert [each.kind for each in needs_attention(here, "L1", {}) if each.kind is Kind.LATE] == []


@pytest.mark.parametrize("seconds", [-(2**40), 2**40, 0])
def test_a_file_whose_disk_tells_an_impossible_time_is_taken(desk: MentorFolder, hanako: Learner, seconds: int) -> None:
    hanako.hand_in({"L1-01": "one"})
    for file in desk.share.rglob("from/*/*.json"):  # type: ignore[union-attr]
        try:
            os.utime(file, (seconds, seconds))
        except (OSError, OverflowError):
            pytest.skip("this disk keeps no such time")
    assert len(collect(desk).taken) == 1
    assert moment_of_file(float("inf")) is None


@pytest.mark.parametrize(
    ("off", "said"),
    [
        (dt.timedelta(minutes=30), "30分"),
        (dt.timedelta(hours=5), "5時間"),
        (dt.timedelta(days=40), "40日"),
        (dt.timedelta(days=9_000), "9,000日"),
    ],
)
def test_a_clock_is_off_by_days_where_minutes_tell_nothing(
    desk: MentorFolder, hanako: Learner, off: dt.timedelta, said: str
) -> None:
    replace(hanako, clock_off=-off).hand_in({"L1-01": "by my clock"})
    done = CliRunner().invoke(app, ["collect", "--dir", str(desk.root)])
    assert f"学習者の時計が{said}遅れています" in done.output.replace("\n", "")
    assert "新しい提出: 1件（L1 1）" in done.output
    [told] = [each.text for each in needs_attention(desk, "L1", {}) if each.kind is Kind.CLOCK]
    assert said in told
    again = CliRunner().invoke(app, ["collect", "--dir", str(desk.root)])
    assert "新しい提出はありません" in again.output
    assert "これまでに届いている人数: L1 1" in again.output
    assert "時計" not in again.output


def test_a_moment_at_the_end_of_the_calendar_is_shown_somehow() -> None:
    for zone in ("Asia/Tokyo", "Pacific/Pago_Pago"):
        found = named_zone(zone)
        assert found is not None
        for moment in (dt.datetime.min.replace(tzinfo=dt.UTC), dt.datetime.max.replace(tzinfo=dt.UTC)):
            assert in_zone(moment, found).startswith(("1-01-01", "0001-01-01", "9999-12-31"))
