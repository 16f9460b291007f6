"""Throw-away servers and browsers for the tests: made in a temporary folder, gone afterwards."""
