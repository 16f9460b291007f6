"""Gazetteer of an installation's own units, so that an alias in any spelling is recognised.

``Gazetteer.from_names`` takes the names of the units; ``find`` looks them up in the tokens of a
text: "truong hoa mai nghi hoc" mentions ``THCS Hoa Mai`` if exactly one unit has that name.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from matching.details.proper_names import Token, tokenise
from matching.details.school_levels import SCHOOL_WORDS, school_level
from matching.text.letters import fold

UnitNameKind = Literal["school", "place"]
_PLACE_KINDS = {"xã": "xã", "phường": "phường", "xa": "xã", "phuong": "phường", "trấn": "thị trấn"}
_LEVEL_CONNECTIVES = SCHOOL_WORDS | {"&", "-", "và", ",", "/"}
_MIN_INITIALS = 3  # words of a school's name that people call by its initials
_MAX_WORDS = 8  # words of a name that are compared


@dataclass(frozen=True, slots=True)
class UnitName:
    """One unit: its official name, its kind, and its present and former aliases.

    ``level``: the level of a school (``THCS``) whose name does not contain one. ``ident``: the
    caller's key of the unit.
    """

    name: str
    kind: UnitNameKind = "school"
    aliases: tuple[str, ...] = ()
    level: str = ""
    ident: int = 0


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A unit mentioned by the tokens ``[start:end]``; ``value`` is its slot value, ``""`` if the
    name may mean units with different ones. ``units``: the units that may be meant."""

    start: int
    end: int
    kind: UnitNameKind
    value: str
    units: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _NameEntry:
    words: tuple[str, ...]
    kind: UnitNameKind
    level: str  # the school level or kind of place, "" if unknown
    value: str
    ident: int


def _split_name(name: str) -> tuple[str, tuple[Token, ...]]:
    """Split "Trường THCS Hoa Mai" into its level and the tokens of the name proper.

    "Trường TH&THCS Tân Lập" has two levels: a text may mean either, so the level stays "".
    """
    words = tokenise(name)[:_MAX_WORDS]
    if words and words[0].lower in _PLACE_KINDS:
        return _PLACE_KINDS[words[0].lower], tuple(words[1:])
    levels: list[str] = []
    position = 0
    while position < len(words):
        level, size = school_level(words, position, alone=True)
        if level:
            levels.append(level)
        elif words[position].lower not in _LEVEL_CONNECTIVES:
            break
        position += max(size, 1)
    return levels[0] if len(set(levels)) == 1 else "", tuple(words[position:])


def unit_value(unit: UnitName) -> str:
    """Return the slot value of a unit: ``THCS Hoa Mai``, ``xã An Bình``."""
    level, name_tokens = _split_name(unit.name)
    level = level or unit.level
    title = " ".join(word.raw for word in name_tokens)
    return f"{level} {title}" if level else f"Trường {title}" if unit.kind == "school" else title


def _entries_of_unit(unit: UnitName) -> list[_NameEntry]:
    level, name_tokens = _split_name(unit.name)
    level, value = level or unit.level, unit_value(unit)
    entries: dict[tuple[str, ...], _NameEntry] = {}
    for name in (unit.name, *unit.aliases):
        own_level, words = _split_name(name)
        key = tuple(word.lower for word in words)
        if key and any(len(word) > 1 for word in key):
            entries.setdefault(
                key, _NameEntry(key, unit.kind, own_level or level, value, unit.ident)
            )
    if unit.kind == "school" and len(name_tokens) >= _MIN_INITIALS:
        initials = ("".join(word.lower[0] for word in name_tokens),)  # "THPT NTMK"
        entries.setdefault(initials, _NameEntry(initials, unit.kind, level, value, unit.ident))
    return list(entries.values())


