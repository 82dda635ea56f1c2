"""What nbgrader is told in a mentor's folder: grade in process, trust nothing that was handed in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from classroom.mentor.place.folder import MentorFolder
from classroom.nbgrader_setup import configure as configure_sql

_MOST_KILOBYTES = 16_000


def configure(config: Any, file: str) -> None:
    """Set everything on a traitlets configuration; `file` is the path of the folder's nbgrader_config.py."""
    folder = MentorFolder(Path(file).resolve().parent)
    configure_sql(config)
    config.CourseDirectory.root = str(folder.root)
    config.CourseDirectory.course_id = folder.course_id
    if folder.has_stock_exchange:
        config.Exchange.root = str(folder.settings["exchange"])
        config.ExchangeFactory.collect = "classroom.mentor.collecting.owners.OwnersCollect"
    else:
        from classroom.mentor.returning.plugins import configure as configure_road

        configure_road(config)
    config.CourseDirectory.max_file_size = _MOST_KILOBYTES
    config.Autograde.exporter_class = "classroom.mentor.grading.steps.RestoringExporter"
    # the notebook is made anew from the release when it is read: nothing of it is left to be cleaned
    config.Autograde.sanitize_preprocessors = []
    config.Autograde.autograde_preprocessors = ["classroom.mentor.grading.steps.JudgeCells"]
    config.GenerateFeedback.exporter_class = "classroom.mentor.returning.feedback.FeedbackExporter"
    config.GenerateFeedback.preprocessors = []
    # formgrader's template lets HTML in prose through; outputs are the desk's own, none of a learner's is kept
    config.HTMLExporter.preprocessors = ["classroom.mentor.grading.shown.ShowProseSafely"]
    config.ZipCollectApp.extractor_plugin = "classroom.mentor.collecting.archives.CarefulExtractor"
