"""What cluster promises: one story for one event, whatever the outlet, the language and the order of arrival."""

import functools
import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.sample import load
from tasks.cluster import Clustering, Judged, cluster
from tasks.cluster.matters import matters
from tasks.cluster.pairs import features, likelihood, weigh, weights
from tasks.cluster.scan import invites, months, names, visited
from tasks.cluster.signature import sign
from tasks.cluster.solve import Pair, average_link, pair
from tasks.cluster.strands import strand
from tasks.figures import days, figures
from tasks.lexicon import Lexicon, build
from tasks.tag import tag
from tasks.text import clean, fold
from tests.samples import article
from warehouse.records import Membership, Story
from warehouse.seeds import tables

DAY = datetime(2025, 4, 28, 3, tzinfo=UTC)


@functools.cache
def lexicon() -> Lexicon:
    return build(tables())


def judged(name: str, title: str, text: str, at: datetime = DAY) -> Judged:
    """Judge an article as collecting does."""
    bare = article(article_id=name, title=title, text=clean(text), published=at, first_seen=at, language="")
    judgement = tag(bare, lexicon())
    return Judged(replace(bare, language=judgement.language), judgement)


@functools.cache
def sample() -> dict[str, tuple[Judged, str, str]]:
    """Give the sample's articles, judged, each with its story and what it copies."""
    return {
        one.key: (judged(one.key, one.title, one.body, one.published.astimezone(UTC)), one.story, one.copy_of)
        for one in load().articles
    }


class Held:
    """What a warehouse would hold between two calls."""

    def __init__(self) -> None:
        self.articles: list[Judged] = []
        self.stories: dict[str, Story] = {}
        self.members: dict[str, Membership] = {}

    def take(
        self,
        new: Sequence[Judged],
        copies: Mapping[str, str] | None = None,
        together: Collection[Pair] = (),
        apart: Collection[Pair] = (),
    ) -> Clustering:
        """Cluster new articles against what is held, and hold what comes of it."""
        own = {one.article.article_id for one in new}
        before = [one for one in self.articles if one.article.article_id not in own]
        members = list(self.members.values())
        told = cluster(new, before, list(self.stories.values()), members, copies or {}, lexicon(), together, apart)
        self.articles = [*before, *new]
        self.stories |= {one.story_id: one for one in told.stories}
        touched = {one.story_id for one in told.stories}
        self.members = {key: row for key, row in self.members.items() if row.story_id not in touched}
        self.members |= {row.article_id: row for row in told.memberships}
        return told

    def groups(self) -> set[frozenset[str]]:
        return groups(self.members.values())


def groups(members: Iterable[Membership]) -> set[frozenset[str]]:
    found = defaultdict(set)
    for row in members:
        found[row.story_id].add(row.article_id)
    return {frozenset(group) for group in found.values()}


TALKS = judged(
    "talks",
    "Japan, Vietnam sign loan of 30 billion yen for Can Tho bridge",
    "JICA and the Ministry of Finance signed a loan agreement of 30 billion yen in Can Tho on April 28 for a bridge of "
    "4.2 kilometres over the Hau River. Work is to begin in 2026.",
)
TALKS_JA = judged(
    "talks-ja",
    "カントーの橋に300億円の円借款、JICAが調印",
    "国際協力機構（JICA）とベトナム財政省は4月28日、カントー市でハウ川の橋（4.2キロ）に300億円の円借款を供与する契約に調印した。",
    DAY + timedelta(hours=5),
)
TALKS_VI = judged(
    "talks-vi",
    "JICA cho vay 30 tỷ yên xây cầu ở Cần Thơ",
    "Ngày 28/4 tại Cần Thơ, JICA và Bộ Tài chính ký hiệp định vay 30 tỷ yên để xây cầu dài 4,2 km qua sông Hậu.",
    DAY + timedelta(hours=9),
)
FRUIT = judged(
    "fruit",
    "First Vietnamese durians arrive in Yokohama",
    "A container with 18 tonnes of durians from Dak Lak reached Yokohama in Japan on April 27, importers said.",
    DAY - timedelta(hours=6),
)


# --- the sample -------------------------------------------------------------------------------------------------------


def test_the_sample_gives_exactly_its_stories():
    truth = defaultdict(set)
    for key, (_, story, _) in sample().items():
        if story:
            truth[story].add(key)

    told = cluster(
        [one for one, _, _ in sample().values()],
        (),
        (),
        (),
        {key: copied for key, (_, _, copied) in sample().items() if copied},
        lexicon(),
    )

    assert groups(told.memberships) == {frozenset(group) for group in truth.values()}


