"""What a table is about: its kind, and the field each column holds."""
