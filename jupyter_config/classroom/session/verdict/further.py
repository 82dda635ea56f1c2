"""The mistake that is announced after the one that is told: in the query, else beside it, in the line of the chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.session.verdict.finding import further_in_query
from sqlgrade.messages import render

if TYPE_CHECKING:
    from classroom.session.case import Case


def further_of(case: Case) -> str:
    """The announcement; empty where nothing else is known to be wrong."""
    said = (render("also.said", {"said": each.sentence(case.lang)}, case.lang) for each in case.judgement.beside)
    return further_in_query(case) or next(said, "")
