"""Practice mode: rounds of drills, reviews, the placement test and the question of the day."""
