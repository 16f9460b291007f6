"""Small charts as SVG, readable on light and dark pages, without a library or fonts."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import log10

WIDTH, LEFT, RIGHT = 760, 190, 60
BAR, GAP, GROUP = 14, 3, 16
# Text and lines have the contrast of the page; the colours are distinct for the colour-blind, too,
# and visible against white and against near-black.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56708f", "#7f7f7f")
_STYLE = """<style>
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.small { font-size: 11px }
.grid { stroke: #1f2328; stroke-opacity: .18 }
.goal { stroke: #1f2328; stroke-dasharray: 4 3 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .grid, .goal { stroke: #e6edf3 }
}
</style>"""


@dataclass(frozen=True)
class Series:
    """Values under one name: y for each x, None where nothing was measured."""

    name: str
    values: Sequence[float | None]


def _svg(title: str, height: float, parts: Sequence[str]) -> str:
    label = escape(title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}"'
        f' role="img" aria-label="{label}">\n<title>{label}</title>\n{_STYLE}\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _text(x: float, y: float, text: str, *, anchor: str = "start", small: bool = False) -> str:
    kind = ' class="small"' if small else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{kind}>{escape(text)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str = "grid") -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _legend(series: Sequence[Series]) -> tuple[list[str], float]:
    """Return the names with their colours, and the y coordinate of the last row."""
    parts, x, y = [], 10.0, 46.0
    for one, colour in zip(series, COLOURS, strict=False):
        width = 26 + 7.2 * len(one.name)
        if x + width > WIDTH:
            x, y = 10.0, y + 18
        parts.append(f'<rect x="{x:.1f}" y="{y - 10:.1f}" width="12" height="12" fill="{colour}"/>')
        parts.append(_text(x + 17, y, one.name))
        x += width
    return parts, y


def _bar_group(
    series: Sequence[Series], index: int, top: float, scale: float
) -> tuple[list[str], float]:
    """Return the bars of one group with their values, and the y coordinate after them."""
    parts, y = [], top
    for one, colour in zip(series, COLOURS, strict=False):
        value = one.values[index]
        if value is None:
            continue
        length = max(0.0, min(1.0, value)) * scale
        parts.append(
            f'<rect x="{LEFT}" y="{y:.1f}" width="{length:.1f}" height="{BAR}" fill="{colour}"/>'
        )
        parts.append(_text(LEFT + length + 5, y + 11, f"{value:.3f}", small=True))
        y += BAR + GAP
    return parts, y


def bars(
    title: str,
    groups: Sequence[str],
    series: Sequence[Series],
    goals: Sequence[tuple[float | None, float | None]] = (),
) -> str:
    """Return horizontal bars from 0 to 1 by group; ``goals``: requirement and goal of each group,
    as dashed lines."""
    legend, below = _legend(series)
    y = top = below + 24
    scale = WIDTH - LEFT - RIGHT
    parts = [_text(10, 22, title), *legend]
    for index, group in enumerate(groups):
        start = y
        group_bars, y = _bar_group(series, index, y, scale)
        parts += [*group_bars, _text(LEFT - 8, (start + y) / 2 + 3, group, anchor="end")]
        for goal in goals[index] if goals else ():
            if goal is not None:
                x = LEFT + goal * scale
                parts.append(_line(x, start - 4, x, y + 1, "goal"))
        y += GROUP
    for tick in range(0, 11, 2):
        x = LEFT + tick / 10 * scale
        parts.insert(1, _line(x, top - 6, x, y - 8))
        parts.append(_text(x, y + 6, f"{tick / 10:.1f}", anchor="middle", small=True))
    return _svg(title, y + 16, parts)


def _ticks(low: float, high: float) -> list[float]:
    first, last = int(log10(low) // 1), int(-(-log10(high) // 1))
    return [10.0**power for power in range(first, last + 1)]


def _short(value: float) -> str:
    if value >= 1e6:
        return f"{value / 1e6:g}M"
    return f"{value / 1e3:g}k" if value >= 1e3 else f"{value:g}"


@dataclass(frozen=True)
class _LogAxis:
    """A logarithmic axis between two coordinates."""

    ticks: Sequence[float]
    start: float
    end: float

    def coordinate(self, value: float) -> float:
        low, high = log10(self.ticks[0]), log10(self.ticks[-1])
        return self.start + (log10(value) - low) / ((high - low) or 1) * (self.end - self.start)


def _axis_grid(x_axis: _LogAxis, y_axis: _LogAxis) -> list[str]:
    """Return grid lines and tick labels; the y axis runs upwards."""
    left, right, top, bottom = x_axis.start, x_axis.end, y_axis.end, y_axis.start
    parts = []
    for tick in y_axis.ticks:
        y = y_axis.coordinate(tick)
        parts += [_line(left, y, right, y), _text(left - 6, y + 4, _short(tick), anchor="end")]
    for tick in x_axis.ticks:
        x = x_axis.coordinate(tick)
        parts += [
            _line(x, top, x, bottom),
            _text(x, bottom + 18, _short(tick), anchor="middle"),
        ]
    return parts


def curves(
    title: str, xs: Sequence[float], series: Sequence[Series], x_name: str, y_name: str
) -> str:
    """Return lines over two logarithmic axes."""
    values = [value for one in series for value in one.values if value]
    if not values or not xs:
        return _svg(title, 40, [_text(10, 22, title)])
    legend, below = _legend(series)
    top, left, right = below + 26, 70.0, WIDTH - 30.0
    bottom = top + 260.0
    x_axis = _LogAxis(_ticks(min(xs), max(xs)), left, right)
    y_axis = _LogAxis(_ticks(min(values), max(values)), bottom, top)
    parts = [_text(10, 22, title), *legend, *_axis_grid(x_axis, y_axis)]
    for one, colour in zip(series, COLOURS, strict=False):
        points = [
            (x_axis.coordinate(x), y_axis.coordinate(value))
            for x, value in zip(xs, one.values, strict=True)
            if value
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in points]
    parts.append(_text((left + right) / 2, bottom + 38, x_name, anchor="middle"))
    parts.append(_text(left, top - 8, y_name, small=True))
    return _svg(title, bottom + 50, parts)
