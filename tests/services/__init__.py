"""Checks, the whole suite, and throw-away servers and browsers for the tests."""