@given(st.randoms(use_true_random=False), st.integers(1, 9))
@settings(max_examples=12)
def test_neither_order_nor_batches_change_who_is_told_together(dice, batches):
    """Only ids may depend on what came first."""
    chosen = dice.sample(sorted(sample()), 40)
    copies = {key: copied for key in chosen if (copied := sample()[key][2])}
    arriving = [sample()[key][0] for key in chosen]
    held = Held()

    for start in range(batches):
        held.take(arriving[start::batches], copies)

    assert held.groups() == groups(cluster(arriving, (), (), (), copies, lexicon()).memberships)


# --- who is told together ---------------------------------------------------------------------------------------------


def test_one_event_is_one_story_in_three_languages():
    told = cluster([TALKS, TALKS_JA, TALKS_VI, FRUIT], (), (), (), {}, lexicon())

    assert groups(told.memberships) == {frozenset({"talks", "talks-ja", "talks-vi"}), frozenset({"fruit"})}


def test_what_only_mentions_both_countries_is_in_no_story():
    passing = Judged(FRUIT.article, replace(FRUIT.judgement, relevance="mention"))

    assert cluster([passing], (), (), (), {}, lexicon()) == Clustering((), (), ())


def test_two_visits_in_one_week_are_two_stories():
    kishida = [
        judged(
            "k1", "Kishida arrives in Hanoi", "Prime Minister Kishida Fumio arrived in Hanoi for an official visit."
        ),
        judged(
            "k2",
            "岸田首相、ハノイでチン首相と会談",
            "ベトナムを訪問中の岸田文雄首相はハノイでファム・ミン・チン首相と会談した。",
        ),
    ]
    thuong = [
        judged("t1", "Võ Văn Thưởng thăm chính thức Nhật Bản", "Chủ tịch nước Võ Văn Thưởng đến Tokyo, thăm Nhật Bản."),
        judged(
            "t2", "President Vo Van Thuong begins visit to Japan", "President Vo Van Thuong is in Tokyo on a visit."
        ),
    ]

    told = cluster([*kishida, *thuong], (), (), (), {}, lexicon())

    assert groups(told.memberships) == {frozenset({"k1", "k2"}), frozenset({"t1", "t2"})}


def test_a_visit_is_one_story_whoever_is_met():
    told = cluster(
        [
            judged("a", "Ishiba to visit Vietnam",
                   "Chief Cabinet Secretary Hayashi Yoshimasa announced on Tuesday that Prime Minister Ishiba Shigeru "
                   "will visit Vietnam from April 27 to 29.", DAY - timedelta(days=5)),
            judged("b", "Tổng Bí thư Tô Lâm tiếp Thủ tướng Nhật Bản Ishiba Shigeru",
                   "Chiều 27/4 tại Hà Nội, Tổng Bí thư Tô Lâm tiếp Thủ tướng Ishiba Shigeru thăm chính thức Việt Nam."),
            judged("c", "石破首相、国会議長と会談",
                   "ベトナムを訪問中の石破茂首相は28日、ハノイでチャン・タイン・マン国会議長と会談した。"),
        ], (), (), (), {}, lexicon(),
    )  # fmt: skip

    assert groups(told.memberships) == {frozenset({"a", "b", "c"})}


def test_the_same_conference_in_another_town_on_another_day_is_another_story():
    told = cluster(
        [
            judged("hanoi", "Meet Japan conference held in Hanoi",
                   "The Meet Japan conference took place in Hanoi on April 21 with 300 delegates from 20 provinces.",
                   DAY - timedelta(days=7)),
            judged("can-tho", "Meet Japan conference held in Can Tho",
                   "The Meet Japan conference took place in Can Tho on April 28 with 450 delegates from the delta."),
        ], (), (), (), {}, lexicon(),
    )  # fmt: skip

    assert len(told.stories) == 2


def test_leaders_who_meet_in_a_third_country_are_no_part_of_a_visit():
    visit = [
        judged("v1", "Ishiba holds talks with Chinh in Hanoi",
               "Prime Minister Ishiba Shigeru, on a visit to Vietnam, met Prime Minister Pham Minh Chinh in Hanoi."),
        judged("v2", "石破首相、ハノイでチン首相と会談",
               "ベトナムを訪問中の石破茂首相は28日、ハノイでファム・ミン・チン首相と会談した。"),
    ]  # fmt: skip
    abroad = [
        judged("a1", "Chinh, Ishiba meet in Kuala Lumpur",
               "Prime Ministers Pham Minh Chinh and Ishiba Shigeru met for half an hour and spoke of trade."),
        judged("a2", "石破首相、クアラルンプールでチン首相と会談",
               "石破茂首相は28日、マレーシアでファム・ミン・チン首相と会談し、貿易とエネルギーを話し合った。"),
    ]  # fmt: skip

    told = cluster([*visit, *abroad], (), (), (), {}, lexicon())

    assert groups(told.memberships) == {frozenset({"v1", "v2"}), frozenset({"a1", "a2"})}


