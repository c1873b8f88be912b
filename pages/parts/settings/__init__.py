"""What the settings screen shows: limits, deductions, automatic groups, own rules, sources."""
