"""The home page: where to go on, what is due, how far one has come."""
