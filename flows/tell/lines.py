"""What a run says while it works: one line a step, with its counts and no noise.

LOG is where all of flows/ says something. Inside a flow run it goes to Prefect, whose pages show it beside the run; and
to standard error: everything for a person at a terminal or in the log of a scheduled run, else only what is wrong.
Prefect's own lines stay silent (flows/prepare.py): they say nothing of our work.
"""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Iterator, Mapping

from prefect.context import FlowRunContext
from prefect.logging.handlers import APILogHandler

LOG = logging.getLogger("vnjp")

# What each step says: (count, words for one|for more). What is zero is left out.
_SAID: Mapping[str, tuple[tuple[str, str], ...]] = {
    "fetch": (
        ("asked", "source asked|sources asked"),
        ("failed", "failed"),
        ("unchanged", "not modified"),
        ("new_entries", "new item|new items"),
    ),
    "download": (("pages", "page asked|pages asked"), ("pages_failed", "failed")),
    "extract": (
        ("articles", "new article|new articles"),
        ("revisions", "newer revision|newer revisions"),
        ("screened", "of one country only, not extracted"),
        ("records_lost", "record of the archive could not be read|records of the archive could not be read"),
    ),
    "tag": (
        ("judged", "judged"),
        ("judged_bilateral", "bilateral"),
        ("judged_related", "related"),
        ("judged_mention", "mere mention|mere mentions"),
        ("judged_none", "not about both"),
    ),
    "dedupe": (("folded", "copy folded|copies folded"),),
    "cluster": (
        ("in_stories", "article joined to a story|articles joined to stories"),
        ("stories_new", "new story|new stories"),
        ("left_stories", "article left its story|articles left their stories"),
    ),
    "let go": (
        ("let_go_files", "archive file|archive files"),
        ("let_go_attempts", "attempt at sources|attempts at sources"),
        ("let_go_runs", "old run|old runs"),
        ("cleared", "backup cleared of what was forgotten|backups cleared of what was forgotten"),
    ),
    "digest": (
        ("issues", "issue frozen|issues frozen"),
        ("issues_waiting", "of them waits for approval|of them wait for approval"),
        ("weeks_without_sources", "week in which no source answered|weeks in which no source answered"),
        ("letters", "letter moved|letters moved"),
    ),
}


def line(step: str, counts: Mapping[str, int]) -> str:
    """Say in one line what a step came to: "fetch: 129 sources asked, 3 failed, 240 new items"."""
    said = [counted(counts[name], words) for name, words in _SAID[step] if counts.get(name)]
    return f"{step}: {', '.join(said) or 'nothing to do'}"


def counted(count: int, words: str) -> str:
    """Write a count with its words, `one|more` where they differ: "1 new story"."""
    one, _, more = words.partition("|")
    return f"{count:,} {one if count == 1 or not more else more}"


class _ToPrefect(APILogHandler):
    """Send lines of a flow run to Prefect; lines that none is the cause of go nowhere."""

    def emit(self, record: logging.LogRecord) -> None:
        """Send a line."""
        if FlowRunContext.get():
            super().emit(record)


class _ToPerson(logging.Handler):
    """Print lines plainly on standard error: all of them where somebody follows, else what is wrong."""

    followed = True

    def emit(self, record: logging.LogRecord) -> None:
        """Print a line; where nobody can read it any more, the run goes on."""
        with contextlib.suppress(OSError, ValueError):
            if record.levelno >= logging.WARNING or (self.followed and (sys.stderr.isatty() or _scheduled())):
                print(self.format(record), file=sys.stderr, flush=True)  # noqa: T201 - this is where lines are printed


def _scheduled() -> bool:
    """Say whether this is the run of a deployment; `prefect.runtime.deployment` would ask the API for every line."""
    run = FlowRunContext.get()
    return bool(run and run.flow_run and run.flow_run.deployment_id)


_person = _ToPerson()


def _listen() -> None:
    """Have LOG heard; whatever Prefect's configuration of logging says, since a run must not fail in silence."""
    _person.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%H:%M:%S"))
    LOG.handlers[:] = [_ToPrefect(), _person]
    LOG.setLevel(logging.INFO)
    LOG.propagate = False


@contextlib.contextmanager
def unfollowed() -> Iterator[None]:
    """Print only what is wrong: for a command that says by itself how far it is."""
    _person.followed = False
    try:
        yield
    finally:
        _person.followed = True


_listen()
