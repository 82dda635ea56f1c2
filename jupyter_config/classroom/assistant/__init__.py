"""A company's own assistant, where an operator names one: what is asked of it, the line to it, and what is let through of its words."""
