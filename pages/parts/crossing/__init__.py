"""A crossing as a person sees it: two sides to choose, the picture, the table, what surprises, the choice."""
