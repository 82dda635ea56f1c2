"""What [[renumbered]] says can be followed: each earlier number leads to one exercise that is there, in its own lesson."""

from collections.abc import Iterator

from coursebook.course import Course
from coursebook.problem import Problem
from coursebook.records import line_of_key


def numbers_kept(course: Course) -> Iterator[Problem]:
    """Earlier numbers that lead nowhere, to one exercise twice, or to another lesson's."""
    numbering, path = course.numbering, course.root / "course.toml"
    if not numbering.changes:
        return
    text = path.read_text(encoding="utf-8")
    there = {each.id for lesson in course.lessons for each in lesson.exercises}
    for number, change in enumerate(numbering.changes):
        now = numbering.ids(number + 1, numbering.latest)
        first: dict[str, str] = {}
        for old, new in change.items():
            line = line_of_key(text, ("renumbered", number, old))
            if new in first:
                yield Problem(path, line, "renumbered_twice", {"new": new, "first": first[new], "second": old})
            elif old.partition("-")[0] != new.partition("-")[0]:
                yield Problem(path, line, "renumbered_abroad", {"old": old, "new": new})
            elif now.get(new, new) not in there:
                yield Problem(path, line, "renumbered_unknown", {"old": old, "new": now.get(new, new)})
            first.setdefault(new, old)
