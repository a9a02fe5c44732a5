"""Each data check finds the row that is wrong, and no check finds one where all is right."""

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pytest

from tests.samples import NOW, article, item, source
from tests.test_warehouse import judgement
from warehouse import write
from warehouse.archive import Archive, Kept
from warehouse.check import found, records_not_in_place, wrong_rows
from warehouse.connect import Warehouse
from warehouse.records import Duplicate, Fetch, Membership, Page, Run, SourceHealth, Story

BODY = b"<p>The bridge opened.</p>"


@pytest.fixture(scope="module")
def right(tmp_path_factory):
    """Give a warehouse in which all is right: a run with one fetch, two articles of which one copies the other."""
    house = Warehouse(tmp_path_factory.mktemp("right") / "data")
    with house.writer() as db:
        kept = Archive(house.archive).append("2025-W18", [Kept("page", "http://a.example", NOW, 200, "", BODY)] * 2, 0)
        write.archived(db, kept.file, kept.length)
        counts = {"asked": 1, "failed": 0, "entries": 3, "new_entries": 1}
        write.run(db, Run("run", "collect", NOW, NOW, NOW, "completed", counts))
        write.sources(db, [source()])
        write.source_health(
            db, [SourceHealth("courier", "ok", "ok", "", None, NOW, NOW, None, NOW, None, None, None, 1, 1)]
        )
        fetch = Fetch("f", "run", "courier", "http://a.example", "", NOW, "ok", 200, "", 9, 9, 3, 1)
        write.fetched(db, [fetch], [item()], [])
        place = kept.places[0]
        page = Page("p", "a1", "http://a.example", "", NOW, "ok", 200, "", "", sha256(BODY).hexdigest(), 9, *place)
        write.pages(db, [page])
        for key in ("a1", "a2"):
            write.extracted(db, [], [article(article_id=key)])
            write.judgements(db, [replace(judgement(), article_id=key, evidence=())], NOW)
        write.duplicates(db, [Duplicate("a2", "a1", "exact", 1.0, "a1", "", "1")], ["a2"])
        write.stories(db, [Story("s1", "a1", NOW, NOW, "", None)], [Membership("s1", "a1", 1.0, "", "founder")], [])
    return house


WRONG = {
    "article_without_body": "update base.articles set text = '' where article_id = 'a1'",
    "article_without_judgement": "delete from base.judgements where article_id = 'a1'",
    "copies_of_copies": "insert into base.duplicates select 'a1', 'a2', kind, score, 'a2', '', '' from base.duplicates",
    "counts_that_do_not_add_up": "update base.runs set counts = map {'asked': 2, 'entries': 3, 'new_entries': 1}",
    "encounter_not_at_its_place": "insert into base.encounters "
    "select 'a1', 'r1', 'to-lam', 'ishiba-shigeru', 'meeting', 'text', 0, 9, 900, 910, 2, null",
    "entry_without_story": "insert into base.issue_entries "
    "select '2025-W18', 1, '', '', '', 'no story', '', '', '', '', 1, 1",
    "evidence_not_at_its_place": "insert into base.evidence select 'a1', 'r1', 'topic:aid', 'text', 0, 3, 'Not'",
    "page_beyond_its_archive": "update base.archives set bytes = 0",
    "published_in_the_future": "update base.articles set published = first_seen + interval 3 day",
    "shared_not_at_its_place": "insert into base.shared "
    "select 'copy', 'a2', 'r1', 'a1', 'r1', 0, 'passage', '', 'text', 0, 3, 'Not', null, null, null, null",
    "story_without_article": "delete from base.story_articles",
    "two_current_revisions": "insert into base.articles by name select * replace ('r2' as revision) from base.articles;"
    "insert into base.judgements by name select * replace ('r2' as revision) from base.judgements",
    "silent_sources": "update base.source_health set state = 'frozen', checked_at = checked_at + interval 20 day",
}


def after(house, statement):
    """Give what the checks find after a statement, which is then taken back."""
    with house.writer() as db:
        db.execute(statement).fetchall()
        results = {one.check: one.rows for one in found(db) if one.rows}
        errors = wrong_rows(db)
        db.execute("ROLLBACK")
        db.execute("BEGIN")
    return results, errors


def test_where_all_is_right_nothing_is_found(right):
    assert after(right, "select 1") == ({}, {})


@pytest.mark.parametrize("check", sorted(WRONG))
def test_each_check_finds_what_it_looks_for(right, check):
    results, errors = after(right, WRONG[check])
    assert set(results) == {check}
    assert (check in errors) is (check != "silent_sources"), "that a source is silent is no fault of ours"


def test_there_is_a_wrong_row_for_every_check(right):
    with right.writer() as db:
        assert {one.check for one in found(db)} == set(WRONG)


MORE = (
    "update base.fetches set new_entries = 2; "
    "update base.runs set counts = map {'asked': 1, 'entries': 3, 'new_entries': 2}"
)
FEWER = "delete from base.items"


@pytest.mark.parametrize("statement", [MORE, FEWER])
def test_entries_that_were_counted_and_are_not_there_are_found(right, statement):
    assert "counts_that_do_not_add_up" in after(right, statement)[0]


def test_a_run_that_failed_between_keeping_and_counting_is_no_wrong_row(right):
    statement = "update base.runs set state = 'failed', counts = map {'sources': 1}"
    assert after(right, statement) == ({}, {})


def test_what_a_run_counted_of_a_forgotten_article_need_not_add_up(right):
    statement = (
        "delete from base.items; insert into base.tombstones "
        "select 'h', 'a1', first_seen, '', [first_seen], null from base.articles limit 1"
    )
    assert after(right, statement) == ({}, {})


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("update base.pages set warc_offset = 7", "no whole record"),
        ("update base.pages set warc_file = 'other.warc.gz'", "is missing"),
        ("update base.pages set sha256 = 'another page'", "is there instead of"),
    ],
)
def test_a_record_that_is_not_at_its_place_is_found(right, statement, fault):
    archive = Archive(right.archive)
    with right.writer() as db:
        assert records_not_in_place(db, archive, date(2025, 4, 28)).rows == ()
        db.execute(statement)
        [row] = records_not_in_place(db, archive, date(2025, 4, 28)).rows
        db.execute("ROLLBACK")
        db.execute("BEGIN")
    assert (row["id"], fault in row["fault"]) == ("p", True)


def test_in_some_nights_every_record_is_read_though_each_night_reads_few(right):
    with right.writer() as db:
        for number in range(1, 6):
            one = Page(f"p{number}", "a1", "", "", NOW, "ok", 200, "", "", "", 9, "2025-W18.warc.gz", number * 10 + 1)
            write.pages(db, [one])
        nights = [
            records_not_in_place(db, Archive(right.archive), date(2025, 4, 1) + timedelta(days=day), 2)
            for day in range(25)
        ]
        db.execute("ROLLBACK")
        db.execute("BEGIN")
    assert max(len(night.rows) for night in nights) <= 2
    assert {row["id"] for night in nights for row in night.rows} == {f"p{number}" for number in range(1, 6)}
