"""What dedupe promises: copies are known again, strangers are not, and the order of arrival changes nothing."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.dedupe import DENSE, SAMPLE, Printed, dedupe, fingerprint, shingles
from tasks.text import fold
from warehouse.records import Article, Duplicate

NOON = datetime(2025, 4, 27, 12, tzinfo=UTC)
PLAIN = Article(
    article_id="plain",
    revision="1",
    source_id="courier",
    outlet="Courier",
    family="courier",
    side="vietnam",
    source_kind="press",
    url="https://courier.example/plain",
    canonical_url="https://courier.example/plain",
    language="en",
    title="",
    text="",
    text_kind="full",
    published=NOON,
    published_quality="explicit",
    first_seen=NOON,
    revised_at=NOON,
    words=0,
)
VOCABULARY = [
    f"{first}{last}" for first in ("ka", "mo", "ri", "tu", "ve", "xa", "no", "li") for last in "bcdfghkmnprst"
]


def paragraph(number: int, size: int = 60) -> str:
    """Make a paragraph of nonsense words, its own for each number."""
    dice = random.Random(number)
    return " ".join(dice.choice(VOCABULARY) for _ in range(size)) + "."


def printed(name: str, text: str, **fields) -> Printed:
    """Make an article with its print; seen when it was published, if nothing else is said."""
    seen = {"first_seen": fields.get("published") or NOON, "url": f"https://courier.example/{name}"}
    article = replace(PLAIN, article_id=name, text=text, **{**seen, **fields})
    return Printed(article, fingerprint(article))


def body(*numbers: int) -> str:
    return "\n".join(map(paragraph, numbers))


def roots(rows: Sequence[Duplicate]) -> dict[str, str]:
    return {row.article_id: row.duplicate_of for row in rows}


def test_the_print_of_a_text_never_changes():
    """Prints are kept for years and on many machines: these were taken once and hold for good."""
    print_ = fingerprint(replace(PLAIN, text="Hà Nội và Tokyo ký 4 văn bản, 石破首相は28日に会談した"))

    assert (print_.body_hash, print_.shingles, print_.sample) == (
        "d1541ba82b62bf44",
        15,
        (5417066973238988144, 18411682757563258400),
    )


@pytest.mark.parametrize(
    ("written", "otherwise"),
    [
        ("Chủ tịch nước Võ Văn Thưởng thăm Nhật Bản", "Chu tich nuoc Vo Van Thuong tham Nhat Ban"),
        ("Việt Nam and Japan, in Hà Nội", "VIETNAM AND JAPAN IN HANOI!"),
        ("ＯＤＡ は 石破首相 が", "ODAは石破首相が"),
    ],
)
def test_diacritics_case_width_blanks_and_marks_do_not_count(written, otherwise):
    assert shingles(written) == shingles(otherwise)


def test_a_place_whose_name_begins_like_hanoi_keeps_its_name():
    assert shingles("tinh Ha Nam va Nhat") != shingles("tinh Hanam va Nhat")


def test_a_sample_holds_the_hashes_divisible_by_its_density():
    article = replace(PLAIN, text=body(1, 2, 3, 4))
    every = set(shingles(article.text))

    assert set(fingerprint(article).sample) == {value for value in every if value % SAMPLE == 0}
    assert set(fingerprint(article, DENSE).sample) == {value for value in every if value % DENSE == 0}


def test_the_same_text_in_other_spelling_is_an_exact_copy():
    one = printed("one", body(1, 2))
    two = printed("two", fold(body(1, 2)).upper(), published=NOON + timedelta(hours=1))

    (row,) = dedupe([one, two], [], [])

    assert (row.article_id, row.duplicate_of, row.kind, row.score) == ("two", "one", "exact", 1.0)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("another lead", body(90, 2, 3, 4, 5)),
        ("three in five paragraphs kept", body(1, 2, 3)),
        ("furniture around it", paragraph(91, 30) + body(1, 2, 3, 4, 5) + paragraph(92, 60)),
        ("merged with another story", body(1, 2, 3, 4, 93, 94)),
        (
            "each eighth word another",
            " ".join(w if i % 8 else "zzz" for i, w in enumerate(body(1, 2, 3, 4, 5).split())),
        ),
        ("each fifth word another", " ".join(w if i % 5 else "zzz" for i, w in enumerate(body(1, 2, 3, 4, 5).split()))),
    ],
)
def test_an_edited_text_is_a_near_copy(name, text):
    original = printed("original", body(1, 2, 3, 4, 5))

    (row,) = dedupe([printed(name, text, published=NOON + timedelta(hours=2))], [original], [])

    assert (row.duplicate_of, row.kind, row.against) == ("original", "near", "original")
    assert "shingles shared" in row.evidence


def test_a_background_paragraph_makes_no_copy():
    told = printed("told", body(1, 2, 3))
    follow_up = printed("follow-up", body(10, 11, 3), published=NOON + timedelta(days=1))

    assert dedupe([follow_up], [told], []) == ()


def test_titles_and_summaries_are_never_copies_on_little():
    one = printed("one", "Prime Minister Ishiba leaves for Hanoi", title="Ishiba in Hanoi", text_kind="summary")
    two = printed("two", "Prime Minister Ishiba leaves for Hanoi", title="A visit begins", text_kind="summary")
    bare = [printed(name, "", title="Ishiba in Hanoi", text_kind="title") for name in ("three", "four")]

    assert dedupe([one, two, *bare], [], []) == ()


def test_translations_are_known_by_the_address_of_their_twins():
    slug = "thu-tuong-nhat-ban-ishiba-shigeru-tham-chinh-thuc-viet-nam"
    vietnamese = printed("vi", body(1), language="vi", url=f"https://www.vietnam.vn/{slug}")
    norwegian = printed("nb", body(2), language="nb", url=f"https://www.vietnam.vn/no/{slug}", first_seen=NOON)
    unlike = printed(
        "x", body(3), language="ja", url="https://www.vietnam.vn/ja/another-article-of-the-same-site-altogether"
    )

    (row,) = dedupe([norwegian, unlike], [vietnamese], [])

    assert {row.article_id, row.duplicate_of} == {"nb", "vi"}
    assert row.kind == "translation"


def test_the_root_is_of_the_baseline_else_the_earliest_else_the_smallest_id():
    late = printed("baseline:007", body(1, 2), published=NOON + timedelta(days=3), first_seen=NOON + timedelta(days=3))
    early, b = printed("z", body(1, 2), published=NOON - timedelta(hours=1)), printed("b", body(1, 2))
    a = printed("a", body(1, 2), published=None, first_seen=NOON)

    assert roots(dedupe([a, b], [], [])) == {"b": "a"}
    assert roots(dedupe([early], [a, b], dedupe([a, b], [], []))) == {"a": "z", "b": "z"}
    assert set(roots(dedupe([a, b, early, late], [], [])).values()) == {"baseline:007"}


def test_nothing_was_published_after_it_was_seen():
    """Shown dates may lie in the future (a zone applied twice); they do not make a copy of the original."""
    original = printed("original", body(1, 2), published=NOON + timedelta(hours=7), first_seen=NOON)
    copy = printed("copy", body(1, 2), published=NOON + timedelta(hours=1), first_seen=NOON + timedelta(hours=1))

    assert roots(dedupe([copy, original], [], [])) == {"copy": "original"}


def test_a_text_merged_of_two_does_not_tie_the_two():
    first, second = (
        printed("first", body(1, 2, 3)),
        printed("third", body(4, 5, 6), published=NOON + timedelta(hours=3)),
    )
    both = printed("second", body(1, 2, 3, 4, 5, 6), published=NOON + timedelta(hours=1))

    assert roots(dedupe([first, both, second], [], [])) == {"second": "first"}


def test_a_new_revision_is_judged_by_its_own_text():
    original, copy = printed("original", body(1, 2)), printed("copy", body(1, 2), published=NOON + timedelta(hours=1))
    before = dedupe([original, copy], [], [])

    rewritten = printed("copy", body(8, 9), revision="2", revision_no=2)

    assert roots(before) == {"copy": "original"}
    assert dedupe([rewritten], [original], before) == ()


def test_a_copy_of_a_rewritten_article_is_judged_again():
    original, copy = printed("original", body(1, 2)), printed("copy", body(1, 2), published=NOON + timedelta(hours=1))
    rewritten = printed("original", body(8, 9), revision="2", revision_no=2)

    assert dedupe([rewritten], [copy], dedupe([original, copy], [], [])) == ()


def test_what_a_user_unfolded_stays_unfolded():
    one, two = printed("one", body(1, 2)), printed("two", body(1, 2), published=NOON + timedelta(hours=1))
    three = printed("three", body(1, 2), published=NOON + timedelta(hours=2))

    assert roots(dedupe([three], [one, two], dedupe([one, two], [], []), unfolded={"two"})) == {"three": "one"}


def test_a_text_that_is_not_held_is_compared_by_its_sample():
    source = printed("baseline:000", body(*range(1, 9)))
    bare = Printed(replace(source.article, text=""), fingerprint(source.article, DENSE))
    rewrite = printed("rewrite", body(70, *range(2, 7)), published=NOON + timedelta(days=90))
    stranger = printed("stranger", body(*range(20, 28)))

    (row,) = dedupe([rewrite, stranger], [bare], [])

    assert (row.article_id, row.duplicate_of, row.kind) == ("rewrite", "baseline:000", "near")
    assert row.evidence.startswith("about ")


def test_rows_of_articles_that_were_not_given_follow_their_root():
    one, two = printed("one", body(1, 2)), printed("two", body(1, 2), published=NOON + timedelta(hours=1))
    far = Duplicate("far", "one", "near", 0.7, "two", "given earlier", "dedupe-0")
    earlier = printed("earlier", body(1, 2), published=NOON - timedelta(hours=1))

    assert roots(dedupe([earlier], [one, two], [far])) == {"far": "earlier", "one": "earlier", "two": "earlier"}


@st.composite
def arrivals(draw):
    """Give articles made of a few common paragraphs, cut into batches."""
    many = draw(st.integers(2, 7))
    articles = []
    for number in range(many):
        parts = draw(st.lists(st.integers(0, 5), min_size=1, max_size=4, unique=True))
        hours = draw(st.integers(0, 3))
        address = (
            f"https://www.vietnam.vn/{draw(st.sampled_from(('no/', 'ja/', '')))}mot-bai-viet-dai-ve-quan-he-viet-nhat"
        )
        twin = draw(st.booleans()) and draw(st.booleans())
        articles.append(
            printed(
                f"{number}",
                body(*parts),
                published=NOON + timedelta(hours=hours),
                language=draw(st.sampled_from(("vi", "nb", "ja"))) if twin else "en",
                **({"url": address} if twin else {}),
            )
        )
    order = draw(st.permutations(articles))
    cuts = sorted(draw(st.sets(st.integers(1, many - 1))))
    return articles, [order[start:end] for start, end in zip([0, *cuts], [*cuts, many], strict=True)]


@given(arrivals())
@settings(max_examples=150)
def test_neither_order_nor_batches_change_a_row(case):
    articles, batches = case
    held: list[Printed] = []
    rows: tuple[Duplicate, ...] = ()

    for batch in batches:
        rows = dedupe(batch, held, rows)
        held.extend(batch)

    assert rows == dedupe(articles, [], [])


@given(st.text(max_size=400))
def test_any_text_has_a_print(text):
    print_ = fingerprint(replace(PLAIN, text=text))

    assert print_.shingles >= len(print_.sample)
