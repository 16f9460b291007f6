"""Decisions and reasons on pairs that were labelled before the rules were written.

    python -m benchmarks.labelled_pairs --pairs F [--pairs F2] [--failures] [--json]

``F`` is a JSON list of ``{"id", "kind", "a", "b", "same", "differs"}``; ``differs`` lists what
changed as ``[words in a, words in b]``. Both texts are reports of one day to one school. Every
pair is decided in both directions: a link in either direction of a pair that is not the same claim
is wrong; a pair is linked or suggested only if it is in both. A reason counts as
named when one difference that is shown contains the labelled words of both sides. Prints totals;
``--failures`` also each pair that fails, so it is not for pairs that are kept apart.
"""

import argparse
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from matching.details.pointing import ReportUnit
from matching.scoring.policy import Action, decide
from matching.scoring.ranking import Candidate, Query, RankedCandidate, rank

DAY = date(2026, 11, 26)  # both texts are seen on
SCHOOL = ReportUnit(1, "school", "Trường Tiểu học Nắng Mai")  # and sent to
_ISO = re.compile(r"(?:(?P<y>\d{4})|-)-(?P<m>\d{2})-(?P<d>\d{2})")

LabelledPair = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one pair; ``reason_named`` is None where no difference is labelled."""

    pair: LabelledPair
    actions: tuple[Action, Action]
    reason_named: bool | None

    @property
    def linked(self) -> bool:
        return self.actions == (Action.LINK, Action.LINK)

    @property
    def failure(self) -> str:
        """What is wrong with it, ``""`` if nothing is."""
        if not self.pair["same"]:
            if Action.LINK in self.actions:
                return "wrong link"
            return "reason not named" if self.reason_named is False else ""
        if Action.NEW in self.actions:
            return "not suggested"
        return "forward not linked" if self.pair["kind"] == "forward" and not self.linked else ""


def _readable(value: str) -> str:
    """Return a canonical value as the pages show it, days as d/m."""
    return _ISO.sub(lambda m: f"{int(m['d'])}/{int(m['m'])}", value)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _shown(ranked: RankedCandidate) -> list[tuple[str, str]]:
    return [
        (_plain(_readable(" ".join(d.left))), _plain(_readable(" ".join(d.right))))
        for d in ranked.reasons
    ]


def names_reason(ranked: RankedCandidate, labelled: Iterable[list[str]]) -> bool:
    """Whether every labelled difference is in a difference that is shown."""
    shown = _shown(ranked)
    return all(
        any(_plain(a) in left and _plain(b) in right for left, right in shown) for a, b in labelled
    )


def judge(pair: LabelledPair) -> Outcome:
    """Decide a pair in both directions."""
    ranked = [
        rank(Query(x, seen_on=DAY, unit=SCHOOL), [Candidate(1, y, seen_on=DAY, unit=SCHOOL)])
        for x, y in ((pair["a"], pair["b"]), (pair["b"], pair["a"]))
    ]
    named = names_reason(ranked[0][0], pair["differs"]) if pair["differs"] else None
    return Outcome(pair, (decide(ranked[0]).action, decide(ranked[1]).action), named)


def totals(outcomes: list[Outcome]) -> dict[str, int]:
    """Count what the table of the documentation shows."""
    same = [o for o in outcomes if o.pair["same"]]
    other = [o for o in outcomes if not o.pair["same"]]
    forwards = [o for o in same if o.pair["kind"] == "forward"]
    labelled = [o for o in outcomes if o.reason_named is not None]
    return {
        "different": len(other),
        "wrong_links": sum(Action.LINK in o.actions for o in other),
        "same": len(same),
        "suggested": sum(Action.NEW not in o.actions for o in same),
        "forwards": len(forwards),
        "forwards_linked": sum(o.linked for o in forwards),
        "with_reason": len(labelled),
        "reasons_named": sum(bool(o.reason_named) for o in labelled),
    }


def main() -> None:
    """Read the files of the arguments and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", action="append", type=Path, required=True)
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    for path in args.pairs:
        outcomes = [judge(pair) for pair in json.loads(path.read_text(encoding="utf-8"))]
        counts = totals(outcomes)
        if args.json:
            print(json.dumps({"file": path.name, **counts}))
        else:
            print(
                f"| {path.stem} | {counts['wrong_links']} of {counts['different']} "
                f"| {counts['suggested']} of {counts['same']} "
                f"| {counts['forwards_linked']} of {counts['forwards']} "
                f"| {counts['reasons_named']} of {counts['with_reason']} |"
            )
        for outcome in outcomes if args.failures else ():
            if outcome.failure:
                actions = "/".join(outcome.actions)
                print(f"{outcome.failure}: {outcome.pair['id']} {actions}")


if __name__ == "__main__":
    main()
