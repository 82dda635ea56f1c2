"""Unpacks what zip_collect is given: no path out of the folder, no archive that swells, nothing but small ordinary files."""

from __future__ import annotations

import errno
import shutil
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from nbgrader.plugins.zipcollect import ExtractorPlugin

MOST_FILES = 2_000
MOST_FILE_BYTES = 16_000_000
MOST_BYTES = 400_000_000
MOST_TIMES = 200
"""So much larger than its archive may the content be, above a first megabyte."""
MOST_NAME_BYTES = 255
"""What file systems allow for one part of a path."""
_NAMES_AT_FAULT = (errno.ENAMETOOLONG, errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.EINVAL, errno.EILSEQ)
"""What a system answers to names that it cannot have, or not beside each other."""


class CarefulExtractor(ExtractorPlugin):
    """nbgrader's extractor with limits; an archive that breaks one is left out and named in the log."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Unpack or copy every file under `archive_path` into `extracted_path`."""
        source, target = Path(archive_path), Path(extracted_path)
        for file in sorted(each for each in source.rglob("*") if each.is_file() and not each.is_symlink()):
            place = target / file.relative_to(source).parent
            place.mkdir(parents=True, exist_ok=True)
            if file.suffix == ".zip":
                self._unpack(file, place / file.stem)
            elif file.suffix in self.zip_ext or file.stat().st_size > MOST_FILE_BYTES:
                self.log.warning("Left out, unpack it yourself if you know what it is: %s", file)
            else:
                (place / file.name).write_bytes(file.read_bytes())

    def _unpack(self, file: Path, place: Path) -> None:
        mine = not place.exists()
        try:
            fault = _unpacked(file, place)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as damage:
            fault = str(damage)
        except OSError as refusal:
            if refusal.errno not in _NAMES_AT_FAULT:
                raise
            fault = str(refusal.strerror)
        if fault:
            self.log.warning("Left out (%s): %s", fault, file)
            if mine:
                shutil.rmtree(place, ignore_errors=True)


def _unpacked(file: Path, place: Path) -> str:
    """Unpacks an archive; gives the reason where it does not."""
    with zipfile.ZipFile(file) as archive:
        members = [each for each in archive.infolist() if not each.is_dir()]
        if fault := archive_fault(members, file.stat().st_size):
            return fault
        for member in members:
            path = place / PurePosixPath(member.filename)
            path.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as content:
                path.write_bytes(content.read(min(member.file_size, MOST_FILE_BYTES)))
    return ""


def archive_fault(members: list[zipfile.ZipInfo], archive_bytes: int) -> str:
    """Why an archive is not unpacked, or nothing."""
    total = sum(each.file_size for each in members)
    if len(members) > MOST_FILES:
        return f"more than {MOST_FILES} files"
    if any(each.file_size > MOST_FILE_BYTES for each in members) or total > MOST_BYTES:
        return "too large"
    if total > 1_000_000 and total > MOST_TIMES * archive_bytes:
        return "swells too much"
    if any(_leads_out(each) for each in members):
        return "a path leads out of the folder"
    paths = [PurePosixPath(each.filename) for each in members]
    if any(len(part.encode("utf-8", "replace")) > MOST_NAME_BYTES for path in paths for part in path.parts):
        return "a name is too long"
    if {parent for path in paths for parent in path.parents} & set(paths):
        return "a file has the name of a folder"
    return ""


def _leads_out(member: zipfile.ZipInfo) -> bool:
    name = member.filename
    path = PurePosixPath(name)
    is_link = (member.external_attr >> 16) & 0o170000 == 0o120000
    return is_link or path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name
