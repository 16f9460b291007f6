"""Text in, scored and explained candidates out: plain Python, no Django, no network.

``matching.scoring.ranking.rank`` scores candidates, ``matching.scoring.policy.decide`` chooses
between link, suggest and new. The score proposes, the slots explain, a person decides.
"""
