"""One pattern for text with diacritics and one for text typed without."""

import re
from dataclasses import dataclass

from matching.letters import fold

GAP = " ¦ "  # stands where a piece of text was taken; no pattern matches across it


@dataclass(frozen=True, slots=True)
class Board:
    """Marked text that extractors take their pieces from.

    ``plain`` says that the sender typed no diacritics: ``text`` is then folded, and only
    patterns that stay unambiguous without them are tried.
    """

    text: str
    plain: bool

    def without(self, spans: list[tuple[int, int]]) -> "Board":
        """Return the board with the (start, end) spans, in order, replaced by a gap."""
        out, at = [], 0
        for start, end in spans:
            out += [self.text[at:start], GAP]
            at = end
        return Board("".join((*out, self.text[at:])), self.plain)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression over marked text and its twin for folded text (None: ambiguous)."""

    accented: re.Pattern[str]
    folded: re.Pattern[str] | None

    def find(self, board: Board) -> list[re.Match[str]]:
        """Return the matches in order."""
        regex = self.folded if board.plain else self.accented
        return list(regex.finditer(board.text)) if regex else []

    def take(self, board: Board) -> tuple[list[re.Match[str]], Board]:
        """Return the matches in order and the board without them."""
        matches = self.find(board)
        return matches, board.without([match.span() for match in matches]) if matches else board


def pattern(source: str, plain: bool = True) -> Pattern:
    """Compile a pattern of whole tokens; ``plain=False`` if it is ambiguous without diacritics."""
    whole = rf"(?<!\S)(?:{source})(?!\S)"
    return Pattern(re.compile(whole), re.compile(fold(whole)) if plain else None)
