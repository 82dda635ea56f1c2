"""The metric dictionary: what the course agrees on counting, as the page in docs/ says it."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from marketplace.data_dictionary import Lang


@cache
def metric_dictionary(lang: Lang = "ja") -> str:
    """The page as Markdown: its definitions with grain, counted, period, exclusions and SQL."""
    name = f"metrics.{lang}.md"
    package = Path(str(files("marketplace")))
    installed = package / "texts" / name
    page = installed if installed.is_file() else package.parents[1] / "docs" / name
    return page.read_text(encoding="utf-8")
