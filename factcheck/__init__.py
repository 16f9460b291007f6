"""Cases, matches, evidence, verdicts, reviews, notices: the work and its one state table."""
