"""Charts: the finding in words, the numbers beside the marks, nothing inline."""

from __future__ import annotations

import re

import pytest

from govuk.charts import SERIES_COLOURS, Bar, BarChart, LineChart, Series, shown

BARS = BarChart(
    "Attendance by sector",
    "Health attends most.",
    [Bar("Health", 48, "48 of 60"), Bar("Education", 24), Bar("Police", None)],
)
LINES = LineChart(
    "Confidence",
    "Confidence rose from 2.1 to 4.",
    ["Before", "After", "3 months"],
    [Series("Group A", [2.1, 4.0, 3.8]), Series("Group B", [1.5, None, 3.0])],
    maximum=5,
)


def test_bars_are_a_table_with_the_finding_and_the_values() -> None:
    html = BARS.render()
    assert "Health attends most." in html
    assert ">Attendance by sector</caption>" in html
    assert "48 of 60" in html
    assert ">24<" in html
    assert "Not available" in html


def test_bars_are_as_long_as_their_share() -> None:
    assert [row["width"] for row in BARS.rows()] == ["320", "160", "0"]
    percent = BarChart("t", "f", [Bar("a", 25)], unit="%", maximum=100)
    assert percent.rows() == [{"label": "a", "width": "80", "text": "25%"}]


def test_bars_never_leave_their_track() -> None:
    chart = BarChart("t", "f", [Bar("a", 150), Bar("b", -5)], maximum=100)
    assert [row["width"] for row in chart.rows()] == ["320", "0"]


def test_charts_without_anything_to_show_can_be_drawn() -> None:
    assert "nothing to show" in BarChart("t", "f", []).render()
    assert BarChart("t", "f", [Bar("a", 0)]).rows()[0]["width"] == "0"
    assert 'role="img"' in LineChart("t", "f", ["only"], [Series("a", [None])]).render()


def test_a_line_chart_is_named_by_its_finding() -> None:
    html = LINES.render()
    assert 'role="img" aria-label="Confidence. Confidence rose from 2.1 to 4."' in html
    assert "<details" in html
    assert html.count("Group B") == 2


def test_a_line_breaks_where_a_value_is_missing() -> None:
    second = LINES.lines()[1]
    assert str(second["path"]).count("M") == 2
    assert "Not available" in LINES.render()


def test_lines_differ_by_more_than_colour() -> None:
    first, second = LINES.lines()
    assert first["dash"] != second["dash"]
    assert first["colour"] != second["colour"]


def test_every_value_is_printed_on_its_mark() -> None:
    marks = [mark.text for line in LINES.lines() for mark in line["marks"]]  # type: ignore[attr-defined]
    assert marks == ["2.1", "4", "3.8", "1.5", "3"]


def test_a_fifth_line_is_refused() -> None:
    with pytest.raises(ValueError, match="four lines"):
        LineChart("t", "f", ["a"], [Series(str(n), [1]) for n in range(5)]).lines()


@pytest.mark.parametrize("html", [BARS.render, LINES.render])
def test_charts_hold_no_inline_style(html: object) -> None:
    drawn = html()  # type: ignore[operator]
    assert "style=" not in drawn
    assert re.search(r'width="\d+"', drawn)


def test_labels_are_escaped() -> None:
    html = BarChart("<x>", "<x>", [Bar("<x>", 1, "<x>")]).render()
    assert "<x>" not in html


@pytest.mark.parametrize("colour", SERIES_COLOURS)
def test_colours_stand_out_from_white(colour: str) -> None:
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) >= 4.5


@pytest.mark.parametrize(("value", "text"), [(4.0, "4"), (2.14, "2.1"), (1234, "1,234"), (0, "0")])
def test_numbers_as_people_read_them(value: float, text: str) -> None:
    assert shown(value) == text
