"""Tools for whoever maintains Carnet: they are no part of the program."""
