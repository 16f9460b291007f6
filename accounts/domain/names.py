"""How a unit's name is compared: without accents, case or double spaces, since much is typed so."""

from matching.text.letters import fold


def key(name: str) -> str:
    return " ".join(fold(name).casefold().split())
