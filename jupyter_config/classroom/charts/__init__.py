"""Draws a result as the `%chart` line under a query asks: Vega-Lite, which JupyterLab renders by itself."""

from classroom.charts.draw import MIME_TYPE, draw_chart
from classroom.charts.request import KINDS, ChartProblem, ChartRequest, read_request, suggest_line

__all__ = ["KINDS", "MIME_TYPE", "ChartProblem", "ChartRequest", "draw_chart", "read_request", "suggest_line"]
