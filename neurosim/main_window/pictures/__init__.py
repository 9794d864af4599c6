"""Pictures of the graph, a panel or the whole window, for slides and papers: pixels or outlines."""
