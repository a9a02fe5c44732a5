"""Children for work that may hang: in order, on all cores, and each piece of work costs at most itself."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.reading import read_page, read_pages
from tasks.child import Child
from tasks.crew import Crew
from tests.command import ROOT

PAGES = sorted((Path(__file__).parent / "recorded").rglob("*.html"))
MIB = 1 << 20


@pytest.fixture
def crew_of():
    """Make crews that are gone after the test."""
    made = []

    def make(verb, seconds=60.0, memory=1024 * MIB, size=2):
        made.append(Crew(verb, seconds, memory, size))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_results_come_in_order_whoever_was_first(crew_of):
    assert crew_of("operator:mul", size=3).do([(n, 2) for n in range(100)]) == [n * 2 for n in range(100)]


def test_a_large_batch_has_several_hands_and_a_small_one_only_one(crew_of):
    few, many = crew_of("operator:neg", size=3), crew_of("operator:neg", size=3)
    assert (few.do([(1,)] * 3), many.do([(1,)] * 100)) == ([-1] * 3, [-1] * 100)
    assert [sum(bool(child.process) for child in crew.children) for crew in (few, many)] == [1, 3]


def test_work_that_takes_too_long_costs_itself_only(crew_of):
    crew = crew_of("time:sleep", seconds=1.0, size=1)
    begun = time.monotonic()
    before, hangs, after = crew.do([(0,), (3600,), (0,)])
    assert time.monotonic() - begun < 60
    assert (before, hangs.reason, after) == (None, "slow", None)


def test_work_that_takes_too_much_memory_costs_itself_only(crew_of):
    before, burst, after = crew_of("builtins:bytearray", memory=512 * MIB, size=1).do([(1,), (4096 * MIB,), (1,)])
    assert (before, burst.reason, after) == (b"\0", "crash", b"\0")


def test_a_child_that_dies_costs_its_work_only(crew_of):
    crew = crew_of("os:getpid", size=1)
    [first] = crew.do([()])
    crew.children[0].process.kill()
    ended, other = crew.do([(), ()])
    assert ended.reason == "crash"
    assert other != first


def test_children_that_did_much_are_ended_when_they_rest_and_others_stay(crew_of):
    tired, fresh = crew_of("operator:neg", size=1), crew_of("operator:neg", size=1)
    for crew, much in ((tired, 201), (fresh, 200)):
        crew.do([(1,)] * much)
        crew.rest()
    assert [bool(crew.children[0].process) for crew in (tired, fresh)] == [False, True]
    assert tired.do([(1,)]) == [-1], "the next work starts another"


def test_what_the_verb_raises_is_raised_and_the_child_goes_on(crew_of):
    crew = crew_of("operator:truediv", size=1)
    with pytest.raises(ZeroDivisionError):
        crew.do([(1, 0)])
    assert crew.do([(1, 2)]) == [0.5]


def test_a_child_knows_nothing_of_our_environment(monkeypatch):
    monkeypatch.setenv("VNJP_SMTP_PASSWORD", "hush")
    child = Child("os:getenv", 60.0, 1024 * MIB)
    try:
        assert child.do("VNJP_SMTP_PASSWORD") is None
    finally:
        child.close()


def test_children_end_with_their_parent_even_when_it_is_killed():
    program = (
        "import os, sys, signal; from tasks.child import Child; child = Child('os:getpid', 60.0, 1 << 30);"
        "print(child.do(), flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        pid = int(parent.stdout.readline())
    end = time.monotonic() + 60
    while Path(f"/proc/{pid}").exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists()


def test_children_that_read_pages_start_without_prefect_and_without_duckdb():
    program = "import sys, flows.reading; print(sorted({'prefect', 'duckdb', 'pyarrow'} & sys.modules.keys()))"
    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said == "[]\n"


def test_pages_are_read_by_children_as_in_our_own_process():
    work = [(path.read_bytes(), f"http://outlet.example/{path.stem}", "", "UTC", None) for path in PAGES]
    assert work
    assert read_pages(work) == [read_page(*one) for one in work]


def test_a_page_over_which_its_child_ends_is_no_article_and_says_why(monkeypatch, crew_of):
    monkeypatch.setattr("flows.reading.CREW", crew_of("flows.reading:read_page", seconds=0.001, size=1))
    [found] = read_pages([(PAGES[0].read_bytes(), "http://outlet.example/a", "", "UTC", None)])
    assert (found.quality, found.reason, found.text) == ("none", "slow", "")
