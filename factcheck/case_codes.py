"""Codes of cases as people write them: HS-0412, hs412, 412."""

import re

_CODE = re.compile(r"(?:hs-?)?0*([1-9]\d{0,8})", re.IGNORECASE)


def parse(code: str) -> int | None:
    """The number of the case with this code, with or without "HS-" and zeros; None for any other
    text."""
    match = _CODE.fullmatch(code.strip())
    return int(match[1]) if match else None
