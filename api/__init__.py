"""The machine face of the product."""
