"""Charts drawn on the server: a bar chart that is a table, and a line chart with its table folded below.

The same markup serves page, print and PDF. Colours and sizes are attributes, never inline styles, so a strict
content security policy holds. Each chart states its finding in a sentence and prints its values on the marks;
lines differ by dash as well as colour. Hiding small numbers is up to the caller, before drawing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

BAR_WIDTH = 320
# One colour and one dash pattern per line; each colour has at least 4.5:1 contrast on white.
SERIES_COLOURS = ("#1f4e79", "#a0371b", "#00625a", "#54319f")
DASHES = ("", "8 4", "2 4", "12 3 2 3")
# The drawing area of a line chart, in SVG units, and the room around the plot.
WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM, INSET = 48, 24, 24, 40, 28


def shown(value: float, unit: str = "") -> str:
    """A number as people read it, without needless decimals."""
    return f"{value:,.1f}".removesuffix(".0") + unit


@dataclass(frozen=True)
class Bar:
    """One bar; `text` replaces the printed value ("12 of 20"). A value of None is shown as not available."""

    label: str
    value: float | None
    text: str = ""


@dataclass(frozen=True)
class BarChart:
    """Bars for counts or shares, as a table. `maximum` fixes the full length (100 for percentages)."""

    title: str
    finding: str
    bars: Sequence[Bar]
    unit: str = ""
    maximum: float | None = None
    label_heading: str = "Group"
    value_heading: str = "Number"

    def longest(self) -> float:
        """The value that fills the whole track; 1 when there is nothing to show."""
        values = [bar.value for bar in self.bars if bar.value is not None]
        return self.maximum or max(values, default=0) or 1

    def rows(self) -> list[dict[str, object]]:
        """Label, length in SVG units and printed value of each bar."""
        full = self.longest()
        rows: list[dict[str, object]] = []
        for bar in self.bars:
            share = min(max((bar.value or 0) / full, 0), 1)
            text = bar.text or (
                "Not available" if bar.value is None else shown(bar.value, self.unit)
            )
            rows.append({"label": bar.label, "width": f"{share * BAR_WIDTH:.0f}", "text": text})
        return rows

    def render(self) -> SafeString:
        return render_to_string(
            "govuk/charts/bars.html", {"chart": self, "rows": self.rows(), "track": BAR_WIDTH}
        )


@dataclass(frozen=True)
class Series:
    """One line: its name and a value, or None for a gap, at each label of the x axis."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Mark:
    """One point with its printed value, in SVG units."""

    x: str
    y: str
    text_y: str
    text: str


@dataclass(frozen=True)
class LineChart:
    """Up to four lines over the same labels. `finding` is the chart's accessible name as well."""

    title: str
    finding: str
    x_labels: Sequence[str]
    series: Sequence[Series]
    unit: str = ""
    minimum: float = 0
    maximum: float | None = None

    def top_value(self) -> float:
        """The value at the upper edge of the plot."""
        values = [value for line in self.series for value in line.values if value is not None]
        highest = self.maximum if self.maximum is not None else max(values, default=1)
        return highest if highest > self.minimum else self.minimum + 1

    def x(self, index: int) -> float:
        """The horizontal place of a label."""
        steps = max(len(self.x_labels) - 1, 1)
        # The first point is clear of the axis, so that its value does not cover those of the axis.
        return LEFT + INSET + (WIDTH - LEFT - RIGHT - INSET) * index / steps

    def y(self, value: float) -> float:
        """The vertical place of a value."""
        share = (value - self.minimum) / (self.top_value() - self.minimum)
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(max(share, 0), 1)

    def lines(self) -> list[dict[str, object]]:
        """Each line's path, look and marks."""
        if len(self.series) > len(SERIES_COLOURS):
            raise ValueError("A line chart can show up to four lines. Draw several charts instead.")
        return [
            {
                "name": line.name,
                "number": number + 1,
                "colour": SERIES_COLOURS[number],
                "dash": DASHES[number],
                "path": self.path(line),
                "marks": self.marks(line),
                "key_y": TOP + 18 * number,
            }
            for number, line in enumerate(self.series)
        ]

    def path(self, line: Series) -> str:
        """The path through a line's points, broken where a value is missing."""
        steps, pen_down = [], False
        for index, value in enumerate(line.values):
            if value is not None:
                steps.append(f"{'L' if pen_down else 'M'}{self.x(index):.1f} {self.y(value):.1f}")
            pen_down = value is not None
        return " ".join(steps)

    def marks(self, line: Series) -> list[Mark]:
        """A line's points with their values printed above, or below where the plot ends."""
        marks = []
        for index, value in enumerate(line.values):
            if value is not None:
                y = self.y(value)
                text_y = y - 9 if y - 9 > 12 else y + 18
                marks.append(
                    Mark(
                        f"{self.x(index):.1f}", f"{y:.1f}", f"{text_y:.1f}", shown(value, self.unit)
                    )
                )
        return marks

    def axis(self) -> list[dict[str, str]]:
        """Lines across the plot at bottom, middle and top."""
        middle = (self.minimum + self.top_value()) / 2
        values = (self.minimum, middle, self.top_value())
        return [{"y": f"{self.y(value):.1f}", "text": shown(value, self.unit)} for value in values]

    def labels(self) -> list[dict[str, str]]:
        """The x axis' labels; the outer ones keep inside the drawing."""
        last = len(self.x_labels) - 1
        anchors = {0: "start", last: "end"}
        return [
            {"x": f"{self.x(index):.1f}", "text": text, "anchor": anchors.get(index, "middle")}
            for index, text in enumerate(self.x_labels)
        ]

    def table(self) -> list[tuple[str, list[str]]]:
        """The same numbers as rows: a label, and each line's value there."""
        return [
            (
                label,
                [
                    "Not available"
                    if line.values[index] is None
                    else shown(line.values[index] or 0, self.unit)
                    for line in self.series
                ],
            )
            for index, label in enumerate(self.x_labels)
        ]

    def render(self) -> SafeString:
        context = {
            "chart": self,
            "lines": self.lines(),
            "axis": self.axis(),
            "labels": self.labels(),
            "table": self.table(),
            "width": WIDTH,
            "height": HEIGHT,
            "left": LEFT,
            "right": WIDTH - RIGHT,
            "label_y": HEIGHT - 14,
        }
        return render_to_string("govuk/charts/lines.html", context)