@pytest.mark.parametrize(("here", "there", "apart"), [("Hue", "Da Nang", True), ("Da Nang", "Hoi An", False)])
def test_a_town_in_the_title_parts_two_pieces_of_news_unless_it_lies_in_the_others(here, there, apart):
    """Hội An has lain in Đà Nẵng since 2025."""
    one = judged("one", f"Japanese festival opens in {here}", "")
    other = judged("other", f"Japanese festival opens in {there}", "")
    first, second = (weigh(sign(each, lexicon()), weights()) for each in (one, other))

    assert features(first, second)["other_town"] == float(apart)


def test_a_later_stage_of_a_matter_is_another_story_that_follows_it():
    agreed = [sample()[key][0] for key in sample() if sample()[key][1] == "metro-loan-agreed"]
    signed = [sample()[key][0] for key in sample() if sample()[key][1] == "metro-loan-signed"]
    held = Held()
    [earlier] = {row.story_id for row in held.take(agreed).memberships}

    told = held.take(signed)

    [link] = told.continuations
    assert link.earlier_id == earlier
    assert link.story_id in {one.story_id for one in told.stories}
    assert "JICA" in link.why


def test_what_has_nothing_in_common_with_an_earlier_story_follows_none():
    held = Held()
    held.take([FRUIT])

    late = judged("late", TALKS.article.title, TALKS.article.text, DAY + timedelta(days=9))

    assert held.take([late]).continuations == ()


def test_a_copy_goes_where_its_root_goes():
    copy = replace(TALKS_VI.article, article_id="copy", title="Bản tin", text="Xem chi tiết tại đây.")
    told = cluster([TALKS, Judged(copy, TALKS_VI.judgement)], (), (), (), {"copy": "talks"}, lexicon())

    assert groups(told.memberships) == {frozenset({"talks", "copy"})}
    assert {row.article_id: row.against for row in told.memberships} == {"talks": "", "copy": "talks"}


# --- a story's life ---------------------------------------------------------------------------------------------------


def test_a_story_is_named_by_its_founder_and_keeps_its_id_when_an_earlier_report_turns_up():
    held = Held()
    [story] = held.take([TALKS_VI]).stories
    [grown] = held.take([TALKS, TALKS_JA]).stories

    assert grown.story_id == story.story_id
    assert grown.founded_by == "talks-vi"
    assert (grown.first_seen, grown.last_seen) == (TALKS.article.first_seen, TALKS_VI.article.first_seen)


def test_when_stories_merge_the_older_stays_and_the_other_leaves_a_trace():
    held = Held()
    held.take([TALKS])
    held.take([FRUIT])
    older = held.members["fruit"].story_id

    told = held.take([TALKS], together=[pair("talks", "fruit")])

    assert held.groups() == {frozenset({"talks", "fruit"})}
    assert {one.merged_into for one in told.stories} == {"", older}


def test_what_a_user_split_stays_apart_and_the_story_stays_with_its_founder():
    held = Held()
    held.take([TALKS, TALKS_JA])
    story = held.members["talks"].story_id

    held.take([TALKS_JA], apart=[pair("talks", "talks-ja")])

    assert held.groups() == {frozenset({"talks"}), frozenset({"talks-ja"})}
    assert held.members["talks"].story_id == story


def test_an_article_that_lost_its_relevance_leaves_its_story():
    held = Held()
    held.take([TALKS, TALKS_JA])

    told = held.take([Judged(TALKS_JA.article, replace(TALKS_JA.judgement, relevance="mention"))])

    assert [row.article_id for row in told.memberships] == ["talks"]


def test_every_member_says_in_one_line_what_it_shares():
    told = cluster([TALKS, TALKS_JA], (), (), (), {}, lexicon())
    [why] = [row.why for row in told.memberships if row.against]

    assert "JICA" in why
    assert "Cần Thơ" in why
    assert "2025-04-28" in why
    assert "30,000,000,000" in why
    assert "\n" not in why


def test_stories_out_of_reach_are_not_touched():
    held = Held()
    held.take([TALKS])

    told = held.take([FRUIT])

    assert [row.article_id for row in told.memberships] == ["fruit"]


