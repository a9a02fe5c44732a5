"""Whatever publishers write, readers get the templates' elements and web addresses, and nothing that runs or hides."""

import re
import unicodedata
from email import message_from_bytes
from email.policy import SMTP
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.deliver.message import Letter, Mail, message
from tasks.render import BUDGET, LONGEST_SUBJECT, render
from tests import hostile, shown, told
from tests.browser import CHROMIUM, browser
from tests.test_render import Page
from warehouse.issue import Rendering

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
PILED = re.compile("[\u0300-\u036f\u0483-\u0489]{5}")
DOM = """
[[...document.querySelectorAll("*")].map((e) => [e.localName, e.getAttributeNames()]),
 [...document.querySelectorAll("[href], [src], [action]")].map((e) => e.href?.baseVal ?? e.href ?? e.src ?? e.action),
 document.title, document.querySelectorAll("style").length]
"""


def pairs(page: Page) -> set[tuple[str, str]]:
    """Give each element with each of its attributes' names, and with none."""
    return {(tag, name) for tag, held in page.elements for name in ("", *held)}


@cache
def written(edition: str) -> set[tuple[str, str]]:
    """Give what the templates write of harmless weeks."""
    kinds, harmless = ("ordinary", "quiet", "crowded"), set()
    for made in (shown.rendering(kind, language) for kind in kinds for language in shown.LANGUAGES):
        harmless |= pairs(Page(made.html if edition == "mail" else made.web))
    return harmless


def assert_inert(made: Rendering) -> None:
    for edition, content in (("mail", made.html), ("web", made.web)):
        page = Page(content)
        assert pairs(page) <= written(edition)
        assert {urlsplit(one).scheme for one in page.attributes("href") if not one.startswith("#")} <= {"http", "https"}
    for part in (made.subject, made.html, made.text, made.web):
        assert part.encode()
        assert not UNSEEN.search(part)
        assert not PILED.search(part)
        assert unicodedata.is_normalized("NFC", part)
    assert len(made.html.encode()) <= BUDGET
    assert len(made.subject) <= LONGEST_SUBJECT
    assert len(made.subject.splitlines()) == 1
    assert max(len(line.encode()) for line in made.text.splitlines()) <= 998


@pytest.mark.parametrize("language", shown.LANGUAGES)
def test_a_week_of_hostile_text_is_inert_in_every_rendering(language):
    assert_inert(shown.rendering("hostile", language))


def test_templates_in_texts_are_shown_and_not_filled():
    made = shown.rendering("hostile", "en")
    assert "15308" not in Page(made.web).said
    assert "{{7654*2}}" in Page(made.web).said
    assert "__globals__" in Page(made.web).said


@pytest.mark.parametrize("link", hostile.LINKS)
def test_a_hostile_address_is_no_link_in_any_rendering(link):
    made = render(hostile.issue("A plain title", link=link), "en", link)
    assert_inert(made)
    assert [
        one for one in Page(made.html).attributes("href") if "a.example" in one and not one.startswith("http")
    ] == []
    assert "javascript:" not in made.text
    assert "data:text" not in made.text


@settings(max_examples=15)
@given(
    bad=st.one_of(st.text(max_size=120), st.text("<>\"'&=/ab{}%#:;\\\u0301\u202e\x00\r\n", max_size=80)),
    link=st.one_of(st.sampled_from(hostile.LINKS), st.text(max_size=40).map("http://a.example/".__add__)),
    language=st.sampled_from(shown.LANGUAGES),
)
def test_no_text_and_no_address_writes_an_element_or_an_attribute(bad, link, language):
    assert_inert(render(hostile.issue(bad, link=link), language, link))


def test_the_message_has_our_headers_two_parts_and_one_recipient():
    made, recipient = shown.rendering("hostile", "en"), "anna@readers.test"
    letter = Letter(made.week, recipient, made.subject, made.html, made.text, "en", told.WEEK.end)
    harmless = shown.rendering("quiet", "en")
    plain = Letter(made.week, recipient, harmless.subject, harmless.html, harmless.text, "en", told.WEEK.end)
    parsed, expected = (message_from_bytes(message(one, Mail()), policy=SMTP) for one in (letter, plain))
    assert parsed.keys() == expected.keys()
    assert parsed["To"] == recipient
    assert [part.get_content_type() for part in parsed.walk()] == [part.get_content_type() for part in expected.walk()]
    assert parsed.get_body(("html",)).get_content().replace("\r\n", "\n").rstrip() == made.html.rstrip()


@pytest.mark.browser
def test_a_browser_makes_of_hostile_pages_what_the_templates_wrote_and_runs_nothing(tmp_path: Path):
    """The parser that counts: our title, the same style sheets, no element or address of another kind."""
    if not CHROMIUM:
        pytest.skip("chromium is absent")
    files = shown.write(tmp_path, [f"hostile en {edition}" for edition in shown.EDITIONS])
    with browser() as chromium:
        for edition in shown.EDITIONS:
            chromium.open(files[f"hostile en {edition}"])
            made, links, title, styles = chromium.ask(DOM)
            assert {(tag, name) for tag, names in made for name in ("", *names)} <= written(edition) | {("tbody", "")}
            assert {urlsplit(link).scheme for link in links} <= {"http", "https", "file"}
            assert all("#" in link for link in links if link.startswith("file:")), "anchors of the page itself"
            assert title != "owned"
            assert styles == 1
