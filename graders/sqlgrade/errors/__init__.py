"""Errors of a query, said in a way its writer can act on: `explain_error`, `explain_run_error`, `quiet_mistakes`."""

from sqlgrade.errors.card import ErrorCard
from sqlgrade.errors.characters import mended
from sqlgrade.errors.explain import explain_error, explain_run_error
from sqlgrade.errors.quiet import quiet_mistakes
from sqlgrade.errors.refusals import statement_refusal
from sqlgrade.errors.templates import template_card

__all__ = [
    "ErrorCard",
    "explain_error",
    "explain_run_error",
    "mended",
    "quiet_mistakes",
    "statement_refusal",
    "template_card",
]
