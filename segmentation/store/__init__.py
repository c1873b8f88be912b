"""Where a base is kept: one DuckDB file, imports folded into contacts, orders and events."""
