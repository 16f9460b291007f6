"""Who did what: an append-only, hash-chained record that nothing in the product can rewrite."""
