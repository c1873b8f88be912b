"""How a file comes in: read, recognise, clean, match, load, undo."""
