"""Level tests at the desk: opened for chosen learners, marked as soon as they come, given back with a certificate."""
