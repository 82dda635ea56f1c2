"""Archives that learners upload to a learning platform are unpacked with limits."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from classroom.mentor.collecting.archives import MOST_FILES, CarefulExtractor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def good(archive: zipfile.ZipFile) -> None:
    archive.writestr("L1/lesson.ipynb", "{}")


def bomb(archive: zipfile.ZipFile) -> None:
    archive.writestr("lesson.ipynb", b"\0" * 15_000_000)


def many(archive: zipfile.ZipFile) -> None:
    for number in range(MOST_FILES + 1):
        archive.writestr(f"{number}.ipynb", "")


def outside(archive: zipfile.ZipFile) -> None:
    archive.writestr("../../outside.ipynb", "{}")


def rooted(archive: zipfile.ZipFile) -> None:
    archive.writestr("/tmp/outside.ipynb", "{}")  # noqa: S108


def windows(archive: zipfile.ZipFile) -> None:
    archive.writestr("C:\\outside.ipynb", "{}")


def link(archive: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("lesson.ipynb")
    info.external_attr = 0o120777 << 16
    archive.writestr(info, "/etc/passwd")


def file_and_folder(archive: zipfile.ZipFile) -> None:
    archive.writestr("a", "{}")
    archive.writestr("a/b", "{}")


def long_name(archive: zipfile.ZipFile) -> None:
    archive.writestr(f"{'課' * 100}.ipynb", "{}")


def long_path(archive: zipfile.ZipFile) -> None:
    archive.writestr("kept.ipynb", "{}")
    archive.writestr("/".join(["folder" * 40] * 30), "{}")


def beside_a_file(archive: zipfile.ZipFile) -> None:
    archive.writestr("../hanako", "{}")


BAD = (bomb, many, outside, rooted, windows, link, file_and_folder, long_name, long_path, beside_a_file)


@pytest.mark.parametrize(
    ("fill", "unpacked"),
    [(good, ["hanako/L1/lesson.ipynb"]), *((fill, []) for fill in BAD)],
)
def test_only_harmless_archives_are_unpacked(
    fill: Callable[[zipfile.ZipFile], None], unpacked: list[str], tmp_path: Path
) -> None:
    archive, extracted = tmp_path / "archive", tmp_path / "extracted"
    archive.mkdir()
    extracted.mkdir()
    with zipfile.ZipFile(archive / "hanako.zip", "w", zipfile.ZIP_DEFLATED) as file:
        fill(file)
    CarefulExtractor().extract(str(archive), str(extracted))
    found = sorted(each.relative_to(extracted).as_posix() for each in extracted.rglob("*") if each.is_file())
    assert found == unpacked
    assert not list(tmp_path.glob("outside*"))


def test_what_is_no_archive_is_copied_and_a_damaged_one_left_out(tmp_path: Path) -> None:
    archive, extracted = tmp_path / "archive", tmp_path / "extracted"
    archive.mkdir()
    (archive / "hanako_lesson.ipynb").write_text("{}", encoding="utf-8")
    (archive / "taro.zip").write_bytes(b"PK\x03\x04 damaged")
    CarefulExtractor().extract(str(archive), str(extracted))
    assert [each.name for each in extracted.rglob("*") if each.is_file()] == ["hanako_lesson.ipynb"]


def test_a_bad_archive_costs_no_other_learner_theirs(tmp_path: Path) -> None:
    archive, extracted = tmp_path / "archive", tmp_path / "extracted"
    archive.mkdir()
    for student, fill in (("aiko", file_and_folder), ("hanako", long_path), ("taro", good)):
        with zipfile.ZipFile(archive / f"{student}.zip", "w") as file:
            fill(file)
    (archive / "taro").write_text("a file where the folder goes", encoding="utf-8")
    with zipfile.ZipFile(archive / "umeko.zip", "w") as file:
        good(file)
    CarefulExtractor().extract(str(archive), str(extracted))
    assert (extracted / "umeko" / "L1" / "lesson.ipynb").is_file()
    assert sorted(each.name for each in extracted.iterdir()) == ["taro", "umeko"]
