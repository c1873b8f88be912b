"""The parts of the home page: an empty base that teaches, and where a full one stands."""
