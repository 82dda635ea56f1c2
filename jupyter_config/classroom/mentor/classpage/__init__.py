"""The class as a whole, for its mentors: who is where, what is commonly wrong, what was asked."""
