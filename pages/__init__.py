"""All that a browser shows: a folder per group of the menu, a file per screen, each with its ``render()``."""
