"""A channel as somebody would add it: this package, and one line in the registry."""
