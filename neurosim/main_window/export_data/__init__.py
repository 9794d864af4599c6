"""From the data to a table file: its signs are chosen and its first lines seen before it is written."""
