"""A disk that is full or can only be read: a sentence, no loss, and the last snapshot still stands."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.samples import article, source
from warehouse import read, write
from warehouse.connect import Warehouse
from warehouse.index import index
from warehouse.publish import publish

ROOT = Path(__file__).resolve().parents[1]

# Takes in articles until nothing more fits; says our sentence, then what the file holds once there is room again.
FILLS = """
import pathlib, random, sys
from tests.samples import article
from warehouse import write
from warehouse.connect import Warehouse
from warehouse.errors import WarehouseError
house, done = Warehouse(pathlib.Path(sys.argv[1])), 0
chance = random.Random(1)
try:
    while done < 100:
        with house.writer() as db:
            texts = [chance.randbytes(10000).hex() for _ in range(100)]
            write.extracted(db, [], [article(article_id=f"b{done}-{at}", text=text) for at, text in enumerate(texts)])
        done += 1
except WarehouseError as error:
    print(f"{done}\\n{error}")
"""
PUBLISHES = """
import pathlib, sys
from warehouse.connect import Warehouse
from warehouse.errors import WarehouseError
from warehouse.publish import publish
try:
    publish(Warehouse(pathlib.Path(sys.argv[1])))
except WarehouseError as error:
    print(error)
"""
LIMITED = "trap '' XFSZ; ulimit -f 12000"
ON_SMALL_DISK = """exec unshare --mount --map-root-user bash -c '
    mount -t tmpfs -o size=16m none /mnt && cp -a "$1" /mnt/data && "$0" -c "$2" /mnt/data
    rm -rf "$1"; cp -a /mnt/data "$1"' "$0" "$1" "$2"
"""


def small_disks():
    """Say whether this system lets us make a file system of our own."""
    try_it = ["unshare", "--mount", "--map-root-user", "mount", "-t", "tmpfs", "none", "/mnt"]
    return shutil.which("unshare") and subprocess.run(try_it, capture_output=True, check=False).returncode == 0


def run(script, folder, before):
    """Run a script under `before`, shell commands in which $1 is the folder; give what it says, line by line."""
    command = ["bash", "-c", f'{before}; "$0" -c "$2" "$1"', sys.executable, str(folder), script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout.splitlines()


@pytest.fixture
def house(tmp_path):
    made = Warehouse(tmp_path / "data")
    with made.writer() as db:
        write.sources(db, [source()])
        write.extracted(db, [], [article()])
    publish(made)
    return made


def held(house):
    with house.writer() as db:
        assert set(read.sources(db)) == {"courier"}
        return db.execute("select count(*) from base.articles").fetchone()[0]


def assert_whole(house, done):
    """Expect the batches that were taken in, and no part of another: the last may have got in before it failed."""
    assert held(house) in {1 + 100 * done, 1 + 100 * (done + 1)}


@pytest.mark.long
def test_a_file_that_may_not_grow_is_a_sentence_and_keeps_every_committed_row(house):
    """A limit on the size of files, which every system has: the same refusal of a write as that of a full disk."""
    done, sentence = run(FILLS, house.folder, LIMITED)
    assert "may not grow further" in sentence
    assert "run it again" in sentence
    assert_whole(house, int(done))


@pytest.mark.long
def test_a_full_disk_is_a_sentence_and_keeps_every_committed_row(house):
    """A small file system of its own, where this system lets us make one: all else must hold there, too."""
    done, sentence = run(FILLS, house.folder, ON_SMALL_DISK if small_disks() else LIMITED)
    assert "No space is left on the disk" in sentence or not small_disks()
    assert "Nothing stored was lost" in sentence
    assert_whole(house, int(done))


@pytest.mark.long
def test_a_snapshot_that_no_space_is_left_for_leaves_the_last_one_and_no_draft(house):
    before = house.snapshot.read_bytes()
    with house.writer() as db:
        write.extracted(db, [], [article(article_id="a2")])
        index(db)
    [sentence] = run(PUBLISHES, house.folder, "trap '' XFSZ; ulimit -f 1000")
    assert "could not be written" in sentence
    assert "The last one still stands" in sentence
    assert house.snapshot.read_bytes() == before
    assert not list(house.folder.glob(".*"))


def test_a_folder_that_may_only_be_read_is_a_sentence_that_names_it(house):
    """As nobody, since root may write everywhere."""
    if os.geteuid():
        before = 'chmod -R a-w "$1"'
    elif shutil.which("setpriv"):
        before = 'chmod -R a+rX,a-w "$1"; exec setpriv --reuid=65534 --regid=65534 --clear-groups "$0" -c "$2" "$1"'
    else:
        pytest.skip("root may write everywhere, and there is no setpriv to be somebody else")
    opened = house.folder
    for parent in (opened, *opened.parents):
        if parent.stat().st_uid == os.getuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o055)
    content = {path: path.read_bytes() for path in opened.rglob("*") if path.is_file()}
    said = run(FILLS, opened, before)
    assert str(opened) in said[1]
    assert "VNJP_DATA" in said[1]
    assert {path: path.read_bytes() for path in opened.rglob("*") if path.is_file()} == content
    subprocess.run(["chmod", "-R", "u+w", str(opened)], check=True)
