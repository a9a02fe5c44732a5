"""What dedupe promises of translations: the same names, figures and days at the same places, in another language."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows.baseline import known
from flows.solve import folding, keep_copies, lexicon
from tasks.dedupe import Printed, dedupe, fingerprint
from tasks.tag import tag
from tests.samples import article
from tests.test_gold import GOLD
from warehouse import read, write
from warehouse.check import wrong_rows
from warehouse.connect import Warehouse
from warehouse.records import Override

ROWS = {row["id"]: row for row in map(json.loads, GOLD.read_text("utf-8").splitlines())}
AGENCY = ("n311", "n312")  # English, and taken over in German by a stranger
OWN = "n313"  # French: an own report of the same day, with the same names and figures
HOUSE = ("n316", "n314")  # Vietnamese and Japanese editions of one publisher


def told(name: str, family: str = "", **given) -> Printed:
    """Make a gold article with its print and anchors; its family is itself if nothing else is said."""
    row = ROWS[name]
    at = datetime.fromisoformat(row["published"]).replace(tzinfo=UTC)
    one = article(
        article_id=name,
        revision=name,
        url=row["url"],
        canonical_url=row["url"],
        family=family or name,
        title=row["title"],
        text=row["text"],
        language=row["language"],
        published=at,
        first_seen=at,
        revised_at=at,
    )
    one = replace(one, **given)
    return Printed(one, fingerprint(one), tag(one, lexicon()).anchors)


def pairs(rows) -> set[tuple[str, str, str]]:
    return {(row.article_id, row.duplicate_of, row.kind) for row in rows}


def test_what_another_outlet_took_over_in_its_language_is_folded_and_an_own_report_is_not():
    rows = dedupe([told(name) for name in (*AGENCY, OWN)], (), ())

    assert pairs(rows) == {("n312", "n311", "translation")}


def test_which_of_the_two_came_first_decides_and_not_the_order_in_which_they_are_given():
    late, early = told("n311"), told("n312", published=datetime(2025, 6, 11, tzinfo=UTC))

    assert pairs(dedupe([late, early], (), ())) == {("n311", "n312", "translation")}
    assert dedupe([early], [late], ()) == dedupe([late, early], (), ())


def test_score_evidence_and_the_words_in_both_texts_are_given():
    one, other = map(told, AGENCY)

    [row] = dedupe([one, other], (), ())

    assert 0.8 < row.score < 1
    assert row.evidence.startswith("translations: ")
    assert {"person", "place", "figure"} <= {common.kind for common in row.shared}
    for common in row.shared:
        for words, text in ((common.here, other.article.text), (common.there, one.article.text)):
            assert text[words.start : words.end] == words.text
    starts = [common.here.start for common in row.shared]
    assert starts == sorted(starts)


def test_less_is_asked_inside_one_publisher_family():
    apart = dedupe([told(name) for name in HOUSE], (), ())
    together = dedupe([told(name, family="agency") for name in HOUSE], (), ())

    assert (pairs(apart), pairs(together)) == (set(), {("n316", "n314", "translation")})


@pytest.mark.parametrize(("side", "folded"), [("vietnam", True), ("japan", False)])
def test_a_page_labelled_as_translated_is_of_what_its_country_speaks(side, folded):
    page = told("n314", source_kind="translation", side=side)

    assert bool(dedupe([told("n316"), page], (), ())) == folded


def test_one_house_tells_two_events_of_one_tour_with_the_same_people():
    rows = dedupe([told(name, family="agency") for name in ("n305", "n306", "n307")], (), ())

    assert pairs(rows) == {("n307", "n305", "translation")}


def test_other_figures_another_week_or_half_the_length_is_no_translation():
    one, other = map(told, AGENCY)
    figures = other.article.text.replace("41", "14").replace("250", "520").replace("48", "84").replace("70 P", "60 P")

    assert dedupe([one, told("n312", text=figures)], (), ()) == ()
    assert dedupe([one, told("n312", published=one.article.published + timedelta(days=9))], (), ()) == ()
    assert dedupe([one, told("n312", text=other.article.text.partition("\n")[0])], (), ()) == ()


def test_the_same_language_is_never_a_translation():
    assert dedupe([told("n311"), told("n312", language="en")], (), ()) == ()


def test_a_translation_of_the_baseline_is_known_though_its_text_is_not_held():
    held = known()[3]
    anchors = tuple(replace(one, start=0, end=0) for one in held.judgement.anchors)
    new = article(article_id="new", language="vi", published=held.article.published, url="http://elsewhere.example/x")
    copy = Printed(new, fingerprint(new), anchors)

    [row] = dedupe([copy], [Printed(one.article, one.fingerprint, one.judgement.anchors) for one in known()], ())

    assert (row.duplicate_of, row.kind) == ("baseline:003", "translation")
    assert row.shared[0].there is None


def test_what_a_user_unfolded_stays_unfolded():
    one, other = map(told, AGENCY)

    assert dedupe([other], [one], dedupe([one, other], (), ()), unfolded={"n312"}) == ()


def test_the_warehouse_finds_what_a_new_article_may_translate_and_remembers_what_was_unfolded(tmp_path):
    house = Warehouse(tmp_path / "data")
    one, other, own = (told(name) for name in (*AGENCY, OWN))
    with house.writer() as db:
        write.extracted(db, [], [each.article for each in (one, other, own)])
        found = [tag(each.article, lexicon()) for each in (one, other, own)]
        write.judgements(db, found, one.article.first_seen)
        write.fingerprints(db, [one.fingerprint, own.fingerprint])
        work = folding(db, [Printed(other.article, other.fingerprint)])
    rows = dedupe(work.new, *work.shared)
    assert pairs(rows) == {("n312", "n311", "translation")}

    keep_copies(house, work, rows)
    with house.writer() as db:
        assert tuple(read.duplicates(db, ["n312"])) == rows
        assert wrong_rows(db) == {}
        write.override(db, Override("o1", "unfold", ("n312",), (), "", one.article.first_seen))
        again = folding(db, [Printed(other.article, other.fingerprint)])
    assert dedupe(again.new, *again.shared) == ()


def test_anchors_stand_in_the_order_of_the_text_and_a_translation_has_them_at_the_same_places():
    one, other = (told(name).anchors for name in AGENCY)

    assert [each.at for each in one] == sorted(each.at for each in one)
    there = {each.key: each.at for each in other}
    apart = [abs(each.at - there[each.key]) for each in one if each.key in there]
    assert len(apart) >= 10
    assert max(apart) < 100


def test_what_is_not_about_the_two_has_no_anchors():
    assert told("n317").anchors == ()
