"""How long calls take, how fast the machine was meanwhile, how much memory a process held."""

import re
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def _milliseconds(call: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter()
    answer = call()
    return answer, (time.perf_counter() - began) * 1000


def _fixed_work() -> int:
    """The same work whatever we change: how long it takes tells how fast the machine was."""
    return sum(number * number % 7 for number in range(20_000))


def timed(calls: list[Callable[[], Any]]) -> tuple[list[Any], dict[str, float]]:
    """The answers, and the quantiles of their times; ``pace``: the median of fixed work between."""
    answers, times, between = [], [], []
    for call in calls:
        answer, took = _milliseconds(call)
        answers.append(answer)
        times.append(took)
        between.append(_milliseconds(_fixed_work)[1])
    return answers, quantiles(times) | {"pace": quantiles(between)["p50"]}


def peak_mb() -> int:
    """The most memory this process held. ``ru_maxrss`` counts also that of the process which
    started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    found = re.search(r"VmHWM:\s*(\d+) kB", status.read_text())
    return round(int(found[1]) / 1024) if found else 0


def quantiles(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "p50": round(ordered[len(ordered) // 2], 2),
        "p95": round(ordered[int(len(ordered) * 0.95)], 2),
        "max": round(ordered[-1], 2),
    }
