"""Timing of calls, pace of the machine meanwhile, and peak memory of a process."""

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
    """A fixed computation: its duration shows how fast the machine was."""
    return sum(number * number % 7 for number in range(20_000))


def time_calls(calls: list[Callable[[], Any]]) -> tuple[list[Any], dict[str, float]]:
    """Return the answers and the quantiles of their times; ``pace``: the median of fixed work."""
    answers, times, between = [], [], []
    for call in calls:
        answer, took = _milliseconds(call)
        answers.append(answer)
        times.append(took)
        between.append(_milliseconds(_fixed_work)[1])
    return answers, quantiles(times) | {"pace": quantiles(between)["p50"]}


def peak_mb() -> int:
    """Return the peak memory of this process. ``ru_maxrss`` also includes that of the process that
    started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    match = re.search(r"VmHWM:\s*(\d+) kB", status.read_text())
    return round(int(match[1]) / 1024) if match else 0


def quantiles(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "p50": round(ordered[len(ordered) // 2], 2),
        "p95": round(ordered[int(len(ordered) * 0.95)], 2),
        "max": round(ordered[-1], 2),
    }
