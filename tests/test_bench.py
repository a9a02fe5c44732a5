"""What `make bench` keeps: every figure stands on the page and every ratio in the plot, and a missed goal is said."""

from dataclasses import astuple
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from flows.disk.measured import ARTICLE, PAGE, PAGES
from tests.bench.capacity import Run, Units, clock, cpu, plan, units
from tests.bench.line import Line
from tests.bench.report import page, plot
from tests.command import ROOT

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


# --- capacity ---------------------------------------------------------------------------------------------------------

UNIT = Units(start=2.0, starts=1.0, children=0.02, beside=0.004, after=0.006)


def made(pages):
    """Give a run that costs exactly by the units."""
    return Run(pages, 0.0, 1.0 + 0.02 * pages, 0.004 * pages, 2.0 + 0.006 * pages)


def test_units_are_found_again_out_of_two_runs_that_follow_them():
    found = units(made(300), made(900))
    assert astuple(found) == pytest.approx(astuple(UNIT))
    assert cpu(found, 3_000) == pytest.approx(3.0 + 90.0)


@pytest.mark.parametrize("pages", [1, 24, 300, 3_000])
@pytest.mark.parametrize("cores", [1, 2, 8])
def test_a_simulated_run_is_never_faster_than_its_cores_nor_than_what_one_process_does(pages, cores):
    taken = clock(UNIT, pages, cores)
    assert taken >= cpu(UNIT, pages) / cores
    assert taken >= UNIT.start + (UNIT.beside + UNIT.after) * pages
    assert taken <= cpu(UNIT, pages) + 0.1


def test_more_cores_never_take_longer_and_end_at_what_one_process_does():
    taken = [clock(UNIT, 900, cores) for cores in (1, 2, 4, 8, 16)]
    assert taken == sorted(taken, reverse=True)
    assert taken[-1] == pytest.approx(UNIT.start + 900 * (UNIT.beside + UNIT.after), rel=0.05)


def numbers(heading):
    """Give the rows of the table under a heading of docs/scale.md: first words, and the numbers of the others."""
    part = (ROOT / "docs" / "scale.md").read_text("utf-8").split(f"## {heading}\n", 1)[1].split("\n## ")[0]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in part.split("\n") if row.startswith("| ")]
    return {name: [float(one.replace(",", "")) for one in found] for name, *found in cells[2:]}


def test_the_plans_on_paper_follow_from_the_units_on_the_same_page():
    told = {name: one / 1e3 for name, [one] in numbers("What a page costs").items()}
    unit = Units(0.0, 0.0, told["reading it, in a child"], told["fetching and keeping it"], told["judging it"])
    plans = numbers("What that comes to")
    assert len(plans) == 3
    for name, (articles, cores, writer, archive, rows) in plans.items():
        found = plan(unit, int(articles), PAGES, PAGE, ARTICLE)
        assert (cores, writer) == (found.cores, pytest.approx(found.writers, abs=0.005)), name
        told = [archive, rows]
        assert told == pytest.approx([found.archive, found.rows], rel=0.02, abs=0.005), name
