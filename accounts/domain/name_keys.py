"""Comparison of unit names: without accents, case or double spaces, as people type them."""

from matching.text.letters import fold


def name_key(name: str) -> str:
    return " ".join(fold(name).casefold().split())
