"""Everything a learner works in."""
