"""Report section on the learning curve: what more training texts would bring."""

from collections.abc import Mapping
from typing import Any

from benchmarks.plots import Series, bars

PLOT = "matching-curve.svg"
_TITLE = "MAP@5 of the model alone, by the share of the texts it was trained on"


def plots(curve: Mapping[str, Any], reach: Mapping[str, float]) -> dict[str, str]:
    """The plot under its name, none when nothing was measured; ``reach``: pool → what words and
    meaning together must reach."""
    pools = [pool for pool in reach if pool in curve]
    if not pools:
        return {}
    series = [
        Series(f"{float(share):.0%}", [curve[pool][share]["map5"] for pool in pools])
        for share in curve[pools[0]]
    ]
    return {PLOT: bars(_TITLE, pools, series, [(reach[pool], None) for pool in pools])}


def text(curve: Mapping[str, Any]) -> str:
    """The section, empty when nothing was measured."""
    if not curve:
        return ""
    return f"""#### What more texts to train on would bring

The model alone, without words, cross-validated: each fifth of the messages asked through a
projection trained on a share of the others and of the headlines; 0 % is the whitening. The dashed
line is what words and meaning together must reach.

![MAP@5 by the share of the texts trained on]({PLOT})

"""
