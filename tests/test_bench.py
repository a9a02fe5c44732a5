"""What `make bench` keeps: every figure stands on the page and every ratio in the plot, and a missed goal is said."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from tests.bench.line import Line
from tests.bench.report import page, plot

LINES = (
    Line("the whole run", "fetch to row against trafilatura alone", 1.9, most=1.15, note="91 s"),
    Line("the whole run", "two processes against one", 1.8, least=1.7),
    Line("the whole run", "most memory", 640.0, "MB", most=700),
    Line("peers", "ours against <another>", 0.01),
)


@pytest.mark.parametrize(
    ("line", "goal"), [(LINES[0], "at most 1.15: missed"), (LINES[1], "at least 1.7: holds"), (LINES[3], "")]
)
def test_a_goal_is_said_with_whether_it_is_met(line, goal):
    assert line.goal == goal


def test_the_page_has_the_date_and_a_row_for_each_figure_under_its_part():
    made = page(LINES, date(2026, 11, 27))
    assert "2026-11-27" in made
    assert made.index("## The whole run") < made.index("two processes") < made.index("## Peers")
    assert "| 640.00 MB | most memory | at most 700: holds |  |" in made


def test_the_plot_is_a_picture_of_the_ratios_within_its_width_however_small_they_are():
    root = ET.fromstring(plot(LINES))
    told = [text.text for text in root.findall(".//{*}text")]
    assert [one for one in told if one.startswith(("fetch", "two", "ours"))] == [
        "fetch to row against trafilatura alone: 1.90",
        "two processes against one: 1.80",
        "ours against <another>: 0.01",
    ]
    bars = [one for one in root.findall(".//{*}rect") if one.get("height") == "14"]
    assert all(0 < float(bar.get("x")) < float(bar.get("x")) + float(bar.get("width")) <= 720 for bar in bars)
    assert len({bar.get("fill") for bar in bars}) == 2
