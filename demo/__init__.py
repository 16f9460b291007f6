"""Demo data: invented units and accounts, and cases about publicly reported rumours.

Everything goes through the real domain functions, step by step and person by person, so the demo
can contain nothing that the product would not allow.
"""
