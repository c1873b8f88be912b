"""Bringing a file in, as a person sees it: drop it, check what was understood, look before it is written."""
