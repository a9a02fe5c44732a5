"""The renamed and moved sample: other names and days, the same news."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from flows.sample import Article, load
from flows.sample.check import problems
from flows.sample.texts import Revision
from tests.moved import moved
from tests.renamed import NAMES, WEEKS, lexicon, renamed

SAMPLE = load()
RENAMED = renamed(SAMPLE)
MOVED = moved(SAMPLE, WEEKS)
ENTRIES = [(old, new) for entries in NAMES.values() for old, (new, *_) in entries.items()]
SPELLINGS = ("label", "en", "vi", "ja", "zh", "ko", "other")


def words(article: Article) -> str:
    """Give everything that a reader sees of an article, and the address that its outlet chose."""
    shown: list[Article | Revision] = [article, *article.revisions]
    forms = [text for one in shown for text in (one.title, one.summary, one.body)]
    return "\n".join([*forms, article.caption, article.path])


def offices(row: Mapping[str, str]) -> set[str]:
    """Give the offices that a person held."""
    return {part.split(":")[0] for part in row["roles"].split("/") for part in part.split(";") if ":" in part}


@pytest.mark.parametrize(("old", "new"), ENTRIES)
def test_a_name_is_exchanged_for_another_of_the_lexicon_of_the_same_side_and_office_or_kind(old, new):
    mine, theirs = lexicon()[old], lexicon()[new]
    assert old != new
    assert mine["side"] == theirs["side"]
    if "roles" in mine:
        assert offices(mine) & offices(theirs)
    else:
        assert mine["kind"] == theirs["kind"]


def test_no_two_bear_the_same_new_name():
    assert len({new for _, new in ENTRIES}) == len(ENTRIES)


@pytest.mark.parametrize("old", sorted({old for old, _ in ENTRIES} - {new for _, new in ENTRIES}))
def test_no_spelling_of_an_old_name_that_the_lexicon_knows_is_left(old):
    row = lexicon()[old]
    spelled = {form.lstrip("=") for column in SPELLINGS for form in row[column].split("|") if form}
    spelled |= {form.replace(" ", "") for form in spelled if form > "ア"}
    left = {(one.key, form) for one in RENAMED.articles for form in spelled if form in words(one)}
    assert left == set()


@pytest.mark.parametrize(
    ("key", "phrase"),
    [
        ("visit-to-lam-courier", "Nông Đức Mạnh spoke by video link with Kishida's predecessor, Suga Yoshihide"),
        ("visit-announced-tin-viet", "General Secretary Nong Duc Manh"),
        ("visit-talks-tin-viet", "Phuc proposed that Japan"),
        ("visit-talks-mekong", "Fumio Kishida and Nguyen Xuan Phuc"),
        ("visit-talks-doi-ngoai", "Thủ tướng Nguyễn Xuân Phúc"),
        ("visit-talks-toto", "フック首相夫妻"),
        ("visit-talks-hangang", "기시다·푹 총리"),
        ("visit-announced-haixia", "會晤農德孟與阮春福"),
        ("visit-to-lam-lens-vi", "/vi/tong-bi-thu-nong-duc-manh-hoi-kien-thu-tuong-nhat-ban-kishida-fumio-toi-27-4"),
        ("coast-guard-da-nang-nichietsu", "ハイフォン沖"),
        ("gunma-ha-nam-nishi", "茨城県の大井川和彦知事"),
        ("gunma-ha-nam-nishi", "フンイエン省の幹部"),
        ("gunma-ha-nam-nishi", "ダナン港"),
        ("festival-nagoya-toto", "横浜・栄"),
        ("pomelo-shipped-tin-viet", "cảng Kobe"),
        ("metro-loan-signed-kanmon", "Finance Minister Ho Duc Phuoc"),
        ("metro-loan-signed-kanmon", "Finance Minister Ho Duc Phoc"),
        ("vju-kyushu-nichietsu", "東北大と日越大学"),
        ("vju-kyushu-courier", "the island of Kyushu"),
    ],
)
def test_names_are_exchanged_once_in_every_language_and_spelling(key, phrase):
    assert phrase in words(RENAMED.article(key))


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("visit-announced-courier", "on April 27-29", "on June 8-10"),
        ("visit-announced-tin-viet", "from April 27 to 29", "from June 8 to 10"),
        ("tariff-survey-courier", "between April 10 and 18", "between May 22 and 30"),
        ("festival-tokyo-courier", "on May 31 and June 1", "on July 12 and July 13"),
        ("visit-announced-tin-viet", "in November 2023", "in November 2023"),
        ("visit-announced-doi-ngoai", "từ ngày 27 đến ngày 29/4/2025", "từ ngày 8 đến ngày 10/6/2025"),
        ("visit-announced-doi-ngoai", "ngày 21/9/1973", "ngày 21/9/1973"),
        ("football-girls-song-hong", "thua Nhật Bản 0-3", "thua Nhật Bản 0-3"),
        ("coast-guard-da-nang-song-hong", "từ ngày 23 đến 26/4", "từ ngày 4 đến 7/6"),
        ("visit-to-lam-lens-vi", "-toi-27-4", "-toi-8-6"),
        ("visit-announced-nichietsu", "27日から30日まで", "8日から11日まで"),
        ("tariff-survey-nishi", "4月10～18日", "5月22～30日"),
        ("tariff-survey-nishi", "90日の猶予", "90日の猶予"),
        ("visit-departs-toto", "２８日に", "９日に"),
        ("visit-departs-toto", "４日間", "４日間"),
        ("imperial-invitation-toto", "先月２７日", "今月８日"),
        ("visit-announced-haixia", "27日至30日", "8日至11日"),
        ("visit-talks-hangang", "29일 필리핀", "10일 필리핀"),
        ("tariffs-fjordposten", "9. juli", "20. august"),
        ("festival-tokyo-lens-nb", "den 31. mai og 1. juni", "den 12. juli og 13. juli"),
        ("visit-talks-courrier", "lundi 28 avril", "lundi 9 juin"),
    ],
)
def test_the_days_that_a_text_names_move_as_its_language_spells_them(key, before, after):
    assert before in words(SAMPLE.article(key))
    assert after in words(MOVED.article(key))
    assert before == after or before not in words(MOVED.article(key))


@pytest.mark.parametrize("changed", [RENAMED, MOVED], ids=["renamed", "moved"])
def test_the_truth_stays(changed):
    truth = ("key", "outlet", "language", "relevance", "topics", "story", "copy_of", "copy_kind", "undated", "old_path")
    for one, other in zip(SAMPLE.articles, changed.articles, strict=True):
        assert [getattr(one, name) for name in truth] == [getattr(other, name) for name in truth]
    assert list(problems(changed.articles, changed.stories)) == []


@pytest.mark.parametrize("changed", [RENAMED, MOVED], ids=["renamed", "moved"])
def test_an_exact_copy_stays_one(changed):
    exact = [one for one in changed.articles if one.copy_kind == "exact"]
    assert exact
    for copy in exact:
        assert copy.body == changed.article(copy.copy_of).body, copy.key


def moments(article: Article) -> list[datetime]:
    return [article.published, *(revision.at for revision in article.revisions)]


def test_articles_and_revisions_appear_whole_weeks_later():
    for one, other in zip(SAMPLE.articles, MOVED.articles, strict=True):
        assert [at + timedelta(weeks=WEEKS) for at in moments(one)] == moments(other)


def test_a_story_is_of_the_week_in_which_its_first_article_then_appears():
    for story in MOVED.stories:
        published = min(one.published for one in MOVED.articles if one.story == story.key)
        assert story.week == f"{published:%G-W%V}"


def test_moving_back_gives_the_sample_again():
    """So every day was understood: one that was misread would come back as another."""
    assert moved(MOVED, -WEEKS) == SAMPLE


def test_names_and_days_do_not_hang_on_each_other():
    assert renamed(MOVED) == moved(RENAMED, WEEKS)


def test_a_range_that_would_straddle_two_months_is_refused():
    with pytest.raises(ValueError, match="two months: 2025-05-29 to 2025-06-06"):
        moved(SAMPLE, 7)
