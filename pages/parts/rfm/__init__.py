"""Loyalty as a person sees it: facts, the grid of recency and orders, groups, the limits that make them."""
