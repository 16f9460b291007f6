"""Extraction of slots: the details that must agree before two texts may count as one claim.

``matching.details.slot_diff`` compares two sets. Values are canonical: ISO dates, whole đồng,
otherwise short Vietnamese words.
"""

import re
from datetime import date

from matching.details.date_expressions import extract_dates
from matching.details.gazetteer import Gazetteer
from matching.details.negation import find_negations
from matching.details.places import find_localities, find_provinces
from matching.details.polarity import find_polarity
from matching.details.proper_names import Token, tokenise
from matching.details.quantifiers import extract_quantifiers
from matching.details.rebuttal import find_rebuttal
from matching.details.school_levels import extract_levels, find_schools, levels_of_school
from matching.details.slot_set import Slots
from matching.details.subject_lexicons import find_causes, find_offices
from matching.links.canonical_urls import canonical_url, find_urls
from matching.text.letters import fold
from matching.text.normalisation import clean, is_unaccented, marked_key
from matching.text.numerals import DOCUMENT
from matching.text.patterns import MarkedText, compile_pattern

MAX_CHARACTERS = 5_000  # characters of a text that are read

_DOCUMENT = compile_pattern(DOCUMENT)
_PHONE = compile_pattern("0[0-9]{9,10}|1[89]00[0-9]{4,6}")
_MONEY = compile_pattern(r"([0-9]{1,22}) đồng")
_FEE_PERIOD = compile_pattern(
    r"(?:mỗi|hàng|hằng|1) (?P<unit>ngày|tuần|tháng|năm học|năm|học kì|kì|buổi|tiết|môn|bữa|suất)"
)
_DURATION = compile_pattern(
    r"(?P<a>[0-9]{1,4})(?: (?:đến|tới|hoặc) (?P<b>[0-9]{1,4}))? "
    r"(?P<unit>ngày|tuần|tháng|năm|buổi|tiết|học kì|phút|giây|giờ)"
)
_NUMBER = compile_pattern(r"[0-9]+(?:\.[0-9]+)?%?|[0-9]{1,2}h(?:[0-9]{2})?|[0-9]+/[0-9]+")
_UNITS = {
    "ngay": "ngày", "tuan": "tuần", "thang": "tháng", "nam": "năm", "buoi": "buổi", "tiet": "tiết",
    "hoc ki": "học kì", "ki": "học kì", "kì": "học kì", "phut": "phút", "giay": "giây",
    "gio": "giờ", "mon": "môn", "nam hoc": "năm", "năm học": "năm",
}  # fmt: skip


def _extract_periods(marked: MarkedText) -> tuple[set[str], MarkedText]:
    periods: set[str] = set()
    durations, marked = _DURATION.extract(marked)
    for match in durations:
        unit = _UNITS.get(match["unit"], match["unit"])
        periods.add(f"{match['a']}–{match['b']} {unit}" if match["b"] else f"{match['a']} {unit}")
    return periods, marked


def _extract_money(marked: MarkedText) -> tuple[set[str], set[str], MarkedText]:
    """Return sums, the periods in which they are due ("mỗi tháng"), and the remaining text."""
    sums, marked = _MONEY.extract(marked)
    due, marked = _FEE_PERIOD.extract(marked) if sums else ([], marked)
    periods = {f"mỗi {_UNITS.get(match['unit'], match['unit'])}" for match in due}
    return {str(int(match[1])) for match in sums}, periods, marked


def _matched_texts(matches: list[re.Match[str]]) -> set[str]:
    return {match.group() for match in matches}


def _digit_slots(marked: MarkedText, seen_on: date | None) -> dict[str, set[str]]:
    """Extract the slots made of digits, each from the text that the ones before it left."""
    slots: dict[str, set[str]] = {}
    if not marked.has_digits:
        slots["levels"], marked = extract_levels(marked)
        slots["dates"], marked = extract_dates(marked, seen_on)
        slots["quantifier"], marked = extract_quantifiers(marked)
        return slots
    documents, marked = _DOCUMENT.extract(marked)
    slots["documents"] = {value.upper() for value in _matched_texts(documents)}
    phones, marked = _PHONE.extract(marked)
    slots["phones"] = _matched_texts(phones)
    slots["money"], due, marked = _extract_money(marked)
    slots["levels"], marked = extract_levels(marked)
    slots["dates"], marked = extract_dates(marked, seen_on)
    periods, marked = _extract_periods(marked)
    slots["periods"] = periods | due
    slots["quantifier"], marked = extract_quantifiers(marked)
    numbers, _ = _NUMBER.extract(marked)
    slots["numbers"] = _matched_texts(numbers)
    return slots


def _name_slots(
    words: list[Token], unaccented: bool, units: Gazetteer | None
) -> dict[str, set[str]]:
    """Extract the slots made of names: places and schools, the installation's own units first."""
    mentions = units.find(words, unaccented) if units else []
    taken = frozenset(index for unit in mentions for index in range(unit.start, unit.end))
    unit_schools = {unit.value for unit in mentions if unit.kind == "school"}
    return {
        "places": find_localities(words, taken) | {u.value for u in mentions if u.kind == "place"},
        "schools": find_schools(words, taken) | unit_schools,
        "levels": {level for school in unit_schools for level in levels_of_school(school)},
    }


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
    key, words = marked_key(text), tokenise(text)
    marked = MarkedText(fold(key), True) if is_unaccented(text) else MarkedText(key, False)
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
