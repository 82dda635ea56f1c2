from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from coursebook import Course, compile_lesson, recognise
from coursebook.compile import Edition
from coursebook.pictures import with_pictures


def cells(course: Course, lang: str, edition: Edition) -> dict[str, nbformat.NotebookNode]:
    notebook = nbformat.reads(compile_lesson(course.lesson("L1"), lang, edition).decode(), as_version=4)  # type: ignore[no-untyped-call]
    return {cell.id: cell for cell in notebook.cells}


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("edition", ["source", "learner"])
def test_the_same_lesson_gives_the_same_bytes(sample: Course, lang: str, edition: Edition) -> None:
    lesson = sample.lesson("L1")
    assert compile_lesson(lesson, lang, edition) == compile_lesson(lesson, lang, edition)


def test_both_languages_have_the_same_cells(sample: Course) -> None:
    assert list(cells(sample, "ja", "learner")) == list(cells(sample, "en", "learner"))


def test_every_answer_cell_names_its_exercise(sample: Course) -> None:
    for lang in ("ja", "en"):
        for cell_id, cell in cells(sample, lang, "learner").items():
            if cell_id.startswith("answer-") and cell.cell_type == "code":
                named = recognise(cell.source)
                assert named is not None
                assert f"answer-{named.exercise_id}" == cell_id


def test_the_learner_gets_the_starter_and_no_solution(sample: Course) -> None:
    made = cells(sample, "ja", "learner")
    assert made["answer-L1-04"].source == f"-- 解答 L1-04\n{sample.exercise('L1-04').starter}\n"
    assert not any(cell_id.startswith("grade-") for cell_id in made)
    assert "SOLUTION" not in str(made)


def test_the_source_holds_the_marked_solution_the_starter_and_a_locked_grade_cell(sample: Course) -> None:
    made = cells(sample, "en", "source")
    answer, grade = made["answer-L1-02"], made["grade-L1-02"]
    assert answer.source.startswith("-- Answer L1-02\n-- BEGIN SOLUTION\nSELECT")
    assert answer.metadata.penguin.starter == "-- Answer L1-02\n-- guest_id, registered_at\n"
    assert grade.source == "%grade L1-02"
    assert grade.metadata.nbgrader.locked
    assert grade.metadata.nbgrader.points == 10


def test_a_free_form_answer_is_marked_by_hand(sample: Course) -> None:
    answer = cells(sample, "ja", "source")["answer-L1-08"]
    assert answer.cell_type == "markdown"
    assert answer.metadata.nbgrader.grade
    assert answer.metadata.nbgrader.solution
    assert "### 結論" in answer.source


def test_the_predicted_query_follows_the_answer(sample: Course) -> None:
    order = list(cells(sample, "en", "learner"))
    assert order.index("predict-L1-01") == order.index("answer-L1-01") + 1


def test_a_sql_text_block_stays_in_the_prose(sample: Course) -> None:
    made = cells(sample, "en", "learner")
    assert [cell_id for cell_id in made if cell_id.startswith("run-")] == ["run-L1-001", "run-L1-finish"]
    assert "```sql text" in made["text-L1-002"].source


def test_metadata_passes_nbgraders_own_schema(sample: Course) -> None:
    from nbgrader.nbgraderformat import v3 as schema

    for cell in cells(sample, "ja", "source").values():
        if "nbgrader" in cell.metadata:
            schema.MetadataValidatorV3().validate_cell(cell)


def test_a_query_that_only_proves_is_not_shown(sample: Course) -> None:
    record = sample.exercise("L1-01").record
    assert "predict-L1-01" in cells(sample, "ja", "learner")
    hidden = replace(sample.exercise("L1-01"), record=replace(record, predict=replace(record.predict, shown=False)))  # type: ignore[type-var]
    lesson = sample.lesson("L1")
    others = tuple(each for each in lesson.exercises if each.id != "L1-01")
    made = compile_lesson(replace(lesson, exercises=(hidden, *others)), "ja", "learner").decode()
    assert "answer-L1-01" in made
    assert "predict-L1-01" not in made


def test_a_learner_s_lesson_ends_with_a_cell_that_hands_over_and_a_class_s_does_not(sample: Course) -> None:
    *_, last = cells(sample, "ja", "learner").values()
    assert (last.id, last.source.splitlines()[1]) == ("run-L1-finish", "%finish L1")
    assert "run-L1-finish" not in cells(sample, "ja", "source")


def test_points_stand_beside_a_task_in_a_class_s_edition_only(sample: Course) -> None:
    facts = [cells(sample, "ja", edition)["task-L1-04"].source.split("<small>")[1] for edition in ("source", "learner")]
    assert ["点" in each.split("</small>")[0] for each in facts] == [True, False]


def test_a_picture_travels_inside_the_notebook(tmp_path: Path) -> None:
    (tmp_path / "bars.svg").write_text("<svg/>", encoding="utf-8")
    shown = with_pictures("![bars](bars.svg) ![gone](gone.svg) ![far](https://example.org/far.svg)", tmp_path)
    inside = "data:image/svg+xml;base64,PHN2Zy8+"
    assert shown == f"![bars]({inside}) ![gone](gone.svg) ![far](https://example.org/far.svg)"
