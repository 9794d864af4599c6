"""The arithmetic of one step, line by line: symbols, the same with numbers, the result."""
