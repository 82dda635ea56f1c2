"""course.toml lists every lesson folder once, and every lesson can say where it stands."""

from collections import Counter
from collections.abc import Iterator

from coursebook.course import Course
from coursebook.problem import Problem
from coursebook.records import line_of_key


def lessons_listed(course: Course) -> Iterator[Problem]:
    """Folders that are not listed, listed ones that are not there, lessons that need unknown ones."""
    path = course.root / "course.toml"
    text = path.read_text(encoding="utf-8")
    line = line_of_key(text, ("lessons",))
    folders = {each.name for each in (course.root / "lessons").glob("*") if each.is_dir()}
    for name in sorted(folders - set(course.folders)):
        yield Problem(path, line, "lesson_not_listed", {"name": name})
    for name, count in Counter(course.record.lessons).items():
        if count > 1:
            yield Problem(path, line, "lesson_twice", {"name": name})
    earlier: set[str] = set()
    for lesson in course.lessons:
        for needed in lesson.record.needs:
            if needed not in earlier:
                yield Problem(lesson.folder / "lesson.toml", 1, "needs_unknown", {"needed": needed})
        levels = [level.number for level in course.levels if lesson.id in level.lessons]
        if levels != [lesson.record.level]:
            yield Problem(lesson.folder / "lesson.toml", 1, "level_differs", {"id": lesson.id, "levels": levels})
        earlier.add(lesson.id)
