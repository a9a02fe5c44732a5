"""What readers see, measured in a real browser: nothing wider than the screen, nothing too pale to read."""

import json
import re
import shutil
import subprocess
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest

from tasks.compose import Layout, compose
from tasks.render import Language, render
from tests import told

pytestmark = pytest.mark.browser
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
WIDTHS = (320, 375, 640)
LANGUAGES: tuple[Language, ...] = ("en", "vi", "ja")
ARCHIVE = "https://archive.example/2025-W18.web.html"

# Every page stands in its own frames; what they measure is written into the wrapper, which --dump-dom prints.
# Contrast as WCAG 2.2 computes it; 4.5 is its level AA for text of any size.
MEASURE = """
const linear = (v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
const light = (color) => {
  const [r, g, b] = color.match(/[\\d.]+/g).map((v) => linear(v / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ground = (view, element) => {
  for (let e = element; e; e = e.parentElement) {
    const color = view.getComputedStyle(e).backgroundColor;
    if (color !== "rgba(0, 0, 0, 0)") return color;
  }
  return "none";
};
const pale = (frame) => {
  const view = frame.contentWindow, page = frame.contentDocument, found = new Set();
  const walk = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement, said = walk.currentNode.data.trim();
    if (!said || !e.getClientRects().length) continue;
    const [high, low] = [view.getComputedStyle(e).color, ground(view, e)].map(light).sort((x, y) => y - x);
    if ((high + 0.05) / (low + 0.05) < 4.5) found.add(e.className + ": " + said.slice(0, 40));
  }
  return [...found];
};
addEventListener("load", () => {
  const found = [...document.querySelectorAll("iframe")].map((frame) => ({
    name: frame.title,
    width: frame.width,
    needs: frame.contentDocument.documentElement.scrollWidth,
    dark: frame.contentWindow.matchMedia("(prefers-color-scheme: dark)").matches,
    pale: pale(frame),
  }));
  document.querySelector("pre").textContent = JSON.stringify(found);
});
"""
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--dump-dom"),
)


@cache
def pages() -> dict[str, str]:
    """Make the mails and browser editions of an ordinary, a quiet, a crowded and a hostile week."""
    bad = "W" * 3_000 + " <b>x</b> " + "長" * 3_000
    hostile = {"source": "hanoi-courier", "title": bad, "text": f"{bad}.", "url": "http://a.example/" + "x" * 800}
    weeks = {"ordinary": told.stories(), "quiet": [], "crowded": told.many(50), "hostile": [told.told_of(hostile)]}
    found: dict[str, str] = {}
    for name, stories in weeks.items():
        layout = Layout(sample=True)
        issue = compose(told.WEEK, stories, told.source_weeks(), told.COUNTS, told.HISTORY, layout, told.names())
        for language in LANGUAGES:
            made = render(issue, language, ARCHIVE)
            found |= {f"{name} {language} mail": made.html, f"{name} {language} web": made.web}
    return found


def frame(name: str, html: str, width: int) -> str:
    """Put a page into a frame of its own, which is as wide as a screen."""
    return f'<iframe title="{name}" width="{width}" style="border: 0" srcdoc="{escape(html, quote=True)}"></iframe>'


def measured(folder: Path, scheme: str) -> list[dict[str, Any]]:
    """Open all pages in one browser and give what each frame measured."""
    head = '<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark"><pre></pre>'
    frames = "".join(frame(name, html, width) for name, html in pages().items() for width in WIDTHS)
    wrapper = folder / "wrapper.html"
    wrapper.write_text(f"{head}{frames}<script>{MEASURE}</script>", encoding="utf-8")
    dark = f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}"
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'profile'}", dark, wrapper.as_uri()]
    ran = subprocess.run(command, capture_output=True, check=True, timeout=120)
    (found,) = re.findall(r"<pre>(.*?)</pre>", ran.stdout.decode(), re.DOTALL)
    result: list[dict[str, Any]] = json.loads(unescape(found))
    return result


@pytest.fixture(scope="module", params=["light", "dark"])
def seen(request, tmp_path_factory) -> list[dict[str, Any]]:
    if not CHROMIUM:
        pytest.skip("chromium is absent")
    found = measured(tmp_path_factory.mktemp(request.param), request.param)
    assert {one["dark"] for one in found} == {request.param == "dark"}, "the browser took the scheme that was asked for"
    return found


def test_no_page_is_wider_than_its_screen(seen):
    assert len(seen) == 4 * 3 * 2 * len(WIDTHS)
    assert [one for one in seen if one["needs"] > int(one["width"])] == []


def test_every_word_has_the_contrast_to_be_read(seen):
    assert {(one["name"], *one["pale"]) for one in seen if one["pale"]} == set()
