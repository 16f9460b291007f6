"""What the desk's pages ask for. Forms check shape; the rules live in ``factcheck.domain``."""
