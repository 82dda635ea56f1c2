"""What stands under an answer: the verdict, help, and views of the schema and of charts."""