def _level_before(words: list[Token], position: int) -> tuple[str, int, bool]:
    """Return (level or kind of place before a name, its position, whether there is any)."""
    for size in (4, 3, 2, 1):
        start = position - size
        if start >= 0:
            level, used = school_level(words, start)
            if level and used == size:
                named = start > 0 and words[start - 1].lower in SCHOOL_WORDS
                return level, start - named, True
    if position and words[position - 1].lower in SCHOOL_WORDS:
        return "", position - 1, True
    if position and words[position - 1].lower in _PLACE_KINDS:
        return _PLACE_KINDS[words[position - 1].lower], position - 1, True
    return "", position, False


def _longest_names(
    entries: Iterable[_NameEntry], words: list[Token], position: int, level: str
) -> list[_NameEntry]:
    """The entries of the longest name at a position; ``entries`` begin with the longest."""
    matches: list[_NameEntry] = []
    for entry in entries:
        size = len(entry.words)
        if matches and size < len(matches[0].words):
            break
        if tuple(word.lower for word in words[position : position + size]) == entry.words and (
            not level or not entry.level or level == entry.level
        ):
            matches.append(entry)
    return matches


@dataclass(frozen=True)
class Gazetteer:
    """Name entries by their first word, with diacritics and without."""

    accented: dict[str, list[_NameEntry]] = field(default_factory=dict)
    folded: dict[str, list[_NameEntry]] = field(default_factory=dict)

    @cached_property
    def shares_a_name(self) -> bool:
        """Whether any two units share a name, in one spelling at least."""
        units: dict[tuple[str, ...], set[int]] = {}
        for entries in self.folded.values():
            for entry in entries:
                units.setdefault(entry.words, set()).add(entry.ident)
        return any(len(idents) > 1 for idents in units.values())

    @classmethod
    def from_names(cls, names: Iterable[UnitName]) -> "Gazetteer":
        """Build a gazetteer; linear in the names, so the caller should cache it."""
        gazetteer = cls()
        for unit in names:
            for entry in _entries_of_unit(unit):
                gazetteer.accented.setdefault(entry.words[0], []).append(entry)
                folded_words = tuple(fold(word) for word in entry.words)
                folded_entry = replace(entry, words=folded_words)
                gazetteer.folded.setdefault(folded_words[0], []).append(folded_entry)
        for table in (gazetteer.accented, gazetteer.folded):
            for entries in table.values():
                entries.sort(key=lambda entry: -len(entry.words))
        return gazetteer

    def find(self, words: list[Token], unaccented: bool) -> list[UnitMention]:
        """Return the mentions with one slot value, in order: a name of units with different
        values yields none."""
        return [mention for mention in self.mentions(words, unaccented) if mention.value]

    def mentions(self, words: list[Token], unaccented: bool) -> list[UnitMention]:
        """Return the units mentioned in a text, in order, with those that share their name.

        A name counts after "trường", a level or a kind of place, or if it is capitalised.
        """
        table = self.folded if unaccented else self.accented
        mentions: list[UnitMention] = []
        position = 0
        while table and position < len(words):
            mention = self._match_at(table.get(words[position].lower, ()), words, position)
            if mention:
                mentions.append(mention)
            position = mention.end if mention else position + 1
        return mentions

    @staticmethod
    def _match_at(
        entries: Iterable[_NameEntry], words: list[Token], position: int
    ) -> UnitMention | None:
        level, start, introduced = _level_before(words, position)
        matches = _longest_names(entries, words, position, level)
        if introduced and not level:  # "trường Mây Hồ" is the school, not the commune
            matches = [entry for entry in matches if entry.kind == "school"]
        if len({entry.kind for entry in matches}) != 1:
            return None
        values = {entry.value for entry in matches}
        end = position + len(matches[0].words)
        numbered = end < len(words) and words[end].raw.isdecimal() and len(words[end].raw) <= 2
        title_case = all(word.capitalised for word in words[position:end]) and end - position > 1
        place = matches[0].kind == "place" and not level
        if numbered or place or not (introduced or title_case):
            return None
        return UnitMention(
            start,
            end,
            matches[0].kind,
            values.pop() if len(values) == 1 else "",
            frozenset(entry.ident for entry in matches),
        )
