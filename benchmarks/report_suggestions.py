"""Report section on suggestions, from the output of ``benchmarks.suggestion_rates``."""

from typing import Any

from matching.scoring import policy

Results = dict[str, Any]


def _table(results: Results) -> str:
    """Return what each way and threshold lets through, one a row."""
    lines = [
        "| suggested from | a message's claim | as the first | comments with any | each "
        "| a question's in English | English messages with any |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, kinds in results.items():
        right, wrong = kinds["messages"], kinds["unrelated"]
        foreign, noise = kinds["english"], kinds["english_unrelated"]
        cells = [
            name,
            f"{right['right']} of {right['n']}",
            str(right["first"]),
            f"{wrong['some'] / max(1, wrong['n']):.1%}",
            f"{wrong['suggestions'] / max(1, wrong['n']):.2f}",
            f"{foreign['right']} of {foreign['n']}",
            f"{noise['some'] / max(1, noise['n']):.1%}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def section(results: Results) -> str:
    """Return heading and table; empty without measurements."""
    if not results:
        return ""
    least = policy.MIN_PROBABILITY
    return f"""### What is suggested

Among the claims in Vietnamese and 5,000 comments: messages that repeat a claim, other comments that
repeat none, questions in English on claims in Vietnamese (`benchmarks/questions_en.json`), and
English messages that nothing there answers. The product suggests from a probability of
{least}; a candidate in another language by its cosine. The projection was trained on
the messages, not on the questions or on anything else here.

{_table(results)}
"""
