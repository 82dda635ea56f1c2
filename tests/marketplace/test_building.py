from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import duckdb
import pytest

from marketplace import MarketplaceError, Settings, build, scale_factor, wordings
from marketplace.fingerprints import fingerprint
from marketplace.workplace import manifest_path

if TYPE_CHECKING:
    from pathlib import Path

TINY = 0.001
SAME_IN_BOTH_LANGUAGES = (
    "sessions",
    "list_impressions",
    "talks",
    "appointments",
    "payments",
    "point_ledger",
    "cast_shifts",
)


def built(folder: Path, name: str = "a.duckdb", **changes: object) -> dict[str, str]:
    out = folder / name
    build(Settings(**({"scale": TINY, "out": out} | changes)))  # type: ignore[arg-type]
    return fingerprint(out)


def test_the_same_seed_gives_the_same_rows_whatever_the_threads_and_chunks(tmp_path: Path) -> None:
    first = built(tmp_path, scale=0.01, threads=1)
    assert built(tmp_path, scale=0.01, threads=2, chunk_guests=77) == first


def test_another_seed_gives_other_rows(tmp_path: Path) -> None:
    first, second = built(tmp_path, seed=1), built(tmp_path, seed=2)
    assert first["areas"] == second["areas"]
    assert first["list_impressions"] != second["list_impressions"]


def test_the_language_changes_names_and_texts_alone(tmp_path: Path) -> None:
    japanese, english = built(tmp_path, locale="ja"), built(tmp_path, locale="en")
    assert all(japanese[table] == english[table] for table in SAME_IN_BOTH_LANGUAGES)
    assert {t for t in japanese if japanese[t] != english[t]} == {"guests", "casts", "messages", "all"}


def test_parquet_holds_the_same_rows_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    rows = built(tmp_path)
    assert built(tmp_path, "p", format="parquet") == rows
    first = (tmp_path / "p" / "messages.parquet").read_bytes()
    built(tmp_path, "p", format="parquet")
    assert (tmp_path / "p" / "messages.parquet").read_bytes() == first


def test_names_never_come_from_another_version_of_faker(tmp_path: Path) -> None:
    manifest = build(Settings(scale=TINY, out=tmp_path / "a.duckdb"))
    assert manifest.pools == "ce49901f5825d1e3"
    assert build(Settings(scale=TINY, locale="en", out=tmp_path / "a.duckdb")).pools == "db91259979bfe89f"


def test_the_rows_of_this_version_stay_the_same(tmp_path: Path) -> None:
    assert built(tmp_path, scale=0.01)["all"] == "4533934c1a40e79d"
    assert built(tmp_path, scale=0.01, locale="en")["all"] == "a18114122ab4ddea"


def test_prefectures_are_written_in_the_language_of_the_data(tmp_path: Path) -> None:
    found = {}
    for locale in ("ja", "en"):
        build(Settings(scale=0.01, locale=locale, out=tmp_path / "a.duckdb"))
        with duckdb.connect(str(tmp_path / "a.duckdb"), read_only=True) as connection:
            rows = connection.execute("SELECT prefecture FROM guests ORDER BY guest_id").fetchall()
        found[locale] = [prefecture for (prefecture,) in rows]
    pairs = wordings("en")
    assert [prefecture and pairs[prefecture] for prefecture in found["ja"]] == found["en"]
    assert wordings("ja") == {}


def test_the_manifest_stands_beside_the_file_and_counts_its_rows(small: Path) -> None:
    manifest = json.loads(manifest_path(small).read_text("utf-8"))
    with duckdb.connect(str(small), read_only=True) as connection:
        for table, count in manifest["counts"].items():
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (count,)
    assert manifest["period"] == {"first": "2024-01-01", "last": "2025-12-31", "end_utc": "2025-12-31T20:00:00"}


def test_progress_ends_with_all_blocks_done(tmp_path: Path) -> None:
    calls: list[tuple[int, int, int]] = []
    manifest = build(Settings(scale=TINY, out=tmp_path / "a.duckdb"), lambda *call: calls.append(call))
    assert calls[-1][0] == calls[-1][1] == 24
    assert 0 < calls[-1][2] <= manifest.rows


