"""Screens of the menu group « Règles »: what the base keeps to."""
