"""Kill it anywhere, run it again, and the rows and the mail are as if it had run once."""

import random
import shutil
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from tests.committing import EACH
from warehouse import sums
from warehouse.attach import logs
from warehouse.connect import Warehouse, attach
from warehouse.migrate import newest
from warehouse.restore import backups
from warehouse.rows import KEYS

ROOT = Path(__file__).resolve().parents[1]
HISTORY = {"runs", "fetches", "source_events"}  # what happened, not what is known: these tell of the kill


def start(out, *more):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.played", str(out), *more], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def finish(out, *more):
    with start(out, *more) as child:
        said = child.communicate()[0]
    assert child.returncode == 0, said


def contents(out):
    db = attach(Warehouse(out).private, read_only=True)
    try:
        tables = {
            table: db.execute(f"from base.{table} order by all").fetchall() for table in KEYS if table not in HISTORY
        }
    finally:
        db.close()
    files = [path for folder in ("archive", "issues") for path in (out / folder).iterdir()]
    return tables | {path.name: sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory):
    """Play it once without a kill; give what it leaves and how many seconds it took from its first word."""
    out = tmp_path_factory.mktemp("undisturbed") / "data"
    with start(out) as child:
        assert child.stdout.readline() == "ready\n"
        begun = time.monotonic()
        assert child.communicate()[0] == "done\n"
    return contents(out), time.monotonic() - begun


def kill_at(out, moment, *more):
    """Start it and kill it `moment` seconds after it is ready; sooner, where it was done by then."""
    while True:
        with start(out, *more) as child:
            assert child.stdout.readline() == "ready\n"
            time.sleep(moment)
            child.send_signal(signal.SIGKILL)
            said = child.communicate()[0]
        if "done" not in said:
            return
        shutil.rmtree(out)
        moment *= 0.7


def check(tmp_path, undisturbed, share, *more):
    wanted, seconds = undisturbed
    out = tmp_path / "data"
    kill_at(out, share * seconds, *more)
    finish(out, *more)
    found = contents(out)
    assert {name for name in wanted if found.get(name) != wanted[name]} == set()
    assert set(found) == set(wanted)


def test_the_undisturbed_run_leaves_something_to_compare(undisturbed):
    tables, _ = undisturbed
    for table in ("items", "pages", "articles", "judgements", "evidence", "stories", "issues", "deliveries"):
        assert tables[table], table


@pytest.mark.parametrize(
    "share", [pytest.param(0.1, marks=pytest.mark.long), 0.45, pytest.param(0.8, marks=pytest.mark.long)]
)
def test_a_run_killed_early_midway_and_late_is_made_good(tmp_path, undisturbed, share):
    check(tmp_path, undisturbed, share)


@pytest.mark.long
@pytest.mark.parametrize("number", range(10))  # and more over three weeks, in test_weeks_simulated
def test_a_run_killed_at_any_moment_is_made_good(tmp_path, undisturbed, number):
    check(tmp_path, undisturbed, random.Random(number).uniform(0.01, 0.97))


def servers(home):
    """Give the processes that have the home's server lock open."""
    found = set()
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if link.readlink() == home / "server.lock":
                found.add(int(link.parts[2]))
        except OSError:
            continue
    return found


@pytest.mark.long
@pytest.mark.prefect
@pytest.mark.parametrize("moment", [0.3, 0.7])
def test_a_run_with_prefect_killed_at_any_moment_is_made_good_and_leaves_no_server(tmp_path, undisturbed, moment):
    out = tmp_path / "data"
    kill_at(out, moment * undisturbed[1], "prefect")
    assert servers(out / "prefect"), "the kill left a server behind, for the next run to end"
    finish(out, "prefect")
    assert servers(out / "prefect") == set()
    assert contents(out) == undisturbed[0]


def rows_at(path):
    """Give the numbers of the transactions in a file, each only if it is there whole, and what the snapshot's are."""
    db = attach(path, read_only=True)
    try:
        found = db.execute(
            "select split_part(article_id, '-', 1)[2:] :: INTEGER, count(*) from base.articles "
            "where article_id like 'a%' group by 1 order by 1"
        ).fetchall()
        sources = {
            name for (name,) in db.execute("select source_id from base.sources where source_id like 's%'").fetchall()
        }
    finally:
        db.close()
    assert {count for _, count in found} <= {EACH}, "a transaction is there whole or not at all"
    assert sources == {f"s{number}" for number, _ in found}
    return [number for number, _ in found]


def committing(folder, first):
    command = [sys.executable, "-m", "tests.committing", str(folder), str(first)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def seconds_to_commit(folder):
    """Give how long a transaction takes on this machine now, with its share of publishing and backing up."""
    with committing(folder, 0) as child:
        child.stdout.readline()
        begun = time.monotonic()
        for _ in range(10):
            child.stdout.readline()
        taken = time.monotonic() - begun
        child.kill()
    return taken / 10


@pytest.mark.long
def test_sixty_kills_of_a_writer_lose_no_committed_row_leave_no_other_and_no_snapshot_that_does_not_open(tmp_path):
    """At random moments of committing, counting, publishing and backing up, in one folder, one after the other."""
    house, chance, said, seen = Warehouse(tmp_path / "data"), random.Random(60), set(), []
    once = seconds_to_commit(tmp_path / "undisturbed")
    for turn in range(60):
        first = max(said, default=-1) + 2  # what the last one had begun has that number less one
        with committing(house.folder, first) as child:
            told = [child.stdout.readline()]
            time.sleep(chance.uniform(0, 6 * once))  # a busy machine gets as far as an idle one
            child.send_signal(signal.SIGKILL)
            told += child.communicate()[0].splitlines()
        numbers = [int(line) for line in told if line.strip()]
        said |= set(numbers)
        held = rows_at(house.private)
        begun = max(said) + 1
        assert set(held) - said <= {begun} | set(seen), f"turn {turn}"
        assert said <= set(held), f"turn {turn}: what was said to be committed is there"
        seen = held
        if house.snapshot.exists():
            assert set(rows_at(house.snapshot)) <= set(held)
    with house.writer() as db:
        assert sums.fault(sums.count(db, newest()), sums.read(house.sums_file)) == ""
    assert not logs(house.private)
    assert house.snapshot.exists()
    assert len(said) >= 60
    assert [one.fault for one in backups(house) if one.fault] == []
