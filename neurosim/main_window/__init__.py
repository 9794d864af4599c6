"""The main window: docks, actions, files, step bar and inspector."""
