"""The review desk: a draft for one's own work beside its request, with what can be seen of it on the practice data; never a verdict."""

from classroom.learner.panel.drafts.asked import ask_for_draft, show_request
from classroom.learner.panel.drafts.request import request_in
from classroom.learner.panel.drafts.view import show_draft

__all__ = ["ask_for_draft", "request_in", "show_draft", "show_request"]
