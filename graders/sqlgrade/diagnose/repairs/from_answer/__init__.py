"""Repairs that bring in a part of a right answer, in the learner's own terms."""
