"""The numbers of the program: parsed from what people type, exact while rational, formatted one way."""
