"""The course's lessons on a company's tables that play its own: what is exchanged, what is left out and why, and the proof."""

import shutil
from pathlib import Path

import pytest

from coursebook import load_course
from coursebook.checks import LESSON_CHECKS
from coursebook.course_of_tables import LESSONS
from coursebook.location import course_root
from coursebook.messages import LANGUAGES
from coursebook.own_tables.carried_exercise import Carrying
from coursebook.own_tables.carried_rows import rows_carrier
from coursebook.own_tables.counterparts import NotPlayed, counterparts
from coursebook.own_tables.course_folder import write_tables
from coursebook.own_tables.making_lessons import make_lessons
from coursebook.own_tables.names import Names
from coursebook.own_tables.passages import passages
from coursebook.own_tables.renamed_query import renamed_query, tables_in
from coursebook.own_tables.renamed_text import kept_sentences, renamed_text
from coursebook.own_tables.workshop import Workshop
from marketplace.yourschema import read_mapping_file, read_schema_file

HERE = Path(__file__).parent
SCRIPT, MAPPING = HERE / "school.sql", HERE / "school.toml"
PLAYED = ("ゲスト", "guest_id", "cast_id", "`guests`", "`talks`")
"""What a company's lessons don't say, where others play it."""


@pytest.fixture(scope="module")
def parts():
    schema = read_schema_file(SCRIPT)
    return counterparts(schema, read_mapping_file(MAPPING, schema), (9, 5))


def renamed(sql, parts):
    return renamed_query(sql, Names(parts, tables_in(sql)))


def said(text, parts, lang, *tables):
    return renamed_text(text, Names(parts, tables), lang)


@pytest.mark.parametrize(
    ("sql", "own"),
    [
        ("SELECT guest_id FROM guests  -- guest_id", "SELECT id FROM students  -- id"),
        (
            "SELECT t.guest_id, c.display_name FROM talks AS t\nJOIN casts AS c USING (cast_id)",
            "SELECT t.student_id, c.name FROM chat_rooms AS t\nJOIN teachers AS c USING (teacher_no)",
        ),
        (
            "WITH g AS (SELECT guest_id FROM guests) SELECT g.guest_id FROM g",
            "WITH g AS (SELECT id FROM students) SELECT g.id FROM g",
        ),
        (
            "SELECT cast_id, COUNT(*) AS talk_count FROM talks GROUP BY cast_id ORDER BY talk_count",
            "SELECT teacher_no, COUNT(*) AS chat_room_count FROM chat_rooms GROUP BY teacher_no ORDER BY chat_room_count",
        ),
        (
            "SELECT 1 FROM casts WHERE grade IN ('gold', 'vip')",
            "SELECT 1 FROM teachers WHERE rank IN ('gold', 'premium')",
        ),
        ("SELECT 1 FROM appointments WHERE status = 'completed'", "SELECT 1 FROM bookings WHERE status = 'done'"),
        ("SELECT guest_id FROM gests", "SELECT student_id FROM sudents"),
        ("SELECT guest_id,\nFROM guests WHERE ___ IS NULL", "SELECT id,\nFROM students WHERE ___ IS NULL"),
    ],
)
def test_names_and_values_are_exchanged_and_the_layout_stays(sql, own, parts):
    assert renamed(sql, parts) == own


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("SELECT 1 FROM messages", "table"),
        ("SELECT birth_year FROM guests", "column"),
        ("SELECT guest_id FROM guests JOIN talks USING (guest_id)", "joined"),
        ("SELECT opened_at_utc + INTERVAL 9 HOUR FROM talks", "clock"),
        ("SELECT g.nickname, c.display_name FROM guests AS g, casts AS c", "twins"),
    ],
)
def test_what_has_no_counterpart_is_named(sql, code, parts):
    with pytest.raises(NotPlayed) as missing:
        renamed(sql, parts)
    assert missing.value.code == code
    assert all(missing.value.sentence(lang) for lang in LANGUAGES)


@pytest.mark.parametrize(
    ("lang", "text", "own"),
    [
        ("ja", "ゲストの番号（guest_id）を、guests から。", "生徒の番号（id）を、students から。"),
        ("ja", "グレードが `vip` のキャストと、`COUNT(guest_id)`", "グレードが `premium` の講師と、`COUNT(id)`"),
        ("en", "A guest's guest_id; Guests (status)", "A student's id; Students (status)"),
        (
            "en",
            "Their grade. Columns cast_id, grade, by cast_id.",
            "Their grade. Columns teacher_no, rank, by teacher_no.",
        ),
        (
            "en",
            "an appointment of a cast who will talk, `grade` = `vip`",
            "a booking of a teacher who will talk, `rank` = `premium`",
        ),
    ],
)
def test_texts_speak_of_the_companys_things(lang, text, own, parts):
    assert said(text, parts, lang, "guests", "casts") == own


