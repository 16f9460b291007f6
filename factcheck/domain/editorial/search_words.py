"""Words by which published notices are searched: those of a search and of a notice, in one
spelling.

The same normaliser as matching's: case, marks, quotation marks, look-alike letters, abbreviations
and sums in one form; without diacritics, since many people type none.
"""

import re

from matching.text.letters import fold
from matching.text.normalisation import clean, normalise
from matching.text.word_lists import EMPTY_WORDS

MAX_WORDS = 12  # of a search
_SHORT_FORMS = {
    "cv": "công văn", "sgk": "sách giáo khoa", "tcm": "tay chân miệng", "tb": "thông báo",
    "sgdđt": "sở giáo dục và đào tạo", "sgddt": "sở giáo dục và đào tạo",
}  # fmt: skip
# Only here: in a message these may be short for something else.
_SHORT_FORM = re.compile(rf"(?<![\w/])({'|'.join(_SHORT_FORMS)})(?![^\W\d]|/)", re.IGNORECASE)
_PART = re.compile(r"[^/\-]+")
_ASKING = frozenset(map(fold, EMPTY_WORDS))
_QUOTES = re.compile("[\"'“”‘’«»„]")


def _words(text: str) -> list[str]:
    spelled = _SHORT_FORM.sub(
        lambda m: f"{_SHORT_FORMS[m[1].lower()]} ", _QUOTES.sub(" ", clean(text))
    )
    return fold(normalise(spelled)).split()


def notice_words(*texts: str) -> str:
    """The words of a notice, each between spaces; a document number also by its parts."""
    words: list[str] = []
    for word in _words(" . ".join(texts)):
        words.append(word)
        if "/" in word or "-" in word:
            words += _PART.findall(word)
    return f" {' '.join(words)} "


def asked_words(text: str) -> list[str]:
    """The distinct words of a search that a notice must have, at most 12; those that only ask
    ("đúng không ạ") are left out unless there are no others."""
    words = list(dict.fromkeys(_words(text)))
    content = [word for word in words if word not in _ASKING]
    return (content or words)[:MAX_WORDS]
