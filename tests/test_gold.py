"""What our own labelled articles cover: languages, topics, delicate themes, traps, events and copies."""

import json
from collections import Counter, defaultdict
from pathlib import Path

GOLD = Path(__file__).resolve().parent / "gold" / "articles.jsonl"
ROWS = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
RELEVANT = [row for row in ROWS if row["relevance"] in {"bilateral", "related"}]
_TOPICS = (
    "politics security economy aid labour education technology green agriculture culture tourism community crime "
    "localities health history"
)
_TRAPS = (
    "others-partnership institution-name clinic-or-school other-town-or-year same-people-same-days third-country-tour "
    "machine-translation garbled-name spam-host boilerplate migration-date kanji-only katakana-variant diacritics "
    "vietnamised-name furigana mixed-language bare-surname nhat-day numbers east-sea missing-trainee sport ranking "
    "list anime field-list firm-or-police-as-country role-conflict"
)
TOPICS, TRAPS = set(_TOPICS.split()), set(_TRAPS.split())
THEMES = {"trainees", "south-china-sea", "senkaku", "human-rights", "crime"}
FIELDS = {
    "id", "title", "text", "text_kind", "published", "language", "relevance", "topics", "event", "duplicate_group",
    "duplicate_kind", "doubt", "note", "themes", "traps",
}  # fmt: skip


def test_each_article_has_all_fields_and_known_labels():
    for row in ROWS:
        assert set(row) - {"url"} == FIELDS, row["id"]
        assert row["relevance"] in {"bilateral", "related", "mention", "none"}, row["id"]
        assert set(row["topics"]) <= TOPICS, row["id"]
        assert set(row["themes"]) <= THEMES, row["id"]
        assert set(row["traps"]) <= TRAPS, row["id"]
        assert bool(row["duplicate_group"]) == bool(row["duplicate_kind"]), row["id"]
        assert row["topics"] or row["relevance"] not in {"bilateral", "related"}, row["id"]
    assert len({row["id"] for row in ROWS}) == len(ROWS)


def test_hosts_are_invented():
    assert all(row["url"].split("/")[2].endswith(".example") for row in ROWS if row.get("url"))


def test_it_is_large_and_in_all_languages():
    languages = Counter(row["language"] for row in ROWS)

    assert len(ROWS) >= 220
    assert set(languages) == {"en", "vi", "ja", "zh", "ko", "fr", "de", "es", "nb", "mul"}
    assert all(count >= 12 for language, count in languages.items() if language != "mul")


def test_each_topic_has_ten_cases():
    cases = Counter(topic for row in RELEVANT for topic in row["topics"])

    assert {topic for topic in TOPICS if cases[topic] < 10} == set()


def test_each_delicate_theme_has_ten_cases():
    cases = Counter(theme for row in ROWS for theme in row["themes"])

    assert {theme for theme in THEMES if cases[theme] < 10} == set()


def test_each_trap_is_laid_more_than_once():
    cases = Counter(trap for row in ROWS for trap in row["traps"])

    assert {trap for trap in TRAPS if cases[trap] < 2} == set()


def test_a_third_is_not_about_the_two():
    assert 3 * len(RELEVANT) <= 2 * len(ROWS)


def test_many_events_have_several_articles_and_many_of_them_several_languages():
    told = defaultdict(list)
    for row in RELEVANT:
        if row["event"]:
            told[row["event"]].append(row["language"])

    assert sum(len(languages) >= 2 for languages in told.values()) >= 25
    assert sum(len(set(languages)) >= 2 for languages in told.values()) >= 25


def test_an_event_is_never_named_for_one_article_alone():
    assert [event for event, count in Counter(row["event"] for row in ROWS).items() if event and count == 1] == []


def test_copies_of_each_kind_are_of_one_event_and_of_the_kind_they_are_called():
    groups = defaultdict(list)
    for row in ROWS:
        if row["duplicate_group"]:
            groups[row["duplicate_group"]].append(row)

    assert {row["duplicate_kind"] for group in groups.values() for row in group} == {"exact", "near", "translation"}
    for name, group in groups.items():
        assert len(group) >= 2, name
        assert len({row["event"] for row in group}) == 1, name
        assert len({row["duplicate_kind"] for row in group}) == 1, name
        across = len({row["language"] for row in group}) > 1
        assert across == (group[0]["duplicate_kind"] == "translation"), name


def test_most_are_as_long_as_short_news():
    written = [row for row in ROWS if row["text_kind"] == "written"]
    dense = {"ja", "zh", "ko", "mul"}  # a character says more, or a word does

    assert len(written) >= 220
    assert [row["id"] for row in written if row["language"] in dense and len(row["text"]) < 120] == []
    assert [row["id"] for row in written if row["language"] not in dense and len(row["text"].split()) < 55] == []
