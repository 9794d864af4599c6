"""What is drawn on the canvas, one kind of item per module."""
