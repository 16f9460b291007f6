"""Text in, scored and explained candidates out: plain Python, no Django, no network.

``engine.rank`` scores candidates, ``policy.decide`` says link, suggest or new. The score
proposes, the slots explain, a person decides.
"""
