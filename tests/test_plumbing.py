"""flows/plumbing: what the command line prints of single files, to the letter of the contract."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from flows.plumbing import extract_line, parse_feed_line

RECORDED = Path(__file__).parent / "recorded"
ITEM = ["identity", "url", "title", "summary", "published", "published_quality", "language"]
PAGE = ["path", "title", "text", "language", "published", "outlet", "author", "quality", "reason"]


def test_a_feed_gives_its_state_its_source_and_its_items():
    path = RECORDED / "feeds" / "wordpress-full-text.xml"
    line = parse_feed_line(path, "https://trade.example/feed", "text/xml", "UTC")
    assert list(line) == ["path", "state", "source_title", "items"]
    assert (line["path"], line["state"], line["source_title"]) == (str(path), "ok", "Trade Notes (sample)")
    assert [list(item) for item in line["items"]] == [ITEM]
    assert line["items"][0]["published"] == "2025-04-28T02:15:00+00:00"
    json.dumps(line)


def test_the_language_is_that_of_the_words_not_the_softwares_default():
    path = RECORDED / "feeds" / "gmt-plus-seven-without-guid.xml"
    items = parse_feed_line(path, "", "", "Asia/Ho_Chi_Minh")["items"]
    assert {item["language"] for item in items} == {"vi"}
    assert items[-1]["published"] is None


def test_a_page_gives_the_article_and_the_verdict():
    path = RECORDED / "pages" / "vi-sapo-caption-related.html"
    line = extract_line(str(path), "https://bao.example/cau-can-123.html")
    assert list(line) == PAGE
    assert (line["language"], line["quality"], line["reason"]) == ("vi", "full", "")
    assert line["published"] == "2025-04-28T02:15:00+00:00"
    json.dumps(line)


def test_a_file_that_is_not_there_is_an_error_and_not_an_empty_line(tmp_path):
    with pytest.raises(FileNotFoundError):
        parse_feed_line(tmp_path / "none.xml", "", "", "UTC")
    with pytest.raises(FileNotFoundError):
        extract_line(tmp_path / "none.html", "")


def test_reading_a_feed_loads_neither_prefect_nor_the_extractor():
    code = "import sys, flows.plumbing, tasks.parse; print({'prefect', 'trafilatura', 'duckdb'} & set(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "set()"
