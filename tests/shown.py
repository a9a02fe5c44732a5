"""The weeks that digests are looked at in: an ordinary, a quiet, a crowded and a hostile one, and those of the demo."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from tasks.compose import Layout, compose
from tasks.render import Language, render
from tests import hostile, told
from warehouse.issue import Issue, Rendering

LANGUAGES: tuple[Language, ...] = ("en", "vi", "ja")
EDITIONS = ("mail", "web")
ARCHIVE = "https://archive.example/2025-W18.web.html"


@cache
def issue(kind: str) -> Issue:
    """Compose a week of a kind."""
    if kind == "hostile":
        return hostile.issue(*hostile.BAD)
    stories = {
        "ordinary": lambda: [*told.stories(), told.visit()],
        "quiet": list,
        "crowded": lambda: [*told.many(49), told.visit()],
    }[kind]()
    weeks = told.source_weeks(), told.COUNTS, told.HISTORY
    return compose(told.WEEK, stories, *weeks, Layout(sample=True), told.names(), told.background())


KINDS = ("ordinary", "quiet", "crowded", "hostile")


@cache
def rendering(kind: str, language: Language) -> Rendering:
    """Render a week of a kind for readers of a language."""
    return render(issue(kind), language, ARCHIVE)


def write(folder: Path, names: list[str]) -> dict[str, Path]:
    """Write the pages of the names that are asked for, such as "quiet ja mail"; give their files.

    Beside mail and web, "bare" is the mail as clients show it that drop style sheets.
    """
    files = {}
    for name in names:
        kind, language, edition = name.split()
        made = rendering(kind, language)
        files[name] = folder / f"{name.replace(' ', '-')}.html"
        bare = re.sub(r"<style.*?</style>", "", made.html, flags=re.DOTALL)
        files[name].write_text({"mail": made.html, "web": made.web, "bare": bare}[edition], encoding="utf-8")
    return files


def sample(issues: Path) -> dict[str, Path]:
    """Give the pages that a demo left in its folder of issues, by names such as "2025-W17 vi web", "index ja web"."""
    files = {}
    for path in sorted(issues.glob("*.html")):
        week, *rest = path.name.removesuffix(".html").split(".")
        language = next((one for one in rest if one in LANGUAGES), "en")
        files[f"{week} {language} {'web' if 'web' in rest or week == 'index' else 'mail'}"] = path
    return files
