"""Evidence is whole: every decision points at the characters that caused it, and they stand where it says."""

import functools
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from flows.solve import lexicon
from tasks.cluster import Judged, cluster
from tasks.cluster.shared import shared
from tasks.dedupe import Printed, dedupe, fingerprint
from tasks.dedupe.passages import passages
from tests.command import ROOT
from tests.test_cluster import FRUIT, TALKS, judged, sample
from tests.test_dedupe import body, printed
from warehouse.records import Article, Judgement, Shared


@functools.cache
def labelled() -> tuple[Judged, ...]:
    """Judge our own gold articles."""
    lines = (ROOT / "tests/gold/articles.jsonl").read_text("utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["published"]]
    days = [datetime.fromisoformat(row["published"][:10]).replace(tzinfo=UTC) for row in rows]
    return tuple(judged(row["id"], row["title"], row["text"], day) for row, day in zip(rows, days, strict=True))


@functools.cache
def every() -> tuple[Judged, ...]:
    return (*labelled(), *(one for one, _, _ in sample().values()))


def decisions(one: Judgement) -> Iterator[str]:
    """Give the tag of everything that a judgement says."""
    yield from (f"relevance:{name}" for name, _ in one.relevance_parts)
    yield from (f"topic:{topic}" for topic in one.topics)
    for entity in one.entities:
        yield f"{entity.kind}:{entity.entity_id}"
        yield from [f"role:{entity.entity_id}"] if entity.role else []
    yield from (f"amount:{amount.unit}" for amount in one.amounts)
    yield from [f"event_type:{one.event_type}"] if one.event_type != "other" else []
    yield from [f"event_date:{one.event_date}"] if one.event_date else []
    yield from [f"event_place:{one.event_place}"] if one.event_place else []
    yield from (f"date_ahead:{day}" for day, _ in one.dates_ahead)
    yield from [f"wire:{one.wire}"] if one.wire else []


def test_all_words_stand_where_the_evidence_says():
    for one in every():
        for words in (*one.judgement.evidence, *(words for _, words in one.judgement.dates_ahead)):
            assert getattr(one.article, words.field)[words.start : words.end] == words.text != "", (
                one.article.article_id
            )


def test_everything_that_is_said_of_an_article_has_words():
    """Also a part of the score or a topic whose words stand in the body alone."""
    wanting = set()
    for one in every():
        shown = {words.tag for words in (*one.judgement.evidence, *(words for _, words in one.judgement.dates_ahead))}
        wanting |= {(one.article.article_id, said) for said in decisions(one.judgement) if said not in shown}
    assert not wanting


def test_every_amount_has_its_place_and_both_ends_of_a_range_share_one():
    for one in every():
        amounts = Counter((f"amount:{amount.unit}", amount.text) for amount in one.judgement.amounts)
        places = Counter((w.tag, w.text) for w in one.judgement.evidence if w.tag.startswith("amount:"))
        assert places == amounts, one.article.article_id


def test_the_score_is_the_sum_of_its_parts():
    for one in every():
        assert one.judgement.relevance_score == pytest.approx(sum(score for _, score in one.judgement.relevance_parts))


def stands(common: Shared, here: Article, there: Article) -> bool:
    """Say whether what two share stands in both where it says."""
    sides = ((common.here, here), (common.there, there))
    return all(words and getattr(its, words.field)[words.start : words.end] == words.text != "" for words, its in sides)


def test_whatever_joined_a_story_shows_what_it_shares_in_both_texts():
    known = {one.article.article_id: one for one, _, _ in sample().values()}
    copies = {key: root for key, (_, _, root) in sample().items() if root}

    told = cluster(list(known.values()), (), (), (), copies, lexicon())

    joined = [row for row in told.memberships if row.against and row.article_id not in copies]
    assert len(joined) > 50
    for row in (*joined, *told.continuations):
        assert row.shared, row
        for common in row.shared:
            assert stands(common, known[row.article_id].article, known[row.against].article), (row, common)


def test_every_copy_of_the_sample_shows_what_it_repeats():
    articles = [one.article for one, _, _ in sample().values()]
    known = {one.article_id: one for one in articles}

    rows = dedupe([Printed(one, fingerprint(one)) for one in articles], (), ())

    assert len(rows) > 5
    for row in rows:
        assert row.shared, row
        for common in row.shared:
            assert stands(common, known[row.article_id], known[row.against])


def test_machine_translations_show_the_part_of_their_addresses_that_is_one():
    twins = [
        printed(
            name, body(number), language=name, url=f"https://www.vietnam.vn/{name}/japan-and-vietnam-sign-four-papers"
        )
        for number, name in enumerate(("en", "ja"))
    ]

    [row] = dedupe(twins, (), ())

    [common] = row.shared
    assert common.kind == "address"
    assert common.here.text == common.there.text == "japan-and-vietnam-sign-four-papers"


def test_passages_are_found_under_other_diacritics_width_and_case():
    plain = "Chủ tịch nước Võ Văn Thưởng hội kiến Nhật hoàng Naruhito tại Tokyo, ngày ２８ tháng １１, cùng Phu nhân. "
    folded = "CHU TICH NUOC VO VAN THUONG hoi kien Nhat hoang Naruhito tai Tokyo ngay 28 thang 11 cung Phu nhan"
    one, other = printed("a", f"{plain}{body(1)}"), printed("b", f"{folded} {body(1)}")

    [row] = dedupe([one, other], (), ())

    first = row.shared[0]
    assert {first.here.text[:8], first.there.text[:8]} == {"Chủ tịch", "CHU TICH"}


@pytest.mark.parametrize(
    "text",
    [
        " ".join(body(number) for number in range(40)),
        "Thủ tướng Phạm Minh Chính hội đàm với Thủ tướng Ishiba Shigeru tại Hà Nội sáng 28/4, hai bên ký bốn văn kiện.",
        "石破茂首相は二十八日、ハノイでファム・ミン・チン首相と会談し、両国の外務・防衛当局の次官級協議の創設で合意した。"
        * 60,
    ],
    ids=["long", "short", "japanese"],
)
def test_of_the_same_text_twice_the_same_passage_is_shown_as_of_texts_that_differ_in_their_end(text):
    one = printed("a", text)
    [same] = passages(one, printed("b", text))
    first = passages(one, printed("c", f"{text} Nothing more follows here but this remark of a sub-editor."))[0]
    assert (same.here, same.there) == (first.here, first.there)


def test_a_pair_that_shares_no_key_shows_the_titles_and_one_without_a_title_its_beginning():
    from tasks.cluster.pairs import weigh, weights
    from tasks.cluster.signature import sign

    bare = judged("bare", "", "Nothing of this is in the other text at all, whatever one looks for.")
    weighed = {one.article.article_id: weigh(sign(one, lexicon()), weights()) for one in (bare, FRUIT, TALKS)}

    [common] = shared(bare, FRUIT, weighed["bare"], weighed["fruit"])

    assert (common.kind, common.here.field, common.there.field) == ("lead", "text", "title")
    assert stands(common, bare.article, FRUIT.article)
