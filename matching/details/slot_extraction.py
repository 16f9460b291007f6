"""The details of a claim that must agree before two texts may count as one claim.

``extract`` reads them; ``differences`` and ``agreements`` (from matching.details.slot_diff)
compare two sets. Values are canonical: ISO dates, whole đồng, otherwise short Vietnamese words.
"""

import re
from datetime import date

from matching.details.date_expressions import extract_dates
from matching.details.gazetteer import Gazetteer
from matching.details.places import find_localities, find_provinces
from matching.details.polarity import (
    extract_quantifiers,
    find_negations,
    find_polarity,
    find_rebuttal,
)
from matching.details.proper_names import Token, tokenise
from matching.details.school_levels import extract_levels, find_schools, levels_of_school
from matching.details.slot_set import Slots
from matching.details.subject_lexicons import find_causes, find_offices
from matching.links.canonical_urls import canonical_url, find_urls
from matching.text.letters import fold
from matching.text.normalisation import clean, is_plain, marked_key
from matching.text.numerals import DOCUMENT
from matching.text.patterns import MarkedText, compile_pattern

SCOPE = 5_000  # characters of a text that are read

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


def _take_periods(board: MarkedText) -> tuple[set[str], MarkedText]:
    found: set[str] = set()
    durations, board = _DURATION.extract(board)
    for match in durations:
        unit = _UNITS.get(match["unit"], match["unit"])
        found.add(f"{match['a']}–{match['b']} {unit}" if match["b"] else f"{match['a']} {unit}")
    return found, board


def _take_money(board: MarkedText) -> tuple[set[str], set[str], MarkedText]:
    """Return sums, the periods they are due in ("mỗi tháng"), and the rest."""
    sums, board = _MONEY.extract(board)
    due, board = _FEE_PERIOD.extract(board) if sums else ([], board)
    periods = {f"mỗi {_UNITS.get(match['unit'], match['unit'])}" for match in due}
    return {str(int(match[1])) for match in sums}, periods, board


def _values(matches: list[re.Match[str]]) -> set[str]:
    return {match.group() for match in matches}


def _take_numbers(board: MarkedText, seen_on: date | None) -> dict[str, set[str]]:
    """Read the slots made of digits, each from what the ones before it have left."""
    found: dict[str, set[str]] = {}
    if not board.has_digits:
        found["levels"], board = extract_levels(board)
        found["dates"], board = extract_dates(board, seen_on)
        found["quantifier"], board = extract_quantifiers(board)
        return found
    documents, board = _DOCUMENT.extract(board)
    found["documents"] = {value.upper() for value in _values(documents)}
    phones, board = _PHONE.extract(board)
    found["phones"] = _values(phones)
    found["money"], due, board = _take_money(board)
    found["levels"], board = extract_levels(board)
    found["dates"], board = extract_dates(board, seen_on)
    periods, board = _take_periods(board)
    found["periods"] = periods | due
    found["quantifier"], board = extract_quantifiers(board)
    numbers, _ = _NUMBER.extract(board)
    found["numbers"] = _values(numbers)
    return found


def _named(words: list[Token], plain: bool, units: Gazetteer | None) -> dict[str, set[str]]:
    """Read the slots made of names: places and schools, the installation's own units first."""
    own = units.find(words, plain) if units else []
    taken = frozenset(at for unit in own for at in range(unit.start, unit.end))
    ours = {unit.value for unit in own if unit.kind == "school"}
    return {
        "places": find_localities(words, taken) | {u.value for u in own if u.kind == "place"},
        "schools": find_schools(words, taken) | ours,
        "levels": {level for school in ours for level in levels_of_school(school)},
    }


def extract_slots(
    text: str,
    seen_on: date | None = None,
    units: Gazetteer | None = None,
) -> Slots:
    """Read the slots of a text (its first 5,000 characters); never raises.

    ``units``: the names of the installation's schools and communes.
    ``seen_on`` is the local day the text was seen: "ngày mai" and dates without a year resolve
    against it. Text without diacritics yields what is unambiguous without them.
    """
    if seen_on is not None and not 1900 <= seen_on.year <= 2999:
        seen_on = None
    text = clean(text[:SCOPE])
    key, words = marked_key(text), tokenise(text)
    board = MarkedText(fold(key), True) if is_plain(text) else MarkedText(key, False)
    found = _named(words, board.plain, units)
    found["places"] |= find_provinces(board.text, board.plain)
    found["offices"] = find_offices(board)
    found["causes"] = find_causes(board)
    found |= {
        "negation": find_negations(board),
        "polarity": find_polarity(board),
        "rebuttal": find_rebuttal(board),
        "links": {link for url in find_urls(text) if (link := canonical_url(url))},
    }
    for name, values in _take_numbers(board, seen_on).items():
        found[name] = values | found.get(name, set())
    return Slots(**{name: tuple(sorted(values)) for name, values in found.items()})
