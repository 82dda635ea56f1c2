"""The road between a learner and the mentor's desk: what travels, and the ways by which it does."""
