"""What the public is answered: false "already checked" for new rumours, and answers missed.

    python -m benchmarks.public_answers [--fit] [--texts FILE]

Publishes the demo's claims on a fixed day and asks the labelled questions of
``tests/publishing/labelled`` through the one public answer, short ones also through the notice
search. The rules were fitted on the first half; the second was written by the same person and never
looked at. ``--texts``: a JSON object with a list ``unanswered`` of rumours that no notice answers.
Prints JSON: half → counts. ``--fit`` prints weights for ``matching.scoring.topic_overlap``.
"""

import argparse
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from benchmarks import temporary_installation

NOW = datetime(2026, 11, 26, 12, tzinfo=timezone(timedelta(hours=7)))
HALVES = ("first", "second")
LABELLED = Path(__file__).parent.parent / "tests" / "publishing" / "labelled"
CHANGED, SHORT = "changed-detail", "short"
_PLACEHOLDERS = {"{dm-6}": "20/11", "{dm+2}": "28/11", "{dm+7}": "03/12"}


@dataclass
class Counts:
    """``kept``: the right notice is shown, ``by_form``: by the form alone. ``stopped``: a new
    rumour is shown a notice. ``changed_unnamed``: a changed claim is shown one without what
    differs."""

    questions: int = 0
    kept: int = 0
    by_form: int = 0
    new_rumours: int = 0
    stopped: int = 0
    changed: int = 0
    changed_shown: int = 0
    changed_unnamed: int = 0
    ids_missed: list[str] = field(default_factory=list)
    ids_stopped: list[str] = field(default_factory=list)


def labelled(half: str) -> list[dict[str, Any]]:
    """The questions of one half, their claims as the demo publishes them on the day ``NOW``."""
    text = (LABELLED / f"{half}.json").read_text(encoding="utf-8")
    for placeholder, day in _PLACEHOLDERS.items():
        text = text.replace(placeholder, day)
    rows: list[dict[str, Any]] = json.loads(text)
    return rows


def unanswered(texts: Path) -> list[dict[str, Any]]:
    """The rumours of a file as questions that no notice answers."""
    rumours = json.loads(texts.read_text(encoding="utf-8"))["unanswered"]
    return [
        {"id": f"T{number}", "text": text, "answer": None, "kind": ""}
        for number, text in enumerate(rumours, 1)
    ]


def count(rows: list[dict[str, Any]]) -> Counts:
    """Ask each question as a visitor would."""
    from publishing.domain.answer import answer  # noqa: PLC0415 (models can be imported only now)
    from publishing.domain.notice_search import search  # noqa: PLC0415

    counts = Counts()
    for row in rows:
        shown = answer(row["text"]).claims
        if row["answer"] is not None:
            by_form = any(checked.claim == row["answer"] for checked in shown)
            listed = search(row["text"])[:10] if row["kind"] == SHORT else []
            current = [notice.current for notice in listed]
            by_search = any(version and version.claim == row["answer"] for version in current)
            counts.questions += 1
            counts.by_form += by_form
            counts.kept += by_form or by_search
            counts.ids_missed += [] if by_form or by_search else [row["id"]]
        elif row["kind"] == CHANGED:
            counts.changed += 1
            counts.changed_shown += bool(shown)
            counts.changed_unnamed += any(not checked.conflicts for checked in shown)
        else:
            counts.new_rumours += 1
            counts.stopped += bool(shown)
            counts.ids_stopped += [row["id"]] if shown else []
    return counts


def measure(texts: Path | None) -> dict[str, Counts]:
    """Both halves, and the rumours of ``texts``."""
    from demo import clock  # noqa: PLC0415 (its rows need settings)

    results: dict[str, Counts] = {}
    with clock.set_to(NOW):
        for half in HALVES:
            results[half] = count(labelled(half))
        if texts:
            results["texts"] = count(unanswered(texts))
    return results


def main() -> None:
    """Measure or fit, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--texts", type=Path)
    options = parser.parse_args()
    with temporary_installation.installation("sqlite", {"DEMO": "1"}):
        from benchmarks import demo_notices, public_weights  # noqa: PLC0415

        claims = demo_notices.publish_all(NOW)
        if options.fit:
            rows = labelled("first") + (unanswered(options.texts) if options.texts else [])
            print(json.dumps(public_weights.fit(rows, claims), indent=1))
            return
        print(json.dumps(measure(options.texts), default=asdict, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
