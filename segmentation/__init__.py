"""Carnet's core: a contact file becomes a base, segments and lists, without any screen."""
