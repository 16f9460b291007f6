"""How messages leave and arrive: an outbox of rows, and one package per channel."""
