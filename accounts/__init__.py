"""Users, units and their typed, dated links, memberships, and the one permission table."""
