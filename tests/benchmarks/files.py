"""Small files of made-up data for the benchmarks."""

import gzip
import json
from pathlib import Path
from typing import Any


def write_lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    """Write JSON lines; gzipped if the name ends in ``.gz``."""
    text = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
    return path
