"""What learner and mentor share: the sealed connection, one judged answer, its result and its verdict drawn."""
