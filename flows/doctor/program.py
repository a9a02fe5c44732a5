"""The program itself: Python, and whether what is installed is what it was tested with."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from importlib.metadata import PackageNotFoundError, metadata, requires, version

from flows.doctor.finding import Finding
from flows.settings import Settings

_US = "vnjp-monitor"
_NAME = "program"
# What breaks without the pin, where that is known (pyproject.toml says the rest).
_BREAKS = {
    "sqlalchemy": "from 2.1 on Prefect's schedules never fire, and only the server's log says so",
    "fastapi": "from 0.155 on Prefect's server does not start",
    "prefect": "other lines of it are untested here",
    "lxml-html-clean": "without it no text can be taken out of pages",
    "pytz": "without it no time can be read out of the warehouse",
    "duckdb": "the warehouse's files need it",
}
_OPERATORS: dict[str, Callable[[tuple[int, ...], tuple[int, ...]], bool]] = {
    ">=": lambda have, want: have >= want,
    "<": lambda have, want: have < want,
    "==": lambda have, want: have == want,
}
_SPEC = re.compile(r"(>=|==|<)\s*([\d.]+)")


def installed(settings: Settings | None, now: datetime) -> Iterator[Finding]:  # noqa: ARG001 - as all checkers
    """Hold Python and the packages that are installed against what this version asks for."""
    wanted = str(metadata(_US)["Requires-Python"])
    found = [*python(sys.version_info[:3], wanted), *pins(requires(_US) or (), _version)]
    yield from found
    if not found:
        ours, others = f"vnjp-monitor {version(_US)}", f"Python {sys.version.split()[0]}, Prefect {version('prefect')}"
        said = f"{ours} on {others}; all pins are held."
        yield Finding(_NAME, "ok", said)


def python(running: tuple[int, ...], wanted: str) -> Iterator[Finding]:
    """Say whether a Python (its version's numbers) is one of those wanted, such as ">=3.11,<3.14"."""
    if not holds(".".join(map(str, running)), wanted):
        said = f"this is Python {'.'.join(map(str, running))}; it was tested on {wanted}."
        yield Finding(_NAME, "error", said, "make .venv anew with another Python, as README says")


def pins(required: Iterable[str], version_of: Callable[[str], str]) -> Iterator[Finding]:
    """Name each requirement ("fastapi<0.151,>=0.139") that an installed version breaks; "" is one not installed."""
    for requirement in required:
        named, _, marker = requirement.partition(";")
        match = re.match(r"[\w.-]+", named)
        if match is None or "extra ==" in marker:
            continue
        name, spec = match[0], named[match.end() :].strip()
        have = version_of(name)
        if have and holds(have, spec):
            continue
        seen = f"{name} {have} is installed, not {spec}" if have else f"{name} is not installed"
        why = _BREAKS.get(re.sub(r"[-_.]+", "-", name).lower(), "it was tested with that")
        yield Finding(_NAME, "error", f"{seen}: {why}.", f"python -m pip install '{name}{spec}'")


def holds(have: str, spec: str) -> bool:
    """Say whether a version ("2.1.9") fits a specification of `>=`, `<` and `==` ("<2.1,>=2.0")."""
    return all(_OPERATORS[sign](_numbers(have), _numbers(than)) for sign, than in _SPEC.findall(spec))


def _numbers(text: str) -> tuple[int, ...]:
    """Give a version's numbers, without zeros at the end: 2.0 is 2.0.0."""
    numbers = [int(part) for part in re.findall(r"\d+", re.split(r"[a-z+]", text)[0])]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
