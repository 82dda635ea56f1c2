"""Scores of what was given back, in the grade book of the learning platform that learners come from; off until it is set."""
