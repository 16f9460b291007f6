"""How words leave and arrive: an outbox of rows, and one folder per channel."""
