"""Draws a result as the `%chart` line under a query asks: Vega-Lite, which JupyterLab renders by itself.

What draws, `classroom.learner.charts.draw`, is imported when the first chart is: its library costs a kernel's start twice over.
"""

from classroom.learner.charts.request import (
    DATA,
    LOG,
    MAX_ROWS,
    MIME_TYPE,
    TABLES,
    WITH,
    ChartProblem,
    ChartRequest,
    is_measure,
    read_request,
    suggest_line,
)

__all__ = [
    "DATA",
    "LOG",
    "MAX_ROWS",
    "MIME_TYPE",
    "TABLES",
    "WITH",
    "ChartProblem",
    "ChartRequest",
    "is_measure",
    "read_request",
    "suggest_line",
]
