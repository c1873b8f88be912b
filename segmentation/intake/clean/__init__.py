"""Cleaning: each value of a column goes through the rules of its type, and each change is counted."""
