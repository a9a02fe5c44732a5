"""The forecast of the disk: what is there now by its files, what comes by the pace, bounded by what is kept."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.disk import forecast, measured
from flows.disk.grow import Kept, Pace, Size, after, disk_of
from flows.disk.show import as_sentence, as_table, planned, spelled
from flows.settings import load
from tests.samples import NOW, article, item, source
from warehouse import write
from warehouse.archive import Archive
from warehouse.archive import Kept as Record
from warehouse.backup import back_up
from warehouse.publish import publish
from warehouse.records import Fetch

WEEK = timedelta(weeks=1)
KINDS = [one.name for one in fields(Size)]
sizes = st.builds(Size, **dict.fromkeys(KINDS, st.floats(0, 1e10)))
paces = st.builds(
    Pace,
    articles=st.floats(0, 1e5),
    attempts=st.floats(0, 1e5),
    runs=st.floats(0, 1e3),
    archive=st.none() | st.floats(0, 1e9),
    held=st.integers(0, 10**7),
    age=st.floats(0, 600),
)
days = st.sampled_from([14, 30, 90, 365])
weeks = st.floats(0.1, 600)


@given(weeks, weeks, sizes, paces, st.builds(Kept, st.just(0) | days, st.just(0) | days))
def test_nothing_but_what_is_let_go_gets_smaller(one, other, now, pace, kept):
    early, late = sorted((one, other))
    before, then = (after(at, now, pace, kept) for at in (early, late))
    for kind in KINDS:
        if not (kind == "archive" and kept.archive):
            assert getattr(then, kind) >= getattr(before, kind) * (1 - 1e-9), kind
            assert getattr(before, kind) >= getattr(now, kind) * (1 - 1e-9) or kind == "snapshot"


@given(weeks, sizes, paces, days)
def test_what_is_kept_for_some_days_comes_to_rest(at, now, pace, kept):
    pace = replace(pace, archive=1e6)
    assert after(10_000 + at, now, pace, Kept(kept)).archive == pytest.approx((kept / 7 + 1) * 1e6)
    late, later = (after(1_000 + more, now, pace, Kept(0, kept)).prefect for more in (0, at))
    assert late == later
    pace = replace(pace, held=0)  # else what an article takes is told from a file with another history in it
    assert after(at, now, pace, Kept(kept, kept)).total <= after(at, now, pace, Kept()).total * (1 + 1e-9)


@given(weeks, paces)
def test_a_file_grows_by_its_articles_and_attempts_and_backups_are_as_large_as_it_was(at, pace):
    pace = replace(pace, age=0, held=0)
    then = after(at, Size(), pace, Kept())
    grown = at * (pace.articles * measured.ARTICLE + pace.attempts * measured.ATTEMPT)
    assert then.warehouse == pytest.approx(measured.EMPTY + grown)
    assert then.backups <= 11 * then.warehouse * (1 + 1e-9)


@given(sizes, paces, st.builds(Kept, st.just(0) | days, st.just(0) | days), st.floats(0, 1e12))
def test_the_disk_is_full_in_the_first_week_in_which_a_new_snapshot_does_not_fit(now, pace, kept, free):
    def fits(at):
        then = after(at, now, pace, kept)
        return then.total - now.total + then.warehouse <= free

    week = disk_of(now, pace, kept, free).full_in
    assert all(fits(at) for at in range(520 if week is None else week))
    assert week is None or not fits(week)


def test_now_is_what_is_there():
    now = Size(*range(1, 8))
    disk = disk_of(now, Pace(1, 1, 1), Kept(), 1e9)
    assert [one.now for one in disk.kinds] == [1, 2, 3, 4, 5, 6, 7]
    assert disk.total.now == 28


@pytest.fixture
def settings(tmp_path):
    return load(tmp_path, data=tmp_path / "data", languages=("en", "vi"))


def test_a_folder_that_is_not_there_yet_is_told_of_by_what_was_measured(settings):
    disk = forecast(settings, NOW)
    assert disk.total.now == 0
    assert disk.articles == 7 * measured.ARTICLES_A_DAY
    assert disk.total.in_a_year > 1e9
    assert not settings.data.exists()


def filled(settings, articles=600):
    """Collect for three weeks of which the last two bring articles, and back up."""
    house, begun = settings.warehouse, NOW - 3 * WEEK
    with house.writer() as db:
        write.sources(db, [source()])
        write.fetched(db, [], [item(first_seen=begun)], [])
        made = [
            article(article_id=f"a{number}", first_seen=NOW - timedelta(minutes=1 + number))
            for number in range(articles)
        ]
        write.extracted(db, [], made)
        asked = [
            Fetch(f"f{hour}", "r", "courier", "", "", NOW - timedelta(hours=hour + 1), "ok", 200, "", 9, 9, 0, 0)
            for hour in range(300)
        ]
        write.fetched(db, asked, [], [])
        for week, times in (("2025-W16", 3), ("2025-W17", 5), ("2025-W18", 1)):
            body = week.encode() * 1000
            kept = Archive(house.archive).append(
                week, [Record("page", "http://a.example", NOW, 200, "", body)] * times, 0
            )
            write.archived(db, kept.file, kept.length)
    back_up(house, NOW.date())
    publish(house)
    settings.issues.mkdir()
    (settings.issues / "2025-W17.html").write_bytes(b"x" * 1234)
    (settings.data / "prefect").mkdir()
    (settings.data / "prefect" / "prefect.db").write_bytes(b"x" * 4321)
    (settings.data / "prefect" / "server.log").write_bytes(b"x" * 77)
    return settings


def test_each_kind_weighs_what_its_files_do(settings):
    house = filled(settings).warehouse
    now = {one.name: one.now for one in forecast(settings, NOW).kinds}
    assert now == {
        "warehouse": house.private.stat().st_size,
        "snapshot": house.snapshot.stat().st_size,
        "backups": sum(path.stat().st_size for path in house.backups.iterdir()),
        "archive": sum(path.stat().st_size for path in house.archive.iterdir()),
        "issues": 1234,
        "prefect": 4321,
        "logs": 77,
    }


def test_the_pace_is_that_of_the_weeks_that_were(settings):
    disk = forecast(filled(settings), NOW)
    assert disk.articles == pytest.approx(600 / 3)
    full = [(settings.warehouse.archive / f"{week}.warc.gz").stat().st_size for week in ("2025-W16", "2025-W17")]
    archive = next(one for one in disk.kinds if one.name == "archive")
    assert archive.in_a_year - archive.now == pytest.approx(52 * sum(full) / 2)


def test_what_the_settings_keep_is_what_the_forecast_keeps(settings):
    filled(settings)
    kept = replace_settings(settings, keep_archive=14)
    archive = next(one for one in forecast(kept, NOW).kinds if one.name == "archive")
    assert archive.in_five_years == archive.in_a_year
    assert archive.in_a_year < next(one for one in forecast(settings, NOW).kinds if one.name == "archive").in_a_year


def replace_settings(settings, **given):
    return load(settings.data, data=settings.data, languages=settings.languages, **given)


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1 KB"),
        (999_600, "1.0 MB"),
        (12_345_678, "12.3 MB"),
        (412e6, "412 MB"),
        (5e12, "5.0 TB"),
    ],
)
def test_bytes_are_spelled_in_two_or_three_digits(size, said):
    assert spelled(size) == said


def test_a_forecast_is_a_table_and_a_sentence():
    fits = disk_of(Size(1e9, 1e9, 1e9), Pace(7_000, 1, 1), Kept(), 1e15)
    assert "Prefect's database" in as_table(fits)
    assert "in five years" in as_table(fits)
    assert as_sentence(fits).startswith("3.0 GB now, ")
    assert as_sentence(fits).endswith("at 7,000 articles a week; 1000 TB are free, which is enough for ten years.")
    full = disk_of(Size(1e9, 1e9, 1e9), Pace(7_000, 1, 1), Kept(), 5e9)
    assert f"full in {full.full_in} weeks." in as_sentence(full)
    assert "too little for the next snapshot" in as_sentence(disk_of(Size(1e9), Pace(1, 1, 1), Kept(), 1e6))


def test_the_planned_table_has_a_row_for_each_way_to_keep_and_age():
    lines = planned().splitlines()
    assert len(lines) == 2 + 9
    assert {line.count("|") for line in lines} == {11}
