"""What the quality screen shows: the score, repairs, duplicates side by side, tables."""
