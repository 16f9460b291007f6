"""Second readings: words typed without diacritics that may mean the opposite.

``tang hoc phi`` is *tăng* or *tặng*. Such words are the rows of ``matching.details.polarity`` that
are ambiguous without diacritics, unless a longer row settles them (``nghi hoc``), and the words of
negation that fold to an affirmation (*đừng* / *đúng*, *chớ* / *cho*, *chưa* / *chữa*).
"""

import re

from matching.details.polarity import ambiguous_polarity
from matching.text.letters import fold, unify
from matching.text.normalisation import clean, is_vietnamese_syllable
from matching.text.residue import mark_signs

_WORD = re.compile(r"[^\W_]+")
_ACCENTED = re.compile("[\u00c0-\u01b0\u1ea0-\u1ef9]")
_LEAST_WORDS = 3
# Of the words of a Vietnamese text three in four carry a diacritic; with fewer than a third it was
# typed without, but for a word or two.
_TYPED_SHARE = 1 / 3
# Folded: "cho" before whoever is allowed something cannot be "chớ".
_NEGATION = re.compile(
    r"\b(?:dung|chua|chang|cho(?! (?:hoc|hs|con|tre|em|be|cac|ca|toan|tat|moi|phu|giao|nguoi|"
    r"truong|lop|biet|den|rang|hay|hoi|phep|[0-9])\b))\b"
)
# Words of polarity whose second reading turns nothing round: da (đã), se (sẽ).
_HARMLESS = frozenset({"da", "se"})


def has_second_reading(text: str) -> bool:
    """Whether a text was typed without diacritics and holds a word that may mean the opposite."""
    if len(_ACCENTED.findall(text)) > text.count(" "):
        return False  # no word has more than three such letters: a third of the words has one
    words = _WORD.findall(unify(mark_signs(clean(text))))
    spelled = [word for word in words if word.isalpha()]
    accented = sum(fold(word) != word for word in spelled)
    if len(spelled) < _LEAST_WORDS or accented >= len(spelled) * _TYPED_SHARE:
        return False
    if sum(is_vietnamese_syllable(fold(word)) for word in spelled) * 10 < len(spelled) * 7:
        return False
    typed = " ".join(words)
    return bool(_NEGATION.search(typed)) or not _HARMLESS.issuperset(ambiguous_polarity(typed))
