"""Writes docs/mistakes.md and docs/mistakes.ja.md: every mistake that the judge can name, with an example and what is said.

python bench/mistakes_page.py
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sqlgrade.diagnose.classifier import Classifier
from sqlgrade.diagnose.facts.known_values import KnownValues
from sqlgrade.diagnose.mistakes import KNOWN
from sqlgrade.diagnose.mistakes.examples import examples, schema
from sqlgrade.diagnose.mistakes.record import EVERY, Family
from sqlgrade.engine.ddl import read_schema
from sqlgrade.messages import keys, render
from sqlgrade.query.columns import SchemaColumns
from sqlgrade.query.query import Query
from sqlgrade.record import Exercise, Solution

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.diagnose.mistakes.record import Mistake

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGES = {"en": "mistakes.md", "ja": "mistakes.ja.md"}
FAMILIES = {
    Family.TABLES: ("Tables and joins", "テーブルと結合"),
    Family.CONDITIONS: ("Conditions", "条件"),
    Family.LACKING: ("Missing conditions", "足りない条件"),
    Family.TIMES: ("Dates and times", "日付と時刻"),
    Family.GROUPS: ("Groups and repeated rows", "グループと重複行"),
    Family.COUNTS: ("Counts and aggregates", "件数と集計"),
    Family.CALCULATIONS: ("Calculations", "計算"),
    Family.CASES: ("CASE and missing values", "CASE と欠損値"),
    Family.WINDOWS: ("Window functions", "ウィンドウ関数"),
    Family.ORDER: ("Order and LIMIT", "並べ替えと LIMIT"),
    Family.OUTPUTS: ("Output columns", "出力する列"),
}
WORDS = {
    "title": ("All mistakes that the judge names", "判定が名前を付ける間違いの一覧"),
    "intro": (
        """{n} mistakes, by what they are about. Each has its key, the error code under which it is counted, an answer with the mistake and
the same answer without it, and what the learner reads. This page is made from the judge itself (`python bench/mistakes_page.py`);
a test keeps it true.""",
        """{n} 種類の間違いを、内容ごとに並べています。それぞれに、キー、集計に使うエラーコード、間違いのある答えとない答え、学習者が読む文があります。
このページは判定のデータから作られ（`python bench/mistakes_page.py`）、テストで一致を確かめています。""",
    ),
    "tables": ("The examples read these tables:", "例では次のテーブルを使います。"),
    "wrong": ("with the mistake", "間違いのある答え"),
    "right": ("without it", "間違いのない答え"),
    "said": ("Said", "表示"),
    "idea": ("Hint", "ヒント"),
    "author": (
        "What the author foresaw is said before it.",
        "教材の作者が想定した間違いなら、作者の文を先に示します。",
    ),
    "results": ("Told by the results, not by the text alone.", "SQL の文だけでなく、実行結果から分かる間違いです。"),
    "before": ("Goes before: {names}.", "次の名前より先に示します: {names}。"),
    "every": ("every other one", "ほかのすべて"),
}


def page(lang: str) -> str:
    """The page in one language."""
    lines = [f"# {word('title', lang)}", "", word("intro", lang).format(n=len(KNOWN)), ""]
    lines += [f"- [{title(family, lang)}](#{family.value})" for family in Family]
    lines += ["", word("tables", lang), "", "```sql", schema().strip(), "```", ""]
    pack = SimpleNamespace(
        schema=read_schema(schema()),
        exercise=Exercise("x", schema(), (Solution("SELECT id FROM people"),)),
        databases=(),
    )
    for family in Family:
        lines += [f'<a id="{family.value}"></a>', "", f"## {title(family, lang)}", ""]
        for _, mistake in sorted(KNOWN.items()):
            if mistake.family is family:
                lines += [*entry(mistake, pack, lang), ""]
    return "\n".join(lines).rstrip() + "\n"


def entry(mistake: Mistake, pack: Any, lang: str) -> Iterator[str]:
    """One mistake: its sentence, its example, and how it stands to the others."""
    example = examples()[mistake.key]
    told: dict[str, Any] = {"place": "SELECT", **example.told}
    if example.shown_by == "texts":
        columns = SchemaColumns.of(pack.schema)
        named = Classifier(Query(example.wrong, columns), example.wrong, KnownValues(pack)).name(example.right)
        if named is None:
            raise ValueError(f"the example of {mistake.key} shows no mistake")
        told = {"place": named.mistake.part, **named.mistake.params}
    yield f"### {mistake.key}"
    yield ""
    yield f"- `{mistake.code}` · {word('said', lang)}: {render(f'mistake.{mistake.key}.said', told, lang)}"
    if f"mistake.{mistake.key}.idea" in keys(lang):
        yield f"- {word('idea', lang)}: {render(f'mistake.{mistake.key}.idea', told, lang)}"
    notes = [word("results", lang)] if example.shown_by == "results" else []
    notes += [word("author", lang)] if mistake.author_first else []
    if mistake.before:
        names = (word("every", lang) if each.key == EVERY else f"`{each.key}`" for each in mistake.before)
        notes.append(word("before", lang).format(names=", ".join(names)))
    if notes:
        yield "- " + ("" if lang == "ja" else " ").join(notes)
    yield ""
    yield "```sql"
    yield f"-- {word('wrong', lang)}"
    yield example.wrong
    yield f"-- {word('right', lang)}"
    yield example.right
    yield "```"


def title(family: Family, lang: str) -> str:
    """What a family is called."""
    return FAMILIES[family][lang == "ja"]


def word(name: str, lang: str) -> str:
    """A word of the page."""
    return WORDS[name][lang == "ja"]


if __name__ == "__main__":
    for lang, name in PAGES.items():
        (DOCS / name).write_text(page(lang), encoding="utf-8")
