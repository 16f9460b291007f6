"""Signs of danger in a text: a scam on parents, bodily harm, a sender in danger now.

Each sign is a list of expressions; signs count alone or together (``COMBINATIONS``). What only
sounds dangerous (a drill, a lesson, "cháy vé", "đẹp muốn chết") is taken out first. ``unsure``: a
sign is there which needs a person's eye, and nothing more.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from matching.details import emergency_words, harm_words, scam_words
from matching.details.harmless_words import HARMLESS
from matching.text.letters import fold
from matching.text.normalisation import clean, is_unaccented, marked_key
from matching.text.patterns import GAP, MarkedText, compile_lexicon, compile_pattern

MAX_CHARACTERS = 5_000  # characters of a text that are read

_SIGNS = {
    name: compile_lexicon(
        (source, name, clear) for source, clear in ((both, True), (accented, False)) if source
    )
    for words in (scam_words, harm_words, emergency_words)
    for name, (both, accented) in words.SIGNS.items()
}
_HARMLESS = tuple(compile_pattern(source, match_unaccented=clear) for source, clear in HARMLESS)
_LINK = re.compile(
    r"https?://|www\.|\b[a-z0-9-]{2,40}\.(?:top|xyz|com|vn|net|ly|info|me|shop|vip|cc|site|online)\b"
)
_MAYBE = (
    "sick, injury, violence, weapon, drug, thing, stranger, illness, secret, install, job, police, "
    "water_sign, fire_sign, worry, face, hospital, posing, lost_money"
)


def _combinations(rows: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(row.split()) for row in rows.split(","))


_SCAMS = _combinations(scam_words.COMBINATIONS)
_HARMS = _combinations(harm_words.COMBINATIONS)
_UNSURE = _combinations(_MAYBE)


@dataclass(frozen=True, slots=True)
class DangerSigns:
    """What a text shows. ``personal``: its sender, or a child with the sender, is in danger now."""

    scam: bool = False
    harm: bool = False
    personal: bool = False
    unsure: bool = False


def _marked(text: str) -> MarkedText:
    text = clean(text[:MAX_CHARACTERS])
    key = marked_key(text)
    return MarkedText(fold(key), True) if is_unaccented(text) else MarkedText(key, False)


def _without_harmless(marked: MarkedText) -> MarkedText:
    for pattern in _HARMLESS:
        regex = pattern.folded if marked.unaccented else pattern.accented
        if regex:
            marked = MarkedText(regex.sub(GAP.strip(), marked.text), marked.unaccented)
    return marked


def _signs(text: str) -> frozenset[str]:
    marked = _without_harmless(_marked(text))
    signs = {name for name, lexicon in _SIGNS.items() if lexicon.find(marked)}
    if _LINK.search(text[:MAX_CHARACTERS].lower()):
        signs |= {"link", "remote"}
    return frozenset(signs)


def _show(signs: frozenset[str], combinations: tuple[frozenset[str], ...]) -> bool:
    return any(combination <= signs for combination in combinations)


@lru_cache(maxsize=64)  # the form, the receipt and the case ask about the same text
def find_danger(text: str) -> DangerSigns:
    """Return the signs of danger in a text (its first 5,000 characters); never raises."""
    signs = _signs(text)
    scam = _show(signs, _SCAMS)
    personal = "first_person" in signs or signs >= {"self", "harm_to_self"}
    harm = personal or _show(signs, _HARMS)
    return DangerSigns(scam, harm, personal, not (scam or harm) and _show(signs, _UNSURE))
