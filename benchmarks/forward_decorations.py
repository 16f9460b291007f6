"""Forwards made of claims and the decorations that a class group puts around them.

    python -m benchmarks.forward_decorations [--half first|second] [--failures] [--json]

``tests/matching/labelled/forward_decorations.json``: ``forward`` decorations leave the claim as it
is, so the decorated text must be linked to the bare one in both directions; ``kept`` ones hold a
name, number, day, addressee, issuer, negation, rebuttal or doubt, so it must not, in either, alone
or inside a forward. Prints totals for each half; ``--failures`` also what fails.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from benchmarks.labelled_pairs import Outcome, judge
from matching.scoring.policy import Action

FILE = Path(__file__).parents[1] / "tests/matching/labelled/forward_decorations.json"
CLAIMS = (
    "Nhà máy hoá chất Đại Phát ở xã An Bình rò rỉ khí độc",
    "Trường Tiểu học Kim Đồng thu mỗi em 350.000 đồng tiền rèm cửa, nộp trước 05/12/2026.",
    "Có người lạ mặc áo đen đứng trước cổng trường Nguyễn Du phát kẹo cho học sinh lớp 2!\n"
    "Công an phường đã đến làm việc. Học sinh phải về bằng cổng sau",
    "Học sinh toàn tỉnh không phải đeo khẩu trang khi vào lớp",
)

Decoration = dict[str, str]


def decorated(decoration: Decoration, claim: str) -> str:
    """Return a claim with a decoration around it, or typed in another form."""
    match decoration.get("form"):
        case "upper":
            claim = claim.upper()
        case "lines":
            claim = claim.replace(" ", "\n", 1)
        case "lines_bullets":
            claim = "\n".join(f"- {line}" for line in claim.split("\n"))
    return f"{decoration['before']}{claim}{decoration['after']}"


def _pair(name: str, text: str, claim: str, *, same: bool) -> dict[str, Any]:
    kind = "forward" if same else "kept"
    return {"id": name, "kind": kind, "a": text, "b": claim, "same": same, "differs": []}


def outcomes(half: str, claims: tuple[str, ...] = CLAIMS) -> list[Outcome]:
    """Decide every decoration of a half around every claim."""
    data = json.loads(FILE.read_text(encoding="utf-8"))
    forward = [d for d in data["forward"] if d["half"] == half]
    kept = [d for d in data["kept"] if d["half"] == half]
    pairs = [
        _pair(f"{d['id']}/{n}", decorated(d, claim), claim, same=True)
        for d in forward
        for n, claim in enumerate(claims)
    ]
    for n, claim in enumerate(claims):
        for index, d in enumerate(kept):
            text = decorated(d, claim)
            around = decorated(forward[index % len(forward)], text)
            pairs.append(_pair(f"{d['id']}/{n}", text, claim, same=False))
            pairs.append(_pair(f"{d['id']}/{n}/forwarded", around, claim, same=False))
    return [judge(pair) for pair in pairs]


def totals(decided: list[Outcome]) -> dict[str, int]:
    """Count what the table of the documentation shows."""
    same = [o for o in decided if o.pair["same"]]
    other = [o for o in decided if not o.pair["same"]]
    return {
        "forwards": len(same),
        "forwards_linked": sum(o.linked for o in same),
        "kept": len(other),
        "wrong_links": sum(Action.LINK in o.actions for o in other),
    }


def main() -> None:
    """Read the arguments and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("first", "second"), action="append")
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    for half in args.half or ("first", "second"):
        decided = outcomes(half)
        counts = totals(decided)
        if args.json:
            print(json.dumps({"half": half, **counts}))
        else:
            print(
                f"| {half} | {counts['wrong_links']} of {counts['kept']} "
                f"| {counts['forwards_linked']} of {counts['forwards']} |"
            )
        for outcome in decided if args.failures else ():
            if outcome.failure:
                print(f"{outcome.failure}: {outcome.pair['id']} {outcome.pair['a']!r}")


if __name__ == "__main__":
    main()
