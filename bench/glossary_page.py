"""Writes docs/glossary.ja.md and docs/glossary.en.md: the terms of all lessons, in both languages, with where each is learned.

python bench/glossary_page.py
"""

from __future__ import annotations

from pathlib import Path

from coursebook.course import load_course
from coursebook.glossary import glossary

DOCS = Path(__file__).resolve().parents[1] / "docs"
WORDS = {
    "ja": (
        "用語集",
        (
            "レッスンで習う用語と、英語での呼び方、習うレッスンです。レッスンの中では、どのセルからでも `%term 標準誤差` のように実行すると引けます。"
            "英語でも、ふだんの言葉でも探せます。このページは教材から作られ（`python bench/glossary_page.py`）、テストで一致を確かめています。"
        ),
        ("用語", "英語", "意味", "習うレッスン"),
    ),
    "en": (
        "Glossary",
        (
            "The terms that the lessons teach, what they are called in Japanese, and the lesson. In a lesson, run `%term standard error` in any "
            "cell; plain words and Japanese find them too. This page is made from the lessons (`python bench/glossary_page.py`); a test keeps it true."
        ),
        ("Term", "Japanese", "Meaning", "Lesson"),
    ),
}


def page(lang: str) -> str:
    """The page in one language."""
    title, intro, heads = WORDS[lang]
    other = "en" if lang == "ja" else "ja"
    lines = [f"# {title}", "", intro, "", f"| {' | '.join(heads)} |", "|---|---|---|---|"]
    for each in glossary(load_course()):
        lessons = ", ".join(f"{lesson.id} {lesson.title[lang]}" for lesson in each.lessons)
        lines.append(f"| **{each.term[lang]}** | {each.term[other]} | {each.meaning[lang]} | {lessons} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for language in WORDS:
        (DOCS / f"glossary.{language}.md").write_text(page(language), encoding="utf-8")
