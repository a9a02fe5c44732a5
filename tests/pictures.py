"""Take pictures of digests as readers see them.

`python -m tests.pictures FOLDER [ISSUES]` takes every kind of week, and with the folder of a demo's issues the sample
weeks too, in three languages, two widths, light and dark, as mail and browser edition.
`python -m tests.pictures ISSUE.html OUT.png [WIDTH HEIGHT]` takes one page.
"""

import sys
import tempfile
from pathlib import Path

from tests import shown
from tests.browser import Browser, browser

WIDTHS = (640, 375)


def picture(page, out, width=640, height=1500):
    """Keep what the first screen of one page shows."""
    with browser() as chromium:
        chromium.screen(width)
        chromium.open(Path(page))
        chromium.picture(Path(out), width, height)


def all_of(chromium: Browser, files: dict[str, Path], folder: Path) -> int:
    """Take each page at each width and scheme; give how many pictures that made."""
    made = 0
    for name, page in files.items():
        chromium.open(page)
        for width in WIDTHS:
            for scheme in ("light", "dark"):
                chromium.screen(width, dark=scheme == "dark")
                chromium.picture(folder / f"{name.replace(' ', '-')}-{width}-{scheme}.png", width)
                made += 1
    return made


def gallery(folder: Path, issues: Path | None) -> int:
    """Fill a folder with pictures of all weeks."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [f"{k} {language} {e}" for k in shown.KINDS for language in shown.LANGUAGES for e in shown.EDITIONS]
    with tempfile.TemporaryDirectory() as scratch, browser() as chromium:
        files = shown.write(Path(scratch), names) | (shown.sample(issues) if issues else {})
        return all_of(chromium, files, folder)


if __name__ == "__main__":
    if sys.argv[1].endswith(".html"):
        picture(*sys.argv[1:3], *map(int, sys.argv[3:5]))
    else:
        print(gallery(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None), "pictures")
