"""Values of details in which two texts differ, as a parent reads them."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from matching.details.slot_diff import Difference
from matching.text.letters import fold
from matching.text.normalisation import normalise

_WITH_QUOTES = frozenset({"negation", "polarity", "rebuttal", "words", "quantifier"})
_MAX_VALUES = 4
_TENSES = frozenset({"sắp", "sẽ", "đã"})  # no difference for a layman who asks


def _day(value: str) -> str:
    """``2026-11-28`` → ``28/11``, with the year unless it is this one; else the text itself."""
    if value.startswith("--"):
        return "/".join(reversed(value[2:].split("-")))
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    this_year = day.year == timezone.localdate().year
    return day.strftime("%d/%m" if this_year else "%d/%m/%Y")


def _money(value: str) -> str:
    return f"{int(value):,}".replace(",", ".") + " đồng" if value.isdecimal() else value


def _shown(slot: str, value: str) -> str:
    if slot == "dates":
        return (
            "–".join(map(_day, value.split("/")))
            if value[:1].isdigit() or (value.startswith("--"))
            else value
        )
    if slot == "money":
        return _money(value)
    return f"“{value}”" if slot in _WITH_QUOTES else value


def values_in_words(slot: str, values: Iterable[str]) -> str:
    """Values of one slot in a sentence: ``28/11–03/12``, ``180.000 đồng``, ``THCS Đồi Sim``."""
    telling = [value for value in values if value not in _TENSES]
    return ", ".join(_shown(slot, value) for value in telling[:_MAX_VALUES])


def _affirms(text: str, negated: Iterable[str]) -> bool:
    """Whether a text has the last word of a negated phrase: it affirms what the phrase denies."""
    words = set(fold(normalise(text)).split())
    return any(fold(normalise(phrase)).split()[-1] in words for phrase in negated if phrase)


def conflict_sentences(differences: Iterable[Difference], text: str, claim: str) -> list[str]:
    """One sentence for each detail that conflicts, with both values; left is the reader's text.

    What only one side says is no conflict, unless it denies what the other says. Tenses are none
    for a layman.
    """
    sentences = []
    for difference in differences:
        if difference.kind != "conflict" or difference.slot == "rebuttal":
            continue
        left = values_in_words(difference.slot, difference.left)
        right = values_in_words(difference.slot, difference.right)
        if left and right:
            sentence = _("Your version says %(left)s; the checked one says %(right)s.")
        elif left and _affirms(claim, difference.left):
            sentence = _("Your version says %(left)s; the checked one does not.")
        elif right and _affirms(text, difference.right):
            sentence = _("The checked version says %(right)s; yours does not.")
        else:
            continue
        sentences.append(sentence % {"left": left, "right": right})
    return list(dict.fromkeys(sentences))
