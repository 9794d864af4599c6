"""How lessons are led: the runner between a lesson, the document and the session, and the instructor's hand."""
