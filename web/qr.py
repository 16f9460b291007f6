"""A QR code as one SVG path, so that the page needs no image request and no inline style."""

from dataclasses import dataclass

import segno


@dataclass(frozen=True)
class QrPath:
    size: int  # modules per side, without the quiet zone
    d: str  # the path's data


def path_of(text: str) -> QrPath:
    """Return the dark modules of ``text``, each run in a row as one rectangle."""
    matrix = segno.make(text, error="m", micro=False).matrix
    runs: list[str] = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                runs.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
            x += 1
    return QrPath(size=len(matrix), d="".join(runs))
