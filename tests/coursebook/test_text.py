from coursebook.text import count_words, read_exercise_text, read_lesson_text

EXERCISE = """# Title

The prompt.

```sql text
-- ## not a heading
```

## idea

Think.

### smaller

More.

## near-miss: no-filter

Filter.
"""


def test_an_exercise_text_is_cut_at_second_level_headings_outside_code() -> None:
    text = read_exercise_text(EXERCISE)
    assert text.title == "Title"
    assert "## not a heading" in text.prompt
    assert text.idea == "Think.\n\n### smaller\n\nMore."
    assert text.hints == {"no-filter": "Filter."}


def test_a_lesson_is_cut_into_prose_queries_and_exercises() -> None:
    segments = read_lesson_text(
        "Hello\n```sql\nSELECT 1\n```\n:::exercise 01-a\n:::exercise 02-b\n\n```sql text\nX\n```\n"
    )
    assert [(each.kind, each.line) for each in segments] == [
        ("text", 1),
        ("query", 2),
        ("exercise", 5),
        ("exercise", 6),
        ("text", 7),
    ]


def test_an_exercise_line_inside_code_places_nothing() -> None:
    segments = read_lesson_text("```\n:::exercise 01-a\n```\n")
    assert [each.kind for each in segments] == ["text"]


def test_words_leave_out_code_and_weigh_japanese_by_characters() -> None:
    assert count_words("Two words `code here`\n```sql\nSELECT 1\n```", "en") == 2
    assert count_words("これは十文字の文です", "ja") == 4
