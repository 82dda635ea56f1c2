"""The review desk: a draft for one's own work beside its request, with what can be seen of it on the practice data; never a verdict."""

from classroom.learner.panel.drafts.view import show_draft

__all__ = ["show_draft"]
