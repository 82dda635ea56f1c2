"""Which brackets of a Japanese text are prose."""

import pytest

from coursebook.checks.brackets_of_prose import half_width


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("都道府県(prefecture)が空", ["(prefecture)"]),
        ("guests(会員)の表", ["(会員)"]),
        ("列は ratings(評価の件数), mean", ["(評価の件数)"]),
        ("分子(`n`)と分母", ["(`n`)"]),
        ("率は**空**(NULL)にします", ["(NULL)"]),
        ("件数(COUNT(*) で数える)を出す", ["(COUNT(*) で数える)"]),
        ("担当（営業)へ", ["（営業)"]),
        ("COUNT(列) は空を数えません", []),
        ("人なら COUNT(DISTINCT guest_id)。", []),
        ("IN ('渋谷', '新宿') と書きます", []),
        ("`SUM(金額)` を[表](表.md)で", []),
        ("組は (1, 10)、(1, 20) です", []),
        ("都道府県（prefecture）が空", []),
        ("```sql\nSELECT 数(1)\n```", []),
    ],
)
def test_a_half_width_bracket_of_prose_is_told_from_one_of_sql(text: str, prose: list[str]) -> None:
    assert [text[start : end + 1] for start, end in half_width(text)] == prose
