"""What running an answer shows: its rows and cells beside the expected ones, and what is known of columns."""
