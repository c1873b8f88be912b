"""Arrays in, arrays out: models checked against published tables without a database."""