def test_a_failing_build_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = built(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("marketplace.writer.DuckDBSink.write", full)
    with pytest.raises(MarketplaceError, match="could not be written"):
        build(Settings(scale=TINY, seed=9, out=tmp_path / "a.duckdb"))
    assert fingerprint(tmp_path / "a.duckdb") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.duckdb", "a.manifest.json"]


def building(folder: Path, name: str, blocks: int = 2) -> subprocess.Popen[bytes]:
    """A process that builds, and has built so many blocks."""
    program = "import sys, pathlib, marketplace as m; m.build(m.Settings(scale=0.01, seed=5, out=pathlib.Path(sys.argv[1])), lambda *_: print('.', flush=True))"
    running = subprocess.Popen([sys.executable, "-c", program, str(folder / name)], stdout=subprocess.PIPE)
    assert running.stdout is not None
    running.stdout.read(2 * blocks)
    return running


@pytest.mark.parametrize("blocks", [1, 8, 15, 23])
def test_killing_a_build_leaves_the_old_complete_file(tmp_path: Path, blocks: int) -> None:
    before = built(tmp_path)
    running = building(tmp_path, "a.duckdb", blocks)
    running.kill()
    running.communicate()
    assert fingerprint(tmp_path / "a.duckdb") == before


def test_the_next_build_sweeps_what_a_killed_one_left(tmp_path: Path) -> None:
    running = building(tmp_path, "b.duckdb")
    running.kill()
    running.communicate()
    assert list(tmp_path.glob(".b.duckdb.*.building"))
    built(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.duckdb", "a.manifest.json"]


def test_a_build_leaves_one_beside_it_alone(tmp_path: Path) -> None:
    running = building(tmp_path, "b.duckdb")
    built(tmp_path)
    running.communicate()
    assert running.returncode == 0
    assert (tmp_path / "b.duckdb").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without a word")
def test_a_build_that_is_told_to_end_leaves_nothing(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "classroom",
        "data",
        "build",
        "--scale",
        "std",
        "--out",
        str(tmp_path / "a.duckdb"),
    ]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not list(tmp_path.glob(".*.building")):
        assert running.poll() is None
        time.sleep(0.05)
    running.terminate()
    running.communicate()
    assert list(tmp_path.iterdir()) == []


def test_what_was_left_hours_ago_without_a_lock_is_swept(tmp_path: Path) -> None:
    left = tmp_path / ".a.duckdb.xyz.building"
    left.mkdir()
    os.utime(left, (time.time() - 9 * 3600,) * 2)
    built(tmp_path)
    assert not left.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"scale": -1.0}, "out of range"),
        ({"seed": -1}, "0 or more"),
        ({"locale": "fr"}, "use ja or en"),
        ({"format": "csv"}, "use duckdb or parquet"),
        ({"threads": 0}, "1 to 256"),
        ({"memory_mb": 10}, "256 MB or more"),
    ],
)
def test_settings_that_cannot_be_are_answered_with_what_to_do(changes: dict[str, object], words: str) -> None:
    with pytest.raises(MarketplaceError, match=words):
        Settings(**changes)  # type: ignore[arg-type]


def test_an_unknown_scale_lists_the_known_ones() -> None:
    with pytest.raises(MarketplaceError, match="tiny, small, dev, std, large, xl"):
        scale_factor("huge")
    assert scale_factor("2.5") == 2.5


def test_a_folder_as_target_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MarketplaceError, match="is a folder"):
        build(Settings(scale=TINY, out=tmp_path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_device_or_pipe_is_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(MarketplaceError, match="no ordinary file"):
        build(Settings(scale=TINY, out=tmp_path / "pipe"))
    assert (tmp_path / "pipe").is_fifo()


def test_a_file_in_the_way_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(MarketplaceError, match="cannot be written to"):
        build(Settings(scale=TINY, out=tmp_path / "file" / "a.duckdb"))


def test_too_little_room_is_said_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    with pytest.raises(MarketplaceError, match="not enough room"):
        build(Settings(scale=TINY, out=tmp_path / "a.duckdb"))
    assert list(tmp_path.iterdir()) == []
