"""What is stored of a secret token: of an invitation's link and of an API token."""

import hashlib


def hash_token(token: str) -> str:
    """SHA-256 in hex. No salt and no slow function: a token is 256 random bits, so it cannot be
    guessed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
