"""The sources: how many answer, which have not for long, and whether it is us when none does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from flows.doctor.finding import Finding
from flows.doctor.look import age, newest_rows
from flows.settings import Settings
from warehouse.rows import Row

_NAME = "sources"
_FAILING = frozenset({"failing", "blocked", "gone", "not_a_feed"})
_LONG = timedelta(days=3)  # an outage of a site is over by then
_FEW = 2  # sources: fewer may all fail by chance
_NAMED = 5  # sources that are named in a line
# Words of a source's error, the cause where all have them, and what to look at.
_OURS = (
    (
        "proxy",
        "the proxy of VNJP_PROXY does not let us out",
        "check VNJP_PROXY with: curl -x PROXY https://example.org",
    ),
    ("address", "names do not resolve here (DNS)", "getent hosts example.org; then look at /etc/resolv.conf"),
    (
        "certificate",
        "certificates are not trusted here",
        "update the system's certificates (ca-certificates) and its clock",
    ),
)
_NETWORK = ("the network is probably down here", "curl -I https://example.org; then vnjp sources check")


def watched(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Count how the sources do, and name those that need somebody."""
    found = newest_rows(settings.warehouse, "watched_sources")
    if found is None:
        return
    asked = [one for one in found if one["checked_at"] is not None]
    failing = [one for one in asked if one["state"] in _FAILING or (one["state"] == "never" and one["failing_since"])]
    if not found:
        yield Finding(_NAME, "error", "none is watched.", "vnjp sources list --all")
    elif not asked:
        yield Finding(_NAME, "warning", f"none of {len(found)} was asked yet.", "vnjp collect")
    elif len(failing) == len(asked) >= _FEW:
        yield _all(failing, now)
    elif lasting := [one for one in failing if now - one["failing_since"] > _LONG]:
        said = f"{_counted(asked, failing)} For more than three days: {_names(lasting)}."
        ids = " ".join(str(one["source_id"]) for one in lasting[:_NAMED])
        yield Finding(_NAME, "warning", said, f"vnjp sources check {ids}")
    else:
        yield Finding(_NAME, "ok", _counted(asked, failing))


def _all(failing: Sequence[Row], now: datetime) -> Finding:
    """Say that all fail, and what it is by the words that most of them fail with."""
    since = max(one["failing_since"] for one in failing)
    (reason, _), *_ = Counter(str(one["error"]) for one in failing).most_common(1)
    cause, then = next(((cause, then) for word, cause, then in _OURS if _most(failing, word)), _NETWORK)
    return Finding(_NAME, "error", f"all {len(failing)} fail, for {age(since, now)}: {cause}. One says: {reason}", then)


def _most(failing: Sequence[Row], word: str) -> bool:
    return 2 * sum(word in str(one["error"]) for one in failing) > len(failing)


def _counted(asked: Sequence[Row], failing: Sequence[Row]) -> str:
    states = Counter(str(one["state"]) for one in asked)
    more = {"failing": len(failing), "silent": states["frozen"], "with a probable gap": states["gap"]}
    told = "".join(f", {count} {name}" for name, count in more.items() if count)
    return f"{len(asked) - len(failing)} of {len(asked)} work{told}."


def _names(rows: Sequence[Row]) -> str:
    told = ", ".join(f"{one['outlet']} ({one['error'] or one['state']})" for one in rows[:_NAMED])
    return told + (f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else "")
