"""Texts prepared for comparison: computed once, stored with a wording, read by every query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from matching.details.gazetteer import Gazetteer
from matching.details.pointing import Pointers, ReportUnit, fill_slots, find_pointers
from matching.details.second_readings import has_second_reading
from matching.details.slot_extraction import MAX_CHARACTERS, extract_slots, marked_text
from matching.details.slot_set import Slots
from matching.links.canonical_urls import canonical_url, find_urls, is_home_page
from matching.scoring.core_text import core_fingerprint
from matching.scoring.packaging import mark_names, without_unmarked_closing
from matching.scoring.text_similarity import TokenisedKey
from matching.terms.index_terms import is_vietnamese
from matching.text.normalisation import (
    canonical_links,
    exact_key,
    fingerprint,
    is_unaccented,
    strip_marks,
    strip_signs,
)
from matching.text.word_lists import EMPTY_WORDS

NOT_READ = Pointers((), ("",))
KEY_LENGTH = 1_000  # characters of the match key


@dataclass(frozen=True)
class PreparedText:
    """What is compared of one text. ``key``: the first 1,000 characters of its match key."""

    key: str
    unaccented: bool  # typed without diacritics
    slots: Slots
    links: frozenset[str]  # canonical, of pages, not of sites
    fingerprint: str
    core_fingerprint: str
    content_word_count: int  # distinct words of the key that are not in EMPTY_WORDS
    pointers: Pointers  # words whose meaning depends on the sender
    second_reading: bool  # typed without diacritics, with a word that may mean the opposite

    @cached_property
    def tokenised_key(self) -> TokenisedKey:
        """The match key, folded and split into words."""
        return TokenisedKey.from_key(self.key, self.unaccented)

    @cached_property
    def vietnamese(self) -> bool:
        return is_vietnamese(self.key)

    @property
    def has_details(self) -> bool:
        s = self.slots
        return bool(s.dates or s.money or s.documents or s.phones or s.places or s.schools)

    def to_json(self) -> dict[str, Any]:
        """Return JSON types; the fingerprint has a column of its own."""
        return {
            "key": self.key,
            "plain": self.unaccented,
            "slots": self.slots.to_json(),
            "links": sorted(self.links),
            "wording": self.core_fingerprint,
            "meaning": self.content_word_count,
            "pointers": self.pointers.to_json(),
            "ambiguous": self.second_reading,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any], fingerprint: str) -> "PreparedText":
        """Read the result of ``to_json``.

        Raises:
            KeyError: a key is missing.
        """
        return cls(
            key=data["key"],
            unaccented=data["plain"],
            slots=Slots.from_json(data["slots"]),
            links=frozenset(data["links"]),
            fingerprint=fingerprint,
            core_fingerprint=data["wording"],
            content_word_count=data["meaning"],
            # A row of a former release that the rebuild has not reached yet is never joined.
            pointers=Pointers.from_json(data["pointers"]) if "pointers" in data else NOT_READ,
            second_reading=data.get("ambiguous", True),
        )


def _page_links(urls: Iterable[str]) -> frozenset[str]:
    canonical = (canonical_url(url) for url in urls if url)
    return frozenset(link for link in canonical if link and not is_home_page(link))


def _core_fingerprint(text: str, exact: str) -> str:
    shorter = without_unmarked_closing(mark_names(text))
    return core_fingerprint(exact if shorter == text else exact_key(shorter), canonical_links(text))


def prepare_text(
    text: str,
    url: str = "",
    seen_on: date | None = None,
    *,
    known_fingerprint: str = "",
    units: Gazetteer | None = None,
    unit: ReportUnit | None = None,
) -> PreparedText:
    """Prepare a text; ``known_fingerprint``: its fingerprint, if at hand; ``unit``: to which the
    report was sent. Never raises."""
    # One pass of normalisation suffices here; only the fingerprint needs the fixed point.
    part = text[:MAX_CHARACTERS]
    exact, unaccented = exact_key(part), is_unaccented(part)
    key = strip_marks(strip_signs(exact))
    slots = extract_slots(text, seen_on, units)
    pointers = find_pointers(part, marked_text(part), slots, seen_on, unit, units)
    whole = part == text
    return PreparedText(
        key=key[:KEY_LENGTH],
        unaccented=unaccented,
        slots=fill_slots(slots, pointers, unit),
        links=_page_links((url, *find_urls(text))),
        fingerprint=known_fingerprint or fingerprint(text),
        core_fingerprint=_core_fingerprint(text, exact) if whole else "",
        content_word_count=len(set(key.split()) - EMPTY_WORDS),
        pointers=pointers,
        second_reading=has_second_reading(part),
    )
