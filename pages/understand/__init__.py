"""The menu group « Comprendre »: who my contacts are, what they are worth, who is leaving."""
