"""The lesson dock: the list of lessons, and one page at a time with its formulas, questions and predictions."""
