"""Report section on cost as the archive grows, from the output of ``benchmarks.scale``."""

from itertools import pairwise
from typing import Any

from benchmarks.plots import Series, curves

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
Results = dict[str, Any]
_HEADING = [
    "### What it costs as the archive grows",
    "",
    "Real texts first, then changed copies of them; the questions are changed copies, too. "
    "Milliseconds are p50 / p95; *first time* is each question's first, when much of what it "
    "reads is not in memory yet. The machine is not equally fast at all times: *fixed work* is "
    "how long a fixed small computation took between the questions of a row.",
    "",
    "![p95 of a query by size](matching-scale.svg)",
    "",
    "| database | claims | candidates, first time ms | candidates ms "
    "| with the decision ms | published only ms | adding one ms "
    "| index s | index MB | wordings MB | memory MB | fixed work ms |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
]


def _by_database(scale: Results) -> dict[str, dict[int, Results]]:
    rows_by_database: dict[str, dict[int, Results]] = {}
    for row in scale.get("figures", []):
        rows_by_database.setdefault(row["database"], {})[row["claims"]] = row
    return rows_by_database


def _ms(figures: Results) -> str:
    return f"{figures['p50']:.1f} / {figures['p95']:.1f}"


def _row(name: str, claims: int, row: Results) -> str:
    cells = [
        NAMES.get(name, name),
        f"{claims:,}",
        _ms(row["first_ms"]),
        _ms(row["candidates_ms"]),
        _ms(row["decided_ms"]),
        _ms(row["published_ms"]),
        _ms(row["add_ms"]),
        f"{row['index_s']:.0f}",
        f"{row['blocks_mb']:.0f}",
        f"{row['wordings_mb']:.0f}",
        f"{row['rss_mb']:.0f}",
        f"{row['candidates_ms']['pace']:.2f}",
    ]
    return f"| {' | '.join(cells)} |"


def _growth(rows: dict[int, Results]) -> str:
    p95 = {size: row["candidates_ms"]["p95"] for size, row in sorted(rows.items())}
    return ", ".join(f"{p95[b] / p95[a]:.1f} × from {a:,} to {b:,}" for a, b in pairwise(p95))


def section(scale: Results) -> str:
    """Return heading, plots and tables; empty without measurements."""
    rows_by_database = _by_database(scale)
    if not rows_by_database:
        return ""
    lines = [
        *_HEADING,
        *(
            _row(name, size, row)
            for name, rows in rows_by_database.items()
            for size, row in rows.items()
        ),
    ]
    growth = "; ".join(
        f"{NAMES.get(name, name)} {_growth(rows)}"
        for name, rows in rows_by_database.items()
        if len(rows) > 1
    )
    if growth:
        lines += ["", f"The p95 of finding candidates grows: {growth}."]
    return "\n".join([*lines, "", *_peer_lines(rows_by_database)])


def _peer_row(database: str, size: int, row: Results) -> str:
    peer = row["peer"]
    cells = [
        f"{peer['peer']} on {database}",
        f"{size:,}",
        _ms(peer),
        str(peer.get("late", 0)),
        _ms(row["candidates_ms"]),
        f"{peer['index_s']:.0f}",
        f"{row['index_s']:.0f}",
    ]
    return f"| {' | '.join(cells)} |"


def _peer_lines(rows_by_database: dict[str, dict[int, Results]]) -> list[str]:
    rows = [
        _peer_row(NAMES.get(name, name), size, row)
        for name, sizes in rows_by_database.items()
        for size, row in sizes.items()
        if "peer" in row
    ]
    if not rows:
        return []
    return [
        "The databases' own text search, on the same texts and questions:",
        "",
        "| peer | claims | its ms | given up after 10 s | ours ms | its index s | our index s |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        *rows,
        "",
    ]


def plots(scale: Results) -> dict[str, str]:
    """Return file name → SVG."""
    rows_by_database = _by_database(scale)
    if not rows_by_database:
        return {}
    sizes = sorted({size for rows in rows_by_database.values() for size in rows})
    series = []
    for name, rows in rows_by_database.items():
        p95 = [rows[size]["candidates_ms"]["p95"] if size in rows else None for size in sizes]
        series.append(Series(f"ours on {NAMES.get(name, name)}", p95))
        peers = [rows.get(size, {}).get("peer") for size in sizes]
        if any(peers):
            kind = next(peer["peer"] for peer in peers if peer)
            series.append(Series(kind, [peer and peer["p95"] for peer in peers]))
    title = "p95 of finding candidates"
    return {"matching-scale.svg": curves(title, sizes, series, "claims", "milliseconds")}
