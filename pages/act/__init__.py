"""The menu group « Agir »: segments that say who, lists that leave with them."""
