"""What goes back to the learners."""
