from pathlib import Path

from coursebook.format import ExerciseRecord
from coursebook.kind import Kind
from coursebook.kinds import kinds_by_letter, tables_of_kinds, write
from coursebook.kinds.chart import ChartRecord
from coursebook.problem import Problem
from coursebook.records import read_record


def problems_of(tmp_path: Path, toml: str) -> list[Problem]:
    path = tmp_path / "exercise.toml"
    path.write_text(toml, encoding="utf-8")
    problems: list[Problem] = []
    read_record(ExerciseRecord, path, problems, {Kind: kinds_by_letter()}, tables_of_kinds())
    return problems


def test_an_unknown_key_is_refused_at_its_line_with_the_key_that_was_meant(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, 'id = "L1-01"\nkind = "W"\npoint = 3\n')
    assert (problem.line, problem.remedy) == (3, "Write points.")


def test_an_unknown_key_in_a_table_is_refused_at_its_line(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, 'id = "L1-01"\nkind = "W"\n\n[near_misses.a-b]\ncode = "E20"\nhint = "x"\n')
    assert (problem.line, problem.params["key"]) == (6, "near_misses.a-b.hint")


def test_every_fault_of_a_file_is_collected(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, 'kind = "X"\npoints = "ten"\n[rules]\nrow_order = "sorted"\n')
    assert sorted(each.code for each in problems) == ["key_missing", "wrong_choice", "wrong_choice", "wrong_type"]


def test_a_letter_becomes_its_kind_and_a_kinds_own_table_its_record(tmp_path: Path) -> None:
    path = tmp_path / "exercise.toml"
    path.write_text('id = "L1-01"\nkind = "W"\n[chart]\nkinds = ["bar"]\nx = ["a"]\ny = ["b"]\n', encoding="utf-8")
    record = read_record(ExerciseRecord, path, [], {Kind: kinds_by_letter()}, tables_of_kinds())
    assert record is not None
    assert record.kind is write.KIND
    assert record.table(ChartRecord) == ChartRecord(("bar",), ("a",), ("b",))


def test_a_fault_in_a_kinds_own_table_is_found_at_its_line(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, 'id = "L1-01"\nkind = "C"\n[chart]\nkinds = ["bar"]\nx = "a"\ny = ["b"]\n')
    assert (problem.line, problem.params["key"]) == (5, "chart.x")


def test_the_field_that_holds_the_tables_cannot_be_written(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, 'id = "L1-01"\nkind = "W"\n[tables]\na = 1\n')
    assert problem.params["key"] == "tables"


def test_invalid_toml_is_a_problem_with_its_line(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, 'id = "L1-01"\nkind = W\n')
    assert (problem.code, problem.line) == ("toml_unreadable", 2)


def test_every_problem_has_both_sentences_in_both_languages(tmp_path: Path) -> None:
    for problem in problems_of(tmp_path, 'kind = "X"\npoints = "ten"\nwhat = 1\n'):
        for lang in ("ja", "en"):
            assert problem.sentence("problem", lang)
            assert problem.sentence("remedy", lang)
