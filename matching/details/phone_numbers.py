"""Telephone numbers, also with digits hidden: ``0912xxx345``."""

from matching.text.patterns import MarkedText, compile_pattern

_PHONE = compile_pattern(r"0[0-9]{9,10}|1[89]00[0-9]{4,6}|0[0-9]{2,6}x{1,7}[0-9]{0,5}")


def extract_phones(marked: MarkedText) -> tuple[set[str], MarkedText]:
    """Return telephone numbers, and the text without them."""
    matches, marked = _PHONE.extract(marked)
    return {match.group() for match in matches}, marked


def same_phone(left: str, right: str) -> bool:
    """Whether two numbers may be one: a hidden digit fits any."""
    return len(left) == len(right) and all(
        a == b or "x" in (a, b) for a, b in zip(left, right, strict=True)
    )
