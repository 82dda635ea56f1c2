"""What is judged: the schema's model, SQL types and values, results and databases."""
