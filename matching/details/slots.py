"""The details of a claim that must agree before two texts may count as one claim.

``extract`` reads them; ``differences`` and ``agreements`` (from matching.details.slot_diff)
compare two sets. Values are canonical: ISO dates, whole đồng, otherwise short Vietnamese words.
"""

import re
from datetime import date

from matching.details.dates import take_dates
from matching.details.gazetteer import Gazetteer
from matching.details.levels import level_of, schools, take_levels
from matching.details.names import Word, words_of
from matching.details.places import localities, provinces
from matching.details.polarity import negations, polarity, rebuttal, take_quantifiers
from matching.details.slot_set import Slots
from matching.details.vocabulary import causes, offices
from matching.links.urls import canonical_url, find_urls
from matching.text.letters import fold
from matching.text.normalise import clean, is_plain, marked
from matching.text.numerals import DOCUMENT
from matching.text.patterns import Board, pattern

SCOPE = 5_000  # characters of a text that are read

_DOCUMENT = pattern(DOCUMENT)
_PHONE = pattern("0[0-9]{9,10}|1[89]00[0-9]{4,6}")
_MONEY = pattern(r"([0-9]{1,22}) đồng")
_FEE_PERIOD = pattern(
    r"(?:mỗi|hàng|hằng|1) (?P<unit>ngày|tuần|tháng|năm học|năm|học kì|kì|buổi|tiết|môn|bữa|suất)"
)
_DURATION = pattern(
    r"(?P<a>[0-9]{1,4})(?: (?:đến|tới|hoặc) (?P<b>[0-9]{1,4}))? "
    r"(?P<unit>ngày|tuần|tháng|năm|buổi|tiết|học kì|phút|giây|giờ)"
)
_NUMBER = pattern(r"[0-9]+(?:\.[0-9]+)?%?|[0-9]{1,2}h(?:[0-9]{2})?|[0-9]+/[0-9]+")
_UNITS = {
    "ngay": "ngày", "tuan": "tuần", "thang": "tháng", "nam": "năm", "buoi": "buổi", "tiet": "tiết",
    "hoc ki": "học kì", "ki": "học kì", "kì": "học kì", "phut": "phút", "giay": "giây",
    "gio": "giờ", "mon": "môn", "nam hoc": "năm", "năm học": "năm",
}  # fmt: skip


def _take_periods(board: Board) -> tuple[set[str], Board]:
    found: set[str] = set()
    durations, board = _DURATION.take(board)
    for match in durations:
        unit = _UNITS.get(match["unit"], match["unit"])
        found.add(f"{match['a']}–{match['b']} {unit}" if match["b"] else f"{match['a']} {unit}")
    return found, board


def _take_money(board: Board) -> tuple[set[str], set[str], Board]:
    """Return sums, the periods they are due in ("mỗi tháng"), and the rest."""
    sums, board = _MONEY.take(board)
    due, board = _FEE_PERIOD.take(board) if sums else ([], board)
    periods = {f"mỗi {_UNITS.get(match['unit'], match['unit'])}" for match in due}
    return {str(int(match[1])) for match in sums}, periods, board


def _values(matches: list[re.Match[str]]) -> set[str]:
    return {match.group() for match in matches}


def _take_numbers(board: Board, seen_on: date | None) -> dict[str, set[str]]:
    """Read the slots made of digits, each from what the ones before it have left."""
    found: dict[str, set[str]] = {}
    if not board.has_digits:
        found["levels"], board = take_levels(board)
        found["dates"], board = take_dates(board, seen_on)
        found["quantifier"], board = take_quantifiers(board)
        return found
    documents, board = _DOCUMENT.take(board)
    found["documents"] = {value.upper() for value in _values(documents)}
    phones, board = _PHONE.take(board)
    found["phones"] = _values(phones)
    found["money"], due, board = _take_money(board)
    found["levels"], board = take_levels(board)
    found["dates"], board = take_dates(board, seen_on)
    periods, board = _take_periods(board)
    found["periods"] = periods | due
    found["quantifier"], board = take_quantifiers(board)
    numbers, _ = _NUMBER.take(board)
    found["numbers"] = _values(numbers)
    return found


def _named(words: list[Word], plain: bool, units: Gazetteer | None) -> dict[str, set[str]]:
    """Read the slots made of names: places and schools, the installation's own units first."""
    own = units.find(words, plain) if units else []
    taken = frozenset(at for unit in own for at in range(unit.start, unit.end))
    ours = {unit.value for unit in own if unit.kind == "school"}
    return {
        "places": localities(words, taken) | {u.value for u in own if u.kind == "place"},
        "schools": schools(words, taken) | ours,
        "levels": {level for school in ours for level in level_of(school)},
    }


def extract(
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
    key, words = marked(text), words_of(text)
    board = Board(fold(key), True) if is_plain(text) else Board(key, False)
    found = _named(words, board.plain, units)
    found["places"] |= provinces(board.text, board.plain)
    found["offices"] = offices(board)
    found["causes"] = causes(board)
    found |= {
        "negation": negations(board),
        "polarity": polarity(board),
        "rebuttal": rebuttal(board),
        "links": {link for url in find_urls(text) if (link := canonical_url(url))},
    }
    for name, values in _take_numbers(board, seen_on).items():
        found[name] = values | found.get(name, set())
    return Slots(**{name: tuple(sorted(values)) for name, values in found.items()})
