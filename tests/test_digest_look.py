"""What readers see, measured in a real browser: nothing wider than the screen, cut off, broken or too pale to read.

`axe-core` (npm, in tests/look) adds what readers with a screen reader meet. Its two rules on the landmarks of a page do not hold for
a mail, which is shown inside a page of the client's.
"""

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests import shown
from tests.browser import CHROMIUM, browser

pytestmark = pytest.mark.browser
LOOK = Path(__file__).parent / "look"
AXE = LOOK / "node_modules/axe-core/axe.min.js"
NARROW, PHONE, WIDE = 320, 375, 640
ALL = tuple((width, dark) for width in (NARROW, PHONE, WIDE) for dark in (False, True))
EVERYTHING = [f"{k} {language} {e}" for k in shown.KINDS for language in shown.LANGUAGES for e in shown.EDITIONS]
# Each kind, language and edition, each width and scheme; what differs only by the words in it stands for the rest.
SOME = [
    *(f"ordinary {language} {edition}" for language in shown.LANGUAGES for edition in shown.EDITIONS),
    *("quiet vi mail", "quiet ja web", "crowded vi mail", "crowded ja web", "hostile en mail", "hostile ja web"),
]
PLAYED = pytest.param("played", marks=pytest.mark.long)
FAULTS = ("beyond", "clipped", "tight", "alone", "broken")
CONTRAST = "axe.run({runOnly: ['color-contrast'], resultTypes: ['violations']})"
RULES = "axe.run({rules: {'landmark-one-main': {enabled: %s}, 'region': {enabled: %s}}, resultTypes: ['violations']})"
SAID = ".then((found) => found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`))"


def looked_at(files: dict[str, Path], screens=ALL) -> list[dict[str, Any]]:
    """Open all pages in one browser and give what each said on each screen, with what axe found first in light, then in dark."""
    measure, found = (LOOK / "measure.js").read_text(encoding="utf-8"), []
    with browser() as chromium:
        for name, page in files.items():
            chromium.open(page)
            for width, dark in screens:
                chromium.screen(width, dark=dark)
                found.append(chromium.ask(measure) | {"name": name, "asked": (width, dark), "axe": []})
            if AXE.is_file():
                found[-1]["axe"] = accused(chromium, "false" if name.endswith("mail") else "true")
    return found


def accused(chromium, landmarks: str) -> list[str]:
    """Give what axe has against the open page."""
    chromium.ask(f"{AXE.read_text(encoding='utf-8')};0")
    chromium.screen(WIDE, dark=False)
    found = chromium.ask(RULES % (landmarks, landmarks) + SAID)
    chromium.screen(WIDE, dark=True)
    return found + chromium.ask(CONTRAST + SAID)


@cache
def some() -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        return looked_at(shown.write(Path(folder), SOME), ((NARROW, False), (PHONE, True), (WIDE, False)))


@cache
def every() -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        return looked_at(shown.write(Path(folder), EVERYTHING))


@pytest.fixture(params=[some, pytest.param(every, marks=pytest.mark.long), PLAYED], ids=["some", "every", "played"])
def seen(request) -> list[dict[str, Any]]:
    """Give what was seen on a choice of pages, on all, and on the demo's two sample weeks."""
    if not CHROMIUM:
        pytest.skip("chromium is absent")
    return _played(request) if request.param == "played" else request.param()


@cache
def _of(folder: Path) -> list[dict[str, Any]]:
    return looked_at(shown.sample(folder))


def _played(request) -> list[dict[str, Any]]:
    folder, _ = request.getfixturevalue("played")
    return _of(folder / "issues")


def test_the_browser_shows_the_width_and_the_scheme_that_were_asked_for(seen):
    assert len(seen) >= 3 * 12
    assert [one for one in seen if (one["width"], one["dark"]) != one["asked"]] == []


def test_no_page_is_wider_than_its_screen(seen):
    assert [(one["name"], one["needs"]) for one in seen if one["needs"] > one["width"]] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_no_word_is_hidden_squeezed_left_alone_or_broken(seen, fault):
    """Beyond the screen; clipped; lines closer than marks on letters need; one last character alone; no glyph."""
    hostile = {"broken"}  # no machine has fonts for all scripts: glyphs are asked for where our languages are written
    found = [one for one in seen if not (fault in hostile and one["name"].startswith("hostile"))]
    assert {(one["name"], *one["asked"], *one[fault]) for one in found if one[fault]} == set()


def test_every_word_has_the_contrast_to_be_read(seen):
    assert {(one["name"], *one["pale"]) for one in seen if one["pale"]} == set()


def test_axe_finds_nothing_in_light_or_dark(seen):
    if not AXE.is_file():
        pytest.skip("tests/look/node_modules is absent: make look")
    assert {(one["name"], *one["axe"]) for one in seen if one["axe"]} == set()


def test_what_is_measured_is_seen_when_it_is_wrong(tmp_path):
    if not CHROMIUM:
        pytest.skip("chromium is absent")
    page = tmp_path / "wrong.html"
    page.write_text(
        "<!doctype html><meta charset=utf-8><body style='font: 16px/1.1 sans-serif'>"
        "<p style='width: 900px'>wide</p><p style='overflow: hidden; height: 4px'>cut</p><p style='color: #aaa'>pale</p>"
        "<p lang=ja style='line-height: 2; width: 208px; line-break: anywhere'>日本語日本語日本語日本語日本</p><p>\u0378</p>",
        encoding="utf-8",
    )
    (one, *_) = looked_at({"wrong": page}, ((WIDE, False),))
    assert one["needs"] > WIDE
    assert all(one[fault] for fault in (*FAULTS, "pale"))
