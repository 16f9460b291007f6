"""The stories as written in data/*.toml, with their relative days made real."""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
FILES = ("weather", "health", "safety", "scam", "school", "outcomes")
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_PLACEHOLDER = re.compile(r"\{(dm|dmy|thu)([+-]\d+)\}")


@dataclass(frozen=True)
class ReportText:
    """One report of a story; ``days`` before the seed."""

    unit: str
    days: float
    text: str = ""
    url: str = ""
    question: str = ""
    where: str = ""
    when: str = ""
    language: str = "vi"
    picture: bool = False
    loose: bool = False  # nobody has decided yet whether it is the same claim


@dataclass(frozen=True)
class Citation:
    source: str  # domain or Vietnamese name in the registry
    stance: str
    quote: str
    title: str = ""
    url: str = ""
    number: str = ""
    dated: date | None = None
    copy: str = "page"  # fetched from the source's site; or a "scan" that the checker hands in


@dataclass(frozen=True)
class Story:
    """A case from its first report to the stage ``until``."""

    key: str
    team: str
    until: str
    reports: list[ReportText]
    claim: str = ""
    topic: str = ""
    urgency: int | None = None
    concerns: list[str] = field(default_factory=list)
    waiting_for: str = ""
    reconsider: str = ""  # the request to reconsider the notice
    sent_back: str = ""
    merge_into: str = ""
    review_after: int = 60  # days from the first report to the next review
    language: str = "vi"
    evidence: list[Citation] = field(default_factory=list)
    verdict: dict[str, Any] = field(default_factory=dict)
    correction: dict[str, Any] = field(default_factory=dict)
    retraction: dict[str, Any] = field(default_factory=dict)


def fill_days(value: Any, today: date) -> Any:
    """Replace {dm+2}, {dmy-3} and {thu+2} in every text of a nested value."""
    if isinstance(value, dict):
        return {key: fill_days(inner, today) for key, inner in value.items()}
    if isinstance(value, list):
        return [fill_days(inner, today) for inner in value]
    if isinstance(value, str):
        return _PLACEHOLDER.sub(lambda match: _day_text(match, today), value)
    return value


def _day_text(match: re.Match[str], today: date) -> str:
    day = today + timedelta(days=int(match[2]))
    if match[1] == "thu":
        return WEEKDAYS[day.weekday()]
    return f"{day:%d/%m/%Y}" if match[1] == "dmy" else f"{day:%d/%m}"


def _parse_report(raw: dict[str, Any]) -> ReportText:
    return ReportText(days=raw.pop("d"), **raw)


def _parse_citation(raw: dict[str, Any], today: date) -> Citation:
    value = raw.pop("date", None)
    dated = date.fromisoformat(value) if isinstance(value, str) else None
    if isinstance(value, int):
        dated = today + timedelta(days=value)
    return Citation(dated=dated, **raw)


def parse_story(raw: dict[str, Any], today: date) -> Story:
    """One entry of the file.

    Raises:
        TypeError: a key is unknown, so that a slip in the data is noticed.
    """
    raw = {**fill_days(raw, today)}
    raw.pop("suggests", None)  # for the reader and the tests: which story it resembles
    raw.pop("overdue", None)
    reports = [_parse_report(dict(one)) for one in raw.pop("reports")]
    evidence = [_parse_citation(dict(one), today) for one in raw.pop("evidence", [])]
    return Story(reports=reports, evidence=evidence, **raw)


def raw_stories() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = []
    for name in FILES:
        entries += tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return entries


def load(today: date) -> list[Story]:
    return [parse_story(raw, today) for raw in raw_stories()]


def sources() -> list[dict[str, Any]]:
    """Offices that this installation names, as written."""
    text = (DATA / "sources.toml").read_text(encoding="utf-8")
    named: list[dict[str, Any]] = tomllib.loads(text)["source"]
    return named


def organisation() -> dict[str, Any]:
    """Units, pools and accounts as written."""
    return tomllib.loads((DATA / "organisation.toml").read_text(encoding="utf-8"))