def test_nothing_new_gives_nothing():
    assert cluster((), [TALKS], (), (), {}, lexicon()) == Clustering((), (), ())


# --- pairs ------------------------------------------------------------------------------------------------------------


def test_a_pair_is_as_likely_whichever_comes_first():
    signed = [weigh(sign(one, lexicon()), weights()) for one in (TALKS, TALKS_JA, TALKS_VI, FRUIT)]

    for one in signed:
        for other in signed:
            there, back = likelihood(one, other, weights()), likelihood(other, one, weights())
            assert there == pytest.approx(back)
            assert 0 <= there <= 1


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("a loan of 28.6 billion yen", {"2.86e+10"}),
        ("286億円の円借款", {"2.86e+10"}),
        ("vay 28,6 tỷ yên", {"2.86e+10"}),
        ("286억 엔", {"2.86e+10"}),
        ("1億2500万円", {"1.25e+08"}),
        ("5,200 tỷ đồng", {"5.2e+12"}),
        ("5.2 trillion dong", {"5.2e+12"}),
        ("600.000 người", {"600000"}),
        ("600,000 people and 62 per cent", {"600000", "62%"}),
        ("62％が", {"62%"}),
        ("in 2025, on 27 April, 12 of them", set()),
    ],
)
def test_a_figure_is_one_in_every_language(written, same):
    assert figures(fold(written)) == same


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("from April 27 to 29", {(4, 27), (4, 28), (4, 29)}),
        ("27-29/4/2025", {(4, 27), (4, 28), (4, 29)}),
        ("từ ngày 27 đến ngày 29/4", {(4, 27), (4, 28), (4, 29)}),
        ("4月27日から29日まで", {(4, 27), (4, 28), (4, 29)}),
        ("27.–29. april", {(4, 27), (4, 28), (4, 29)}),
        ("4월 30일", {(4, 30)}),
        ("le 28 avril, el 1 de mayo", {(4, 28), (5, 1)}),
        ("2+2 in 2025", set()),
    ],
)
def test_days_are_read_in_every_language(written, named):
    assert days(fold(written)) == named


def test_months_are_read_in_every_language():
    written = ["in November 2023", "tháng 11/2023", "tháng 11 năm 2023", "2023年11月", "2023년 11월", "novembre 2023"]

    assert {frozenset(months(fold(one))) for one in written} == {frozenset({(2023, 11)})}


@pytest.mark.parametrize(
    ("written", "side"),
    [
        ("Ishiba visits Vietnam", "vietnam"),
        ("Thủ tướng Nhật Bản thăm chính thức Việt Nam", "vietnam"),
        ("石破首相、ベトナムとフィリピンを訪問", "vietnam"),
        ("石破茂27日起訪越南", "vietnam"),
        ("이시바 총리 베트남 방문", "vietnam"),
        ("訪日中のフック国家主席", "japan"),
        ("Party delegation pays working visit to Japan", "japan"),
        ("invited the general secretary to visit Japan", ""),
        ("mời Tổng Bí thư thăm Nhật Bản", ""),
        ("thăm Trường Đại học Việt Nhật", ""),
        ("the two sides met", ""),
    ],
)
def test_who_is_visited_is_read_in_every_language(written, side):
    assert visited(fold(written)) == side


def test_an_invitation_is_no_visit():
    assert invites(fold("Government weighs Hanoi's invitation"))
    assert not invites(fold("Government weighs a visit"))


def test_names_are_words_with_a_capital_inside_a_sentence():
    assert names("The works of Kaneko Shinji in Idaho. Scientists were there.") == {"kaneko", "shinji", "idaho"}


@pytest.mark.parametrize(
    ("written", "language"),
    [("a shipment of fresh pomelo", "en"), ("lô hàng bưởi tươi", "vi"), ("ポメロを初出荷", "ja"), ("首批柚子", "zh")],
)
def test_a_matter_is_one_in_every_language(written, language):
    assert {"pomelo", "shipment"} <= set(matters(written, language))


def test_a_term_is_not_found_inside_another_word():
    """Vietnamese `ai` is who, and `than` is coal: terms are looked up in the text's own language, word by word."""
    assert set(matters("more than said", "en")) == set()
    assert "ai-digital" not in set(matters("ai nói với bài", "vi"))


# --- average link -----------------------------------------------------------------------------------------------------

NAMES = "abcdefg"
LIKELY = st.dictionaries(
    st.sampled_from([pair(a, b) for a in NAMES for b in NAMES if a < b]), st.floats(0, 1), max_size=21
)


