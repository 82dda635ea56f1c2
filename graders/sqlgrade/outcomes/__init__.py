"""What a query gives on a database beside the solution: planned solutions, submissions, trials."""
