"""What the contacts screen is made of: people found, one person, edits by hand."""