def test_a_sentence_that_does_not_hold_is_left_out(parts):
    names = Names(parts, ("guests",))
    assert kept_sentences("番号は guest_id です。興味（interest_tag）は空です。", names, "ja") == "番号は id です。"
    assert kept_sentences("1. クリックを数える。\n2. NULL は空。", names, "ja") == "1. NULL は空。"
    with pytest.raises(NotPlayed):
        kept_sentences("Messages are read by session.", names, "en")
    with pytest.raises(NotPlayed, match="ending"):
        said("Look at `_utc`.", parts, "en")


def test_each_passage_stands_in_the_lessons():
    for lang in LANGUAGES:
        files = (course_root() / "lessons").rglob(f"*{lang}.md")
        all_texts = "\n".join(path.read_text(encoding="utf-8") for path in files)
        assert [of for of, _ in passages().instead[lang] if of not in all_texts] == []


def test_rows_made_by_hand_go_along(tmp_path):
    own = write_tables(tmp_path / "course", SCRIPT, MAPPING)
    played = counterparts(*own, (9, 5))
    carried = rows_carrier(load_course().schema, *own, played, load_course(tmp_path / "course").schema)
    cast = "(1, 'あおい', 'SHIBUYA', 'vip', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE)"
    rows = carried(f"INSERT INTO casts VALUES {cast};")
    assert "(1, 'あおい', 'SHIBUYA', 'premium', NULL, False)" in rows
    assert carried("INSERT INTO areas VALUES ('SHIBUYA', '渋谷', 'Shibuya', '首都圏');") == ""


def test_the_texts_of_all_eight_lessons_are_carried(tmp_path, parts):
    own = write_tables(tmp_path, SCRIPT, MAPPING)
    source = load_course()
    rows = rows_carrier(source.schema, *own, parts, load_course(tmp_path).schema)
    workshop = Workshop(source, Carrying(parts, passages(), rows), tmp_path)
    workshop.carry()
    files = workshop.files()
    assert len({path.split("/")[1] for path in files}) == 8
    assert len(workshop.offered()) > 30
    assert not any(word in text for path, text in files.items() if path.endswith("lesson.ja.md") for word in PLAYED)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Two lessons of the course with some of their exercises, and the company's course made of them."""
    place = tmp_path_factory.mktemp("source")
    source = place / "course"
    (source / "lessons").mkdir(parents=True)
    shutil.copy(course_root() / "course.toml", source)
    shutil.copytree(course_root() / "databases", source / "databases")
    for lesson, kept in (("01-pull-the-list", ("01", "02", "03", "05", "09")), ("02-conditions-and-blanks", ("09",))):
        shutil.copytree(course_root() / "lessons" / lesson, source / "lessons" / lesson)
        for exercise in (source / "lessons" / lesson / "exercises").iterdir():
            if exercise.name[:2] not in kept:
                shutil.rmtree(exercise)
    own = write_tables(place / "own", SCRIPT, MAPPING)
    return (
        place / "own",
        own,
        load_course(source),
        make_lessons(place / "own", SCRIPT, MAPPING, own, source=load_course(source)),
    )


def test_what_is_offered_is_proved_and_the_rest_is_said(made):
    folder, _, _, lessons = made
    assert lessons.offered == ("L1-02", "L1-03", "L1-05")
    why = {each.id: each.sentence("en") for each in lessons.left_out}
    assert "note" in why["L1-01"]
    assert "role message" in why["L1-09"]
    assert "role session" in why["L2-09"]
    course = load_course(folder)
    assert [each.id for each in course.lessons] == ["L1"]
    (lesson,) = course.lessons
    assert [problem.problem for check in LESSON_CHECKS for problem in check(lesson)] == []
    text = "\n".join(each.content for lang in LANGUAGES for each in lesson.segments[lang])
    assert "生徒" in text
    assert not any(word in text for word in ("ゲスト", "guests", "areas", "エリアの一覧"))


def test_lessons_stay_until_the_tables_change(made, tmp_path):
    folder, own, source, lessons = made
    write_tables(folder, SCRIPT, MAPPING)
    assert load_course(folder).record.levels[0].lessons == ("L1",)
    again = make_lessons(folder, SCRIPT, MAPPING, own, source=source)
    assert again == lessons
    other = tmp_path / "mapping.toml"
    other.write_text(MAPPING.read_text(encoding="utf-8").replace("生徒", "会員"), encoding="utf-8")
    write_tables(folder, SCRIPT, other)
    assert not (folder / LESSONS).exists()
    assert load_course(folder).lessons == ()
