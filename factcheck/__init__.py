"""Fact-checking: cases, matches, evidence, verdicts, reviews, notices, and the state table."""
