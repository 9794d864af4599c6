"""What is selected, as a form: every number and choice of a node or an edge, and a summary when nothing is selected."""