@given(LIKELY, st.floats(0.05, 1), st.randoms(use_true_random=False))
def test_average_link_groups_everybody_once_whatever_the_order(likely, threshold, dice):
    shuffled = list(likely.items())
    dice.shuffle(shuffled)

    found = average_link(NAMES, likely, (), threshold)

    assert sorted(name for group in found for name in group) == sorted(NAMES)
    assert found == average_link(reversed(NAMES), dict(shuffled), (), threshold)


@given(LIKELY, st.floats(0.05, 1))
def test_average_link_stops_only_where_no_two_groups_are_likely_enough(likely, threshold):
    found = average_link(NAMES, likely, (), threshold)

    for one in found:
        for other in found:
            if min(one) < min(other):
                total = sum(likely.get(pair(a, b), 0.0) for a in one for b in other)
                assert total / (len(one) * len(other)) < threshold + 1e-9


@given(LIKELY)
def test_average_link_keeps_together_what_must_be_and_apart_what_must_not(likely):
    ruled = likely | {pair("c", "d"): -1e6}

    found = average_link(NAMES, ruled, [pair("a", "b")], 0.3)

    assert any({"a", "b"} <= group for group in found)
    assert not any({"c", "d"} <= group for group in found)


def test_one_shared_key_never_carries_a_match():
    """Two articles may both name the Osaka expo and have nothing else in common."""
    told = cluster(
        [
            judged("song", "Vietnamese singers perform at Osaka Expo",
                   "Three Vietnamese singers performed at the Osaka expo in Japan on Sunday, before 900 people."),
            judged("tea", "Osaka Expo: Vietnam shows lotus tea to Japanese buyers",
                   "Growers of lotus tea from Hue met Japanese buyers at the Osaka expo and signed two contracts worth "
                   "40,000 dollars."),
        ], (), (), (), {}, lexicon(),
    )  # fmt: skip

    assert len(told.stories) == 2


def test_random_text_is_no_trouble():
    dice = random.Random(4)
    odd = ["", "\u202e\u0627\u0644", "🙂" * 40, "".join(map(chr, dice.choices(range(32, 0x3000), k=500)))]

    told = cluster(
        [
            Judged(replace(one.article, article_id=f"odd{number}"), replace(one.judgement, relevance="related"))
            for number, one in enumerate(judged("odd", text, text) for text in odd)
        ], (), (), (), {}, lexicon(),
    )  # fmt: skip

    assert len(told.memberships) == len(odd)


def test_days_far_from_the_articles_own_are_background():
    """The day of an anniversary neither joins nor parts: only days within 45 of the article's own are what it tells."""
    signed = sign(judged("x", "50 years after April 30", "Ties date from September 21, 1973. They met on April 27."))

    assert signed.recent == {date(2025, 4, 30), date(2025, 4, 27)}


@pytest.mark.parametrize(
    ("title", "text", "told"),
    [
        (
            "Ishiba, Chinh hold talks in Hanoi",
            "Prime Minister Ishiba Shigeru met Prime Minister Pham Minh Chinh.",
            "talks",
        ),
        (
            "石破首相、ベトナム国会議長と会談",
            "石破茂首相はハノイでチャン・タイン・マン国会議長と会談した。",
            "parliament",
        ),
        ("Vietnam, Japan sign four documents", "Japan and Vietnam signed papers in Hanoi.", "signing"),
        ("Diễn đàn doanh nghiệp Việt Nam - Nhật Bản", "Doanh nghiệp hai nước bàn về đầu tư tại Hà Nội.", "business"),
        ("Crown Prince Akishino visits Hanoi", "Crown Prince Akishino met the President of Vietnam.", "royal house"),
        ("Việt Nam", "Nhật Bản.", ""),
    ],
)
def test_a_story_has_strands(title, text, told):
    """What an article tells of its story is named by whom the title names, else by its event and its first topic."""
    assert strand(judged("a1", title, text), lexicon()) == told


def test_members_carry_their_strand():
    """Articles of one visit stand in one story, each under its strand."""
    talks = judged(
        "a1", "Ishiba and Chinh hold talks in Hanoi", "Ishiba Shigeru met Pham Minh Chinh in Hanoi on April 28."
    )
    signed = judged("a2", "Ishiba and Chinh sign papers", "Ishiba Shigeru met Pham Minh Chinh in Hanoi on April 28.")
    found = cluster([talks, signed], [], [], [], {}, lexicon())

    assert {row.article_id: row.strand for row in found.memberships} == {"a1": "talks", "a2": "signing"}
    assert len(found.stories) == 1
