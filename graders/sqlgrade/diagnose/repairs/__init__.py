"""Changes of a wrong answer that make it right: by a right answer, by what its own text says, and as few as will do."""
