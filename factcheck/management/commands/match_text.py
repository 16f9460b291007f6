import json
import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from factcheck import case_codes, merge_tree
from factcheck.domain.duplicates import comparison
from factcheck.domain.duplicates.comparison import CaseCandidate, ComparedText, Comparison
from factcheck.domain.index import exclusions, wordings
from factcheck.models import Case
from matching.scoring import policy
from matching.scoring.ranking import Query

_SHOWN = 100  # characters of a candidate's text


def _day(value: str) -> date:
    return date.fromisoformat(value)


def _measured(compared: Comparison) -> dict[str, Any]:
    """One pair as plain JSON types: every feature, the explanation, the decision and why."""
    ranked = compared.ranked
    return {
        "text": compared.right.text,
        "url": compared.right.url,
        "action": str(compared.action),
        "probability": round(ranked.probability, 4),
        "features": {name: round(value, 4) for name, value in ranked.features.items()},
        "explanation": policy.explain(ranked),
        "cautions": list(ranked.cautions),
        "related": ranked.rebuts,
        "why": compared.why,
    }


class Command(BaseCommand):
    help = "Shows which cases a text is matched with, with every feature, the decision and why."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", help="the text; - reads it from standard input")
        parser.add_argument("--url", default="", help="the link that came with it")
        parser.add_argument("--seen", type=_day, help="the day it was seen, 2026-11-22; else today")
        parser.add_argument("--limit", type=int, default=10, help="how many cases are shown")
        parser.add_argument("--against", help="HS-0412: why it was or was not joined to that case")
        parser.add_argument("--json", action="store_true", help="machine-readable")

    def handle(self, *args: Any, **options: Any) -> None:
        text = sys.stdin.read() if options["text"] == "-" else options["text"]
        seen_on = options["seen"] or timezone.localdate()
        query = wordings.query_for_text(text, options["url"], seen_on)
        action, candidates = comparison.rank_cases(query, max(1, options["limit"]))
        answer: dict[str, Any] = {
            "decision": str(action),
            "candidates": [
                {"place": row.place, "case": row.case.code, **_measured(row.compared)}
                for row in candidates
            ],
        }
        if options["against"]:
            answer["against"] = self._against(query, options["against"], candidates)
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self._print(answer)

    def _against(self, query: Query, code: str, candidates: list[CaseCandidate]) -> dict[str, Any]:
        """Why the text is or is not matched with one case, also when the index does not find it."""
        number = case_codes.parse(code)
        case = Case.objects.filter(number=number).first() if number else None
        if case is None:
            raise CommandError(f"There is no case {code}.")
        compared_text = ComparedText(query.text, query.url, query.seen_on)
        compared = comparison.best_pair([compared_text], comparison.texts_of(case))
        places = [row.place for row in candidates if row.case.pk == merge_tree.canonical(case).pk]
        return {
            "case": case.code,
            "place": places[0] if places else None,
            "left_out_of_matching": case.pk in exclusions.excluded_case_ids(),
            **(_measured(compared) if compared else {"why": ["The case has no words."]}),
        }

    def _print(self, answer: dict[str, Any]) -> None:
        self.stdout.write(f"decision: {answer['decision']}")
        for row in answer["candidates"]:
            self.stdout.write(f"\n{row['place']}. {row['case']}: {row['action']}")
            self._pair(row)
        if against := answer.get("against"):
            place = against["place"] or "not among those shown"
            self.stdout.write(f"\nagainst {against['case']}: place {place}")
            self._pair(against)

    def _pair(self, row: dict[str, Any]) -> None:
        if "text" in row:
            text = " ".join(row["text"].split())
            self.stdout.write("   " + (text if len(text) <= _SHOWN else text[:_SHOWN] + "…"))
            measured = {"probability": row["probability"], **row["features"]}
            self.stdout.write(
                "   " + "  ".join(f"{name}={value}" for name, value in measured.items())
            )
            for differs in row["explanation"]["differs"]:
                left, right = (", ".join(differs[side]) or "–" for side in ("left", "right"))
                self.stdout.write(f"   {differs['slot']}: {left} | {right} ({differs['kind']})")
        if row.get("left_out_of_matching"):
            self.stdout.write("   → The case is left out of matching.")
        for sentence in row["why"]:
            self.stdout.write(f"   → {sentence}")
