"""The embedded server is found by its lock, whoever started it; one that cannot be ended is an error, not a wait."""

import fcntl
import json
from contextlib import contextmanager

import pytest

from flows.server import EmbeddedServerError, Served, found, start


@contextmanager
def at_work(home, **said):
    """Leave what a server at work leaves."""
    (home / "server.json").write_text(json.dumps(said))
    with (home / "server.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def test_a_server_is_there_for_as_long_as_its_lock_is_held(tmp_path):
    assert found(tmp_path) is None
    with at_work(tmp_path, url="http://127.0.0.1:1/api", pid=7, whole=True):
        assert found(tmp_path) == Served("http://127.0.0.1:1/api", 7, whole=True)
    assert found(tmp_path) is None


def test_one_that_an_older_version_started_is_found_too(tmp_path):
    with at_work(tmp_path, url="http://127.0.0.1:1/api", pid=7):
        assert found(tmp_path) == Served("http://127.0.0.1:1/api", 7, whole=False)


def test_none_is_started_beside_one_that_is_still_there(tmp_path):
    with at_work(tmp_path), pytest.raises(EmbeddedServerError, match="could not be ended"):
        start(tmp_path, {}, whole=False)
