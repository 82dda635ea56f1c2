"""Every text is UTF-8: what an editor has saved otherwise would reach learners as wrong characters."""

from collections.abc import Iterator

from coursebook.lesson import Lesson
from coursebook.problem import Problem


def texts_encoded(lesson: Lesson) -> Iterator[Problem]:
    """Texts and queries that can't be read as UTF-8, with the first line that is none."""
    for path in sorted(each for each in lesson.folder.rglob("*") if each.suffix in (".md", ".sql") and each.is_file()):
        raw = path.read_bytes()
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError as fault:
            yield Problem(path, raw.count(b"\n", 0, fault.start) + 1, "not_utf8")
