from sqlgrade import judge_line

DDL = "CREATE TABLE guests (guest_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, age INTEGER);"


def verdict(solution: str, answer: str) -> str:
    return str(judge_line({"id": 1, "schema": DDL, "solutions": [solution], "answer": answer})["verdict"])


def test_a_column_that_is_always_null_may_have_another_type() -> None:
    assert (
        verdict("SELECT guest_id, NULL::INTEGER FROM guests", "SELECT guest_id, NULL::VARCHAR FROM guests")
        == "accepted"
    )


def test_unlike_types_count_as_soon_as_there_is_a_value() -> None:
    assert verdict("SELECT guest_id, age FROM guests", "SELECT guest_id, age::VARCHAR FROM guests") == "refuted"


def test_the_width_of_an_empty_result_counts() -> None:
    assert verdict("SELECT guest_id FROM guests", "SELECT guest_id, age FROM guests") == "refuted"
