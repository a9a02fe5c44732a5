"""What readers see, measured in a real browser: nothing wider than the screen, cut off, broken or too pale to read.

`axe-core` (npm, in tests/look) adds what readers with a screen reader meet. Its two rules on the landmarks of a page do
not hold for a mail, which is shown inside a page of the client's.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests import shown
from tests.browser import CHROMIUM, Browser, browser

pytestmark = pytest.mark.browser
LOOK = Path(__file__).parent / "look"
AXE = LOOK / "node_modules/axe-core/axe.min.js"
NARROW, PHONE, WIDE = 320, 375, 640
ALL = ((NARROW, True), (PHONE, False), (PHONE, True), (WIDE, False), (WIDE, True))
EVERYTHING = [
    f"{kind} {language} {edition}"
    for kind in shown.KINDS
    for language in shown.LANGUAGES
    for edition in (*shown.EDITIONS, "bare")
]
# Each kind, language and edition, each width and scheme; what differs only by the words in it stands for the rest.
SOME = [
    *("ordinary en mail", "ordinary en web", "ordinary vi mail", "ordinary ja mail", "ordinary ja web"),
    *("quiet vi mail", "quiet en web", "crowded ja mail", "hostile ja mail", "hostile vi bare"),
]
FAULTS = ("beyond", "clipped", "tight", "alone", "broken")
CONTRAST = "axe.run({runOnly: ['color-contrast'], resultTypes: ['violations']})"
RULES = "axe.run({rules: {'landmark-one-main': {enabled: %s}, 'region': {enabled: %s}}, resultTypes: ['violations']})"
SAID = (
    ".then((found) => found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`))"
)


@pytest.fixture(scope="module")
def chromium():
    """Give the one browser of these tests."""
    if not CHROMIUM:
        pytest.skip("chromium is absent")
    with browser() as made:
        yield made


def looked_at(chromium: Browser, files: dict[str, Path], screens=ALL) -> list[dict[str, Any]]:
    """Open pages and give what each said on each screen, with what axe found in light and dark."""
    measure, found = (LOOK / "measure.js").read_text(encoding="utf-8"), []
    for name, page in files.items():
        chromium.open(page)
        for width, dark in screens:
            chromium.screen(width, dark=dark)
            found.append(chromium.ask(measure) | {"name": name, "asked": (width, dark), "axe": []})
        if AXE.is_file() and not name.startswith("crowded") and not name.endswith("bare"):  # they say the same again
            found[-1]["axe"] = accused(chromium, "true" if name.endswith("web") else "false")
    return found


def accused(chromium: Browser, landmarks: str) -> list[str]:
    """Give what axe has against the open page."""
    chromium.ask(f"{AXE.read_text(encoding='utf-8')};0")
    chromium.screen(WIDE, dark=False)
    found: list[str] = chromium.ask(RULES % (landmarks, landmarks) + SAID)
    chromium.screen(WIDE, dark=True)
    return [*found, *chromium.ask(CONTRAST + SAID)]


@pytest.fixture(
    scope="module", params=["some", *(pytest.param(one, marks=pytest.mark.long) for one in ("every", "played"))]
)
def seen(request, chromium, tmp_path_factory) -> list[dict[str, Any]]:
    """Give what was seen on a choice of pages, on all, and on the demo's two sample weeks."""
    if request.param == "played":
        folder, _ = request.getfixturevalue("played")
        return looked_at(chromium, shown.sample(folder / "issues"))
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "every":
        return looked_at(chromium, shown.write(folder, EVERYTHING))
    return looked_at(chromium, shown.write(folder, SOME), ((NARROW, False), (PHONE, True), (WIDE, False)))


def test_the_browser_shows_the_width_and_the_scheme_that_were_asked_for(seen):
    assert len(seen) >= 3 * len(SOME)
    assert [one for one in seen if (one["width"], one["dark"]) != one["asked"]] == []


def test_no_page_is_wider_than_its_screen(seen):
    assert [(one["name"], one["needs"]) for one in seen if one["needs"] > one["width"]] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_no_word_is_hidden_squeezed_or_left_alone(seen, fault):
    """Beyond the screen; clipped; lines too close for marks; Japanese with one last character alone; broken words."""
    sheetless = "bare" if fault == "alone" else "-"  # phrases are kept together by the style sheet
    found = [one for one in seen if not one["name"].endswith(sheetless)]
    if fault == "broken":  # a word without an end may be
        found = [one for one in found if not one["name"].startswith("hostile")]
    assert {(one["name"], *one["asked"], *one[fault]) for one in found if one[fault]} == set()


def test_every_word_has_the_contrast_to_be_read(seen):
    assert {(one["name"], *one["pale"]) for one in seen if one["pale"]} == set()


def test_axe_finds_nothing_in_light_or_dark(seen):
    if not AXE.is_file():
        pytest.skip("tests/look/node_modules is absent: make look")
    assert {(one["name"], *one["axe"]) for one in seen if one["axe"]} == set()


def test_every_character_has_a_glyph(chromium, tmp_path):
    """Of our own words and of the told week; no machine has the fonts for all that a hostile week is written in."""
    files = shown.write(tmp_path, [one for one in EVERYTHING if not one.startswith("hostile")])
    characters = "".join(sorted(set("".join(page.read_text(encoding="utf-8") for page in files.values()))))
    chromium.open(files["ordinary en mail"])
    assert len(characters) > 500
    ask = (LOOK / "glyphs.js").read_text(encoding="utf-8")
    absent = "\u0379"
    assert chromium.ask(f"({ask})({json.dumps(characters + absent)})") == [absent]


def test_what_is_measured_is_seen_when_it_is_wrong(chromium, tmp_path):
    page = tmp_path / "wrong.html"
    page.write_text(
        "<!doctype html><meta charset=utf-8><body style='font: 16px/1.1 sans-serif'>"
        "<p style='width: 900px'>wide</p><p style='overflow: hidden; height: 4px'>cut</p>"
        "<p style='color: #aaa'>pale</p>"
        "<p lang=ja style='line-height: 2; width: 208px; line-break: anywhere'>日本語日本語日本語日本語日本</p>"
        "<p style='width: 30px; overflow-wrap: anywhere'>Vietnamese</p>",
        encoding="utf-8",
    )
    (one, *_) = looked_at(chromium, {"wrong": page}, ((WIDE, False),))
    assert one["needs"] > WIDE
    assert all(one[fault] for fault in (*FAULTS, "pale"))
