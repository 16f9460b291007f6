"""Report section on the learning curve: what more training texts would bring."""

from collections.abc import Mapping
from typing import Any

from benchmarks.plots import Series, bars

PLOT = "matching-curve.svg"
_TITLE = "MAP@5 of the model alone, by the share of the texts it was trained on"


def plots(curve: Mapping[str, Any], goals: Mapping[str, float]) -> dict[str, str]:
    """Return file name → plot, empty without measurements; ``goals``: pool → requirement for words
    and meaning together."""
    pools = [pool for pool in goals if pool in curve]
    if not pools:
        return {}
    series = [
        Series(f"{float(share):.0%}", [curve[pool][share]["map5"] for pool in pools])
        for share in curve[pools[0]]
    ]
    return {PLOT: bars(_TITLE, pools, series, [(goals[pool], None) for pool in pools])}


def section(curve: Mapping[str, Any]) -> str:
    """Return the section; empty without measurements."""
    if not curve:
        return ""
    return f"""#### What more texts to train on would bring

The model alone, without words, cross-validated: each fifth of the messages was searched for
through a projection trained on a share of the others and of the headlines; 0 % is the whitening.
The dashed line is the requirement for words and meaning together.

![MAP@5 by the share of the texts trained on]({PLOT})

"""
