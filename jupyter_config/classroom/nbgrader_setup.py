"""What nbgrader must be told so that notebooks whose cells are SQL are released and graded right."""

from __future__ import annotations

from typing import Any

_STEPS = "nbgrader.preprocessors"


def configure(config: Any) -> None:
    """Set everything on a traitlets configuration object, as nbgrader_config.py gets it."""
    # needed for the language to be accepted at all; PutStarter then writes the exercise's own starter
    config.ClearSolutions.code_stub = {"sql": "", "python": ""}
    config.ClearSolutions.text_stub = ""  # what is to be written stands in the task, in the learner's language
    config.GenerateAssignment.preprocessors = [
        f"{_STEPS}.IncludeHeaderFooter",
        f"{_STEPS}.LockCells",
        f"{_STEPS}.ClearSolutions",
        "classroom.starter_step.PutStarter",
        f"{_STEPS}.ClearOutput",
        f"{_STEPS}.CheckCellMetadata",
        f"{_STEPS}.ComputeChecksums",
        f"{_STEPS}.SaveCells",
        f"{_STEPS}.ComputeChecksums",
        f"{_STEPS}.CheckCellMetadata",
    ]
    # a learner's tag must not let a grade cell be skipped, which would count as full marks
    config.Execute.skip_cells_with_tag = "\x00never"
    config.Execute.timeout = 120
    config.Execute.store_widget_state = False  # the panels are for the learner at work; in a file they only weigh
    config.OverwriteCells.add_missing_cells = True
    config.KernelManager.transport_encryption = "auto"
