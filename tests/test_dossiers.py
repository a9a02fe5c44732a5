"""flows/dossiers: what is shipped is whole, and a user's own file lies over it or says what is wrong with it."""

from datetime import date

import pytest

from flows.dossiers import dossiers_of, themes
from flows.settings import Settings, SettingsError, load
from tasks.compose.terms import spans

LANGUAGES = {"en", "vi", "ja"}
METRO = """
[[dossier]]
id = "metro-3a"
title = { en = "Metro line 3A" }
terms = { en = ["metro line 3A"], vi = ["metro số 3A"] }
names = ["jica"]
audience = ["aid"]
[[dossier.fact]]
day = "2025-04"
en = "The loan is signed."
source = "Records"
as_of = 2025-05-01
[[dossier.fact]]
day = 2024
vi = "Khảo sát."
source = "Records"
as_of = 2024-12-31
"""


@pytest.fixture
def house(tmp_path) -> Settings:
    return load(tmp_path, data=tmp_path)


def test_the_shipped_dossiers_are_the_five_that_are_followed(house):
    assert [one.dossier_id for one in dossiers_of(house)] == [
        "north-south-railway",
        "ninh-thuan-nuclear",
        "trainee-reform",
        "oda-loans",
        "security-assistance",
    ]


def test_a_shipped_dossier_can_be_read_in_every_language_and_each_fact_has_a_day_and_a_source(house):
    for one in dossiers_of(house):
        assert dict(one.titles).keys() == LANGUAGES
        assert one.terms.keys() == LANGUAGES
        assert len(one.timeline) > 1
        for fact in one.timeline:
            assert dict(fact.said).keys() == LANGUAGES
            assert fact.source
            assert fact.as_of >= date.fromisoformat(f"{fact.day}-01-01"[:10])
        assert list(one.timeline) == sorted(one.timeline, key=lambda fact: fact.day)


def test_every_dossier_is_found_by_its_own_title_in_japanese(house):
    assert [one.dossier_id for one in dossiers_of(house) if spans(one.terms, "ja", dict(one.titles)["ja"])] == [
        one.dossier_id for one in dossiers_of(house)
    ]


def test_every_theme_has_a_title_and_terms_in_every_language():
    assert len({one.theme_id for one in themes()}) == len(themes())
    for one in themes():
        assert dict(one.titles).keys() == LANGUAGES == one.terms.keys()
        assert all(term.strip() for terms in one.terms.values() for term in terms)


def test_a_users_dossier_stands_beside_the_shipped_ones(house):
    (house.data / "dossiers.toml").write_text(METRO, "utf-8")
    mine = dossiers_of(house)[-1]
    assert (mine.dossier_id, mine.audience, [one.label for one in mine.names]) == ("metro-3a", ("aid",), ["JICA"])
    assert [(one.day, dict(one.said)) for one in mine.timeline] == [
        ("2024", {"vi": "Khảo sát."}),
        ("2025-04", {"en": "The loan is signed."}),
    ]


def test_a_users_dossier_takes_the_place_of_a_shipped_one_or_puts_it_aside(house):
    own = METRO.replace("metro-3a", "oda-loans") + '[[dossier]]\nid = "trainee-reform"\nfollow = false\n'
    (house.data / "dossiers.toml").write_text(own, "utf-8")
    found = {one.dossier_id: one for one in dossiers_of(house)}
    assert dict(found["oda-loans"].titles) == {"en": "Metro line 3A"}
    assert "trainee-reform" not in found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[[dossier]]", "[[dossier", "is no TOML"),
        ("[[dossier]]", "[[dosier]]", "may hold"),
        ('id = "metro-3a"', "", "id is missing"),
        ("audience", "audiance", "there is no 'audiance'"),
        ('{ en = "Metro line 3A" }', '"Metro line 3A"', "title is 'Metro line 3A'"),
        ('["metro số 3A"]', '"metro số 3A"', "must be lists by language"),
        ('["metro số 3A"]', "[3]", "must be lists by language"),
        ('["jica"]', '"jica"', "names is 'jica'; it must be a list"),
        ("jica", "jika", "'jika', which is no id"),
        ("2025-04", "April 2025", "'April 2025'; write it as"),
        ("2025-04", "2025-13", "'2025-13'; write it as"),
        ('en = "The loan is signed."', "", "says nothing"),
        ('source = "Records"\nas_of = 2025-05-01', "as_of = 2025-05-01", "has no source"),
        ("as_of = 2025-05-01", 'as_of = "May 2025"', "as_of of the fact of 2025-04 is 'May 2025'"),
        ("as_of = 2025-05-01", "as_of = 2025-05-01\nseen = 1", "a fact has no 'seen'"),
    ],
)
def test_what_is_wrong_with_a_users_file_is_said_with_the_file_and_the_value(house, old, new, said):
    own = house.data / "dossiers.toml"
    assert old in METRO
    own.write_text(METRO.replace(old, new), "utf-8")
    with pytest.raises(SettingsError) as refused:
        dossiers_of(house)
    assert str(own) in str(refused.value)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
