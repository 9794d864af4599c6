"""The sheet of keys and gestures, on which other keys are chosen, too."""
