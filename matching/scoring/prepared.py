"""A text made ready for comparing: worked out once, kept with a wording, read by every query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from matching.details.gazetteer import Gazetteer
from matching.details.slot_set import Slots
from matching.details.slots import SCOPE, extract
from matching.links.urls import canonical_url, find_urls, is_home_page
from matching.scoring.score import Key
from matching.scoring.wording import wording_key
from matching.terms.terms import is_vietnamese
from matching.text.normalise import fingerprint, is_plain, marked, unmarked
from matching.text.words import EMPTY_WORDS

KEPT = 1_000  # characters of the match key that are compared


@dataclass(frozen=True)
class Prepared:
    """What is compared of one text. ``key``: the first 1,000 characters of its match key."""

    key: str
    plain: bool  # typed without diacritics
    slots: Slots
    links: frozenset[str]  # canonical, of pages, not of sites
    fingerprint: str
    wording: str  # wording.wording_key
    meaning: int  # words that say something

    @cached_property
    def text(self) -> Key:
        """The match key folded and cut into words."""
        return Key.of(self.key, self.plain)

    @cached_property
    def vietnamese(self) -> bool:
        return is_vietnamese(self.key)

    @property
    def has_details(self) -> bool:
        s = self.slots
        return bool(s.dates or s.money or s.documents or s.phones or s.places or s.schools)

    def to_json(self) -> dict[str, Any]:
        """Return JSON types; the fingerprint stands in a column of its own."""
        return {
            "key": self.key,
            "plain": self.plain,
            "slots": self.slots.filled(),
            "links": sorted(self.links),
            "wording": self.wording,
            "meaning": self.meaning,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any], fingerprint: str) -> "Prepared":
        """Read what ``to_json`` wrote. KeyError if it is not that."""
        return cls(
            key=data["key"],
            plain=data["plain"],
            slots=Slots.of(data["slots"]),
            links=frozenset(data["links"]),
            fingerprint=fingerprint,
            wording=data["wording"],
            meaning=data["meaning"],
        )


def _pages(urls: Iterable[str]) -> frozenset[str]:
    found = (canonical_url(url) for url in urls if url)
    return frozenset(link for link in found if link and not is_home_page(link))


def prepare(
    text: str,
    url: str = "",
    seen_on: date | None = None,
    *,
    known: str = "",
    units: Gazetteer | None = None,
) -> Prepared:
    """Make a text ready. ``known``: its fingerprint, if the caller has it. Never raises."""
    # One pass of normalising is enough to compare; only the fingerprint needs its fixed point.
    mark = marked(text[:SCOPE])
    key = unmarked(mark)
    return Prepared(
        key=key[:KEPT],
        plain=is_plain(text[:SCOPE]),
        slots=extract(text, seen_on, units),
        links=_pages((url, *find_urls(text))),
        fingerprint=known or fingerprint(text),
        wording=wording_key(mark),
        meaning=len(set(key.split()) - EMPTY_WORDS),
    )
