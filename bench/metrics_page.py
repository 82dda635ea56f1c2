"""Draws docs/metrics.*.md from course/metrics.toml.

python bench/metrics_page.py
"""

from pathlib import Path

from coursebook import load_course
from coursebook.messages import LANGUAGES
from coursebook.metrics import load_metrics, page

DOCS = Path(__file__).resolve().parents[1] / "docs"


def main() -> None:
    record = load_metrics(load_course().root)
    for lang in LANGUAGES:
        (DOCS / f"metrics.{lang}.md").write_text(page(record, lang), encoding="utf-8")


if __name__ == "__main__":
    main()
