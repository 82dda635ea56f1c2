"""Repairs that need no right answer: what people do without meaning to, undone."""
