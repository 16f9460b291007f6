"""Patterns and lexicons over marked text, each for text with and without diacritics."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from matching.text.letters import fold

GAP = " ¦ "  # replaces an extracted span; no pattern matches across it
_DIGIT = re.compile("[0-9]")


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Marked text (``normalisation.marked_key``) from which spans are extracted.

    ``unaccented``: the sender typed no diacritics; ``text`` is then folded, and only patterns that
    are unambiguous without them are tried.
    """

    text: str
    unaccented: bool

    def remove_spans(self, spans: list[tuple[int, int]]) -> "MarkedText":
        """Return the text with the (start, end) spans, in order, replaced by a gap."""
        pieces, position = [], 0
        for start, end in spans:
            pieces += [self.text[position:start], GAP]
            position = end
        return MarkedText("".join((*pieces, self.text[position:])), self.unaccented)

    @property
    def has_digits(self) -> bool:
        """Whether any pattern that needs a digit can match."""
        return _DIGIT.search(self.text) is not None


def _whole_tokens(source: str) -> str:
    return rf"(?<!\S)(?:{source})(?!\S)"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression over marked text and its twin for folded text (None: ambiguous)."""

    accented: re.Pattern[str]
    folded: re.Pattern[str] | None

    def find(self, marked: MarkedText) -> list[re.Match[str]]:
        """Return the matches in order."""
        regex = self.folded if marked.unaccented else self.accented
        return list(regex.finditer(marked.text)) if regex else []

    def extract(self, marked: MarkedText) -> tuple[list[re.Match[str]], MarkedText]:
        """Return the matches in order, and the text without them."""
        matches = self.find(marked)
        return matches, marked.remove_spans(
            [match.span() for match in matches]
        ) if matches else marked


def compile_pattern(source: str, match_unaccented: bool = True) -> Pattern:
    """Compile a pattern of whole tokens; ``match_unaccented=False`` if it is ambiguous without
    diacritics."""
    whole = _whole_tokens(source)
    return Pattern(re.compile(whole), re.compile(fold(whole)) if match_unaccented else None)


@dataclass(frozen=True, slots=True)
class _ValueMatcher:
    regex: re.Pattern[str]
    values: tuple[str, ...]

    def find(self, text: str) -> list[tuple[re.Match[str], str]]:
        return [(m, self.values[int((m.lastgroup or "r0")[1:])]) for m in self.regex.finditer(text)]


def _alternatives(source: str) -> list[str]:
    """Split a regular expression at the bars outside its brackets."""
    parts, depth = [""], 0
    for char in source:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(char, 0)
        if char == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _compile_matcher(rows: list[tuple[str, str]]) -> _ValueMatcher:
    # An empty group after each alternative identifies it. A group before or around it would hide
    # the first letter, by which the engine skips what cannot match: five times as slow.
    flat = [(part, value) for source, value in rows for part in _alternatives(source)]
    parts = "|".join(f"{part}(?P<r{n}>)" for n, (part, _) in enumerate(flat)) or r"(?!)"
    return _ValueMatcher(re.compile(_whole_tokens(parts)), tuple(value for _, value in flat))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A table of expressions and their values, matched in one pass: far cheaper than row by row.

    At one position the row that is first in the table wins.
    """

    accented: _ValueMatcher
    folded: _ValueMatcher
    ambiguous: _ValueMatcher

    def find_ambiguous(self, folded: str) -> list[str]:
        """Return the words of a text without diacritics that only rows match which are ambiguous
        then: *tang*, but not the *nghi* of *nghi hoc*."""
        settled = [match.span() for match, _ in self.folded.find(folded)]
        return [
            match.group()
            for match, _ in self.ambiguous.find(folded)
            if not any(start <= match.start() < end for start, end in settled)
        ]

    def find(self, marked: MarkedText) -> list[tuple[re.Match[str], str]]:
        """Return the matches with the values of their rows, in order."""
        return (self.folded if marked.unaccented else self.accented).find(marked.text)

    def extract(self, marked: MarkedText) -> tuple[list[tuple[re.Match[str], str]], MarkedText]:
        """Return the matches with their values, and the text without them."""
        matches = self.find(marked)
        return matches, marked.remove_spans([m.span() for m, _ in matches]) if matches else marked


def compile_lexicon(rows: Iterable[tuple[str, str, bool]]) -> Lexicon:
    """Compile rows of (expression, value, whether it is unambiguous without diacritics).

    An expression is a bounded regular expression; it may have named groups, except ``r`` and a
    number.
    """
    table = list(rows)
    by_clarity: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
    for source, value, unambiguous in table:
        by_clarity[unambiguous].append((fold(source), value))
    return Lexicon(
        _compile_matcher([(source, value) for source, value, _ in table]),
        _compile_matcher(by_clarity[True]),
        _compile_matcher(by_clarity[False]),
    )
