"""The channel of e-mail."""
