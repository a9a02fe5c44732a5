"""The metrics: in Prometheus' own format, of every flow's last run, written whole, and never in the way of a run."""

import logging
import stat

import pytest
from prometheus_client.parser import text_string_to_metric_families

from flows.job import running
from flows.metrics import Family, as_text, keep_metrics
from flows.settings import load
from flows.tell.lines import LOG
from tests.press import LOAN, MONDAY, printing
from tests.samples import source


def parsed(text):
    """Read the text as Prometheus does: {name: {labels: value}}."""
    return {
        family.name: {tuple(sorted(one.labels.items())): one.value for one in family.samples}
        for family in text_string_to_metric_families(text)
    }


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Collect twice, then once more in vain; give the press and what the file said after each."""
    folder = tmp_path_factory.mktemp("metrics")
    with printing(folder, source(), source(source_id="shut", url="http://shut.example/rss")) as press:
        press.settings = press.settings.model_copy(update={"metrics": folder / "out" / "vnjp.prom"})
        press.says("loan", "Japan lends Vietnam 12 billion yen", *LOAN)
        press.lists(("loan", "Japan lends Vietnam 12 billion yen", MONDAY))
        said = []
        for at in (0, 2):
            press.collect(at)
            said.append(parsed(press.settings.metrics.read_text()))
        with pytest.raises(KeyError), running(press.job(4), "digest"):
            raise KeyError
        said.append(parsed(press.settings.metrics.read_text()))
        yield press, said


def test_every_flow_has_its_last_run_with_its_counts(kept):
    press, (first, second, third) = kept
    collect = (("flow", "collect"),)
    assert first["vnjp_run_success"] == {collect: 1}
    assert first["vnjp_run_count"][(("count", "new_entries"), ("flow", "collect"))] == 1
    assert second["vnjp_run_count"][(("count", "new_entries"), ("flow", "collect"))] == 0
    assert third["vnjp_run_success"] == {collect: 1, (("flow", "digest"),): 0}
    assert third["vnjp_run_good_timestamp_seconds"].keys() == {collect}
    assert third["vnjp_run_duration_seconds"][collect] >= 0
    [row] = press.ask("select epoch(max(finished_at)) as at from base.runs where flow = 'collect'")
    assert third["vnjp_run_finished_timestamp_seconds"][collect] == pytest.approx(row["at"], abs=1)


def test_what_is_held_is_counted_and_the_files_are_measured(kept):
    press, (_, _, last) = kept
    held = {labels[0][1]: value for labels, value in last["vnjp_held"].items()}
    assert (held["articles"], held["stories"], held["sources"], held["sources_failing"]) == (1, 1, 2, 1)
    sizes = {labels[0][1]: value for labels, value in last["vnjp_warehouse_bytes"].items()}
    assert sizes["snapshot"] == press.settings.warehouse.snapshot.stat().st_size


def test_the_file_is_for_everybody_to_read_and_no_draft_stays_beside_it(kept):
    path = kept[0].settings.metrics
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert [one.name for one in path.parent.iterdir()] == ["vnjp.prom"]


def test_whatever_a_label_holds_the_text_can_be_read():
    text = as_text([Family("vnjp_x", "Odd.", (({"what": 'a"b\\c\nd'}, 1.5),)), Family("vnjp_none", "None.", ())])
    assert parsed(text) == {"vnjp_x": {(("what", 'a"b\\c\nd'),): 1.5}}
    assert "vnjp_none" not in text


def test_a_file_that_cannot_be_written_is_a_warning_and_no_path_set_writes_nothing(kept, tmp_path):
    settings = kept[0].settings
    found, handler = [], logging.Handler()
    handler.emit = lambda record: found.append(record.getMessage())
    LOG.addHandler(handler)
    assert load(metrics="").metrics is None
    (tmp_path / "file").touch()
    keep_metrics(settings.model_copy(update={"metrics": tmp_path / "file" / "vnjp.prom"}))
    keep_metrics(settings.model_copy(update={"metrics": None}))
    LOG.removeHandler(handler)
    assert len(found) == 1
    assert "cannot be written (File exists)" in found[0]
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
