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
    reconsider: str = ""  # what someone asks us to look at again
    sent_back: str = ""
    merge_into: str = ""
    review_after: int = 60  # days from the first report to the day of the next look
    language: str = "vi"
    evidence: list[Citation] = field(default_factory=list)
    verdict: dict[str, Any] = field(default_factory=dict)
    correction: dict[str, Any] = field(default_factory=dict)
    retraction: dict[str, Any] = field(default_factory=dict)


def fill(value: Any, today: date) -> Any:
    """Replace {dm+2}, {dmy-3} and {thu+2} in every text of a nested value."""
    if isinstance(value, dict):
        return {key: fill(inner, today) for key, inner in value.items()}
    if isinstance(value, list):
        return [fill(inner, today) for inner in value]
    return _PLACEHOLDER.sub(lambda m: _day(m, today), value) if isinstance(value, str) else value


def _day(found: re.Match[str], today: date) -> str:
    day = today + timedelta(days=int(found[2]))
    if found[1] == "thu":
        return WEEKDAYS[day.weekday()]
    return f"{day:%d/%m/%Y}" if found[1] == "dmy" else f"{day:%d/%m}"


def _saying(raw: dict[str, Any]) -> ReportText:
    return ReportText(days=raw.pop("d"), **raw)


def _citation(raw: dict[str, Any], today: date) -> Citation:
    given = raw.pop("date", None)
    dated = date.fromisoformat(given) if isinstance(given, str) else None
    if isinstance(given, int):
        dated = today + timedelta(days=given)
    return Citation(dated=dated, **raw)


def story(raw: dict[str, Any], today: date) -> Story:
    """One entry of the file; unknown keys are a TypeError, so a slip in the data is noticed."""
    raw = {**fill(raw, today)}
    raw.pop("suggests", None)  # for the reader and the tests: which story it resembles
    raw.pop("overdue", None)
    reports = [_saying(dict(one)) for one in raw.pop("reports")]
    evidence = [_citation(dict(one), today) for one in raw.pop("evidence", [])]
    return Story(reports=reports, evidence=evidence, **raw)


def raw_stories() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name in FILES:
        found += tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return found


def load(today: date) -> list[Story]:
    return [story(raw, today) for raw in raw_stories()]


def organisation() -> dict[str, Any]:
    """Units, pools and accounts as written."""
    return tomllib.loads((DATA / "organisation.toml").read_text(encoding="utf-8"))
