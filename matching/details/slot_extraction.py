"""Extraction of slots: the details that must agree before two texts may count as one claim.

``matching.details.slot_diff`` compares two sets. Values are canonical: ISO dates, whole đồng,
otherwise short Vietnamese words.
"""

import re
from datetime import date

from matching.details.bounds import find_number_bounds
from matching.details.date_expressions import extract_dates
from matching.details.document_numbers import extract_documents
from matching.details.durations import extract_durations, extract_frequencies
from matching.details.gazetteer import Gazetteer
from matching.details.negation import find_negations
from matching.details.ordinals import extract_ordinals
from matching.details.phone_numbers import extract_phones
from matching.details.places import find_localities, find_provinces
from matching.details.polarity import find_polarity
from matching.details.proper_names import Token, tokenise
from matching.details.quantifiers import extract_quantifiers
from matching.details.rebuttal import find_rebuttal
from matching.details.school_levels import extract_levels, find_schools, levels_of_school
from matching.details.slashed_numbers import extract_slashed
from matching.details.slot_set import Slots
from matching.details.subject_lexicons import find_causes, find_offices
from matching.links.canonical_urls import canonical_url, find_urls
from matching.text.letters import fold
from matching.text.normalisation import clean, is_unaccented, marked_key
from matching.text.patterns import MarkedText, compile_pattern

MAX_CHARACTERS = 5_000  # characters of a text that are read

_MONEY = compile_pattern(r"([0-9]{1,22}) đồng")
_NUMBER = compile_pattern(r"[0-9]+(?:\.[0-9]+)?%?|[0-9]{1,2}h(?:[0-9]{2})?|[0-9]+/[0-9]+")
# "H5N1" is a cause, "covid19" too.
_CODE = compile_pattern(
    r"(?!covid19|h[0-9]{1,2}n[0-9]|[qp][0-9]{1,2}(?!\S))[a-zđ]{1,5}[0-9]{1,4}(?:[a-zđ]{1,2}[0-9]{0,3})?"
)


def _extract_money(marked: MarkedText) -> tuple[set[str], set[str], MarkedText]:
    """Return sums, the periods in which they are due ("mỗi tháng"), and the remaining text."""
    sums, marked = _MONEY.extract(marked)
    periods, marked = extract_frequencies(marked, of_sum=bool(sums))
    return {str(int(match[1])) for match in sums}, periods, marked


def _matched_texts(matches: list[re.Match[str]]) -> set[str]:
    return {match.group() for match in matches}


def _digit_slots(marked: MarkedText, seen_on: date | None) -> dict[str, set[str]]:
    """Extract the slots made of digits, each from the text that the ones before it left."""
    slots: dict[str, set[str]] = {}
    if not marked.has_digits:
        frequencies, marked = extract_frequencies(marked)
        durations, marked = extract_durations(marked)  # "nửa tháng"
        slots["periods"] = frequencies | durations
        slots["levels"], marked = extract_levels(marked)
        slots["dates"], slots["bounds"], marked = extract_dates(marked, seen_on)
        slots["quantifier"], marked = extract_quantifiers(marked)
        return slots
    bounds = find_number_bounds(marked)
    slots["documents"], marked = extract_documents(marked)
    slots["phones"], marked = extract_phones(marked)
    slots["money"], due, marked = _extract_money(marked)
    slashed, marked = extract_slashed(marked) if "/" in marked.text else ({}, marked)
    slots["ordinals"], marked = extract_ordinals(marked)
    slots["levels"], marked = extract_levels(marked)
    slots["dates"], slots["bounds"], marked = extract_dates(marked, seen_on)
    periods, marked = extract_durations(marked)
    slots["periods"], slots["bounds"] = periods | due, slots["bounds"] | bounds
    slots["quantifier"], marked = extract_quantifiers(marked)
    codes, marked = _CODE.extract(marked)
    slots["codes"] = {match.group().upper() for match in codes}
    numbers, _ = _NUMBER.extract(marked)
    slots["numbers"] = _matched_texts(numbers)
    for slot, values in slashed.items():
        slots[slot] = slots.get(slot, set()) | values
    return slots


def _name_slots(
    words: list[Token], unaccented: bool, units: Gazetteer | None
) -> dict[str, set[str]]:
    """Extract the slots made of names: places and schools, the installation's own units first."""
    mentions = units.find(words, unaccented) if units else []
    taken = frozenset(index for unit in mentions for index in range(unit.start, unit.end))
    unit_schools = {unit.value for unit in mentions if unit.kind == "school"}
    return {
        "places": find_localities(words, unaccented, taken)
        | {u.value for u in mentions if u.kind == "place"},
        "schools": find_schools(words, taken) | unit_schools,
        "levels": {level for school in unit_schools for level in levels_of_school(school)},
    }


def marked_text(text: str) -> MarkedText:
    """Return the form of a text from which details are extracted."""
    key = marked_key(text)
    return MarkedText(fold(key), True) if is_unaccented(text) else MarkedText(key, False)


def extract_slots(
    text: str,
    seen_on: date | None = None,
    units: Gazetteer | None = None,
) -> Slots:
    """Extract the slots of a text (its first 5,000 characters); never raises.

    ``units``: the names of the installation's schools and communes. ``seen_on``: the local day the
    text was seen, against which "ngày mai" and dates without a year are resolved. Text without
    diacritics yields only what is unambiguous without them.
    """
    if seen_on is not None and not 1900 <= seen_on.year <= 2999:
        seen_on = None
    text = clean(text[:MAX_CHARACTERS])
    words, marked = tokenise(text), marked_text(text)
    slots = _name_slots(words, marked.unaccented, units)
    slots["places"] |= find_provinces(marked.text, marked.unaccented)
    slots["offices"] = find_offices(marked)
    slots["causes"] = find_causes(marked)
    slots |= {
        "negation": find_negations(marked),
        "polarity": find_polarity(marked),
        "rebuttal": find_rebuttal(marked),
        "links": {link for url in find_urls(text) if (link := canonical_url(url))},
    }
    for name, values in _digit_slots(marked, seen_on).items():
        slots[name] = values | slots.get(name, set())
    return Slots(**{name: tuple(sorted(values)) for name, values in slots.items()})
