"""The names of an installation's own units, so that an alias in any spelling is recognised.

``Gazetteer.of`` takes what the units are called; ``find`` reads a text's words against it:
"truong hoa mai nghi hoc" names ``THCS Hoa Mai`` if one unit alone is called so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from matching.details.proper_names import Token, tokenise
from matching.details.school_levels import SCHOOL_WORDS, school_level
from matching.text.letters import fold

UnitNameKind = Literal["school", "place"]
_PLACE_HEADS = {"xã": "xã", "phường": "phường", "xa": "xã", "phuong": "phường", "trấn": "thị trấn"}
_JOINTS = SCHOOL_WORDS | {"&", "-", "và", ",", "/"}
_LONGEST = 8  # words of a name that are compared


@dataclass(frozen=True, slots=True)
class UnitName:
    """One unit: its official name, its kind, and what else it is or was called.

    ``head``: the level of a school (``THCS``) where the name itself tells none.
    """

    name: str
    kind: UnitNameKind = "school"
    aliases: tuple[str, ...] = ()
    head: str = ""


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A unit named by the words from ``start`` up to ``end``; ``value`` goes into its slot."""

    start: int
    end: int
    kind: UnitNameKind
    value: str


@dataclass(frozen=True, slots=True)
class _NameEntry:
    words: tuple[str, ...]
    kind: UnitNameKind
    head: str  # the school level or kind of place, "" if the name tells none
    value: str


def _split_name(name: str) -> tuple[str, tuple[Token, ...]]:
    """Split "Trường THCS Hoa Mai" into its level and the words of the name proper.

    "Trường TH&THCS Tân Lập" has two levels: it is left open which one a text speaks of.
    """
    words = tokenise(name)[:_LONGEST]
    if words and words[0].lower in _PLACE_HEADS:
        return _PLACE_HEADS[words[0].lower], tuple(words[1:])
    levels: list[str] = []
    at = 0
    while at < len(words):
        level, size = school_level(words, at, alone=True)
        if level:
            levels.append(level)
        elif words[at].lower not in _JOINTS:
            break
        at += max(size, 1)
    return levels[0] if len(set(levels)) == 1 else "", tuple(words[at:])


def _entries(unit: UnitName) -> list[_NameEntry]:
    level, own = _split_name(unit.name)
    head = level or unit.head
    title = " ".join(word.raw for word in own)
    value = f"{head} {title}" if head else f"Trường {title}" if unit.kind == "school" else title
    found: dict[tuple[str, ...], _NameEntry] = {}
    for name in (unit.name, *unit.aliases):
        level, words = _split_name(name)
        key = tuple(word.lower for word in words)
        if key and any(len(word) > 1 for word in key):
            found.setdefault(key, _NameEntry(key, unit.kind, level or head, value))
    return list(found.values())


def _head_before(words: list[Token], at: int) -> tuple[str, int, bool]:
    """Return the school level or kind of place before a name, where it begins, and whether any."""
    for size in (4, 3, 2, 1):
        start = at - size
        if start >= 0:
            level, used = school_level(words, start)
            if level and used == size:
                named = start > 0 and words[start - 1].lower in SCHOOL_WORDS
                return level, start - named, True
    if at and words[at - 1].lower in SCHOOL_WORDS:
        return "", at - 1, True
    if at and words[at - 1].lower in _PLACE_HEADS:
        return _PLACE_HEADS[words[at - 1].lower], at - 1, True
    return "", at, False


@dataclass(frozen=True)
class Gazetteer:
    """Names by their first word, with diacritics and without."""

    accented: dict[str, list[_NameEntry]] = field(default_factory=dict)
    folded: dict[str, list[_NameEntry]] = field(default_factory=dict)

    @classmethod
    def from_names(cls, names: Iterable[UnitName]) -> "Gazetteer":
        """Make a gazetteer; linear in the names, to be kept by the caller."""
        made = cls()
        for unit in names:
            for entry in _entries(unit):
                made.accented.setdefault(entry.words[0], []).append(entry)
                plain = tuple(fold(word) for word in entry.words)
                bare = _NameEntry(plain, entry.kind, entry.head, entry.value)
                made.folded.setdefault(plain[0], []).append(bare)
        for table in (made.accented, made.folded):
            for entries in table.values():
                entries.sort(key=lambda entry: -len(entry.words))
        return made

    def find(self, words: list[Token], plain: bool) -> list[UnitMention]:
        """Return the units named in a text's words, in order; of two with one name, none.

        A name counts after "trường", a level or a kind of place, or with its capitals.
        """
        table = self.folded if plain else self.accented
        found: list[UnitMention] = []
        at = 0
        while table and at < len(words):
            hit = self._match_at(table.get(words[at].lower, ()), words, at)
            if hit:
                found.append(hit)
            at = hit.end if hit else at + 1
        return found

    @staticmethod
    def _match_at(entries: Iterable[_NameEntry], words: list[Token], at: int) -> UnitMention | None:
        head, start, introduced = _head_before(words, at)
        fits: list[_NameEntry] = []
        for entry in entries:
            size = len(entry.words)
            if fits and size < len(fits[0].words):
                break  # a longer name was found
            if tuple(word.lower for word in words[at : at + size]) == entry.words and (
                not head or not entry.head or head == entry.head
            ):
                fits.append(entry)
        if not fits or len({entry.value for entry in fits}) > 1:
            return None
        end = at + len(fits[0].words)
        numbered = end < len(words) and words[end].raw.isdecimal() and len(words[end].raw) <= 2
        shown = all(word.capitalised for word in words[at:end]) and end - at > 1
        place = fits[0].kind == "place" and not head
        if numbered or place or not (introduced or shown):
            return None
        return UnitMention(start, end, fits[0].kind, fits[0].value)
