"""What an operator sees in Prefect after each flow ran once: read back through the API of a real server."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = [pytest.mark.prefect, pytest.mark.long]


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """Run every flow on an embedded server; give what its API showed, and what was printed."""
    out = tmp_path_factory.mktemp("operated")
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("VNJP_", "PREFECT_"))}
    child = subprocess.run(
        [sys.executable, "-m", "tests.operated", str(out)],
        cwd=ROOT, env=bare | {"HOME": str(out), "no_proxy": "*"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr
    found = json.loads((out / "found.json").read_text())
    tables = {one["key"]: one for one in found["artifacts"]}
    return SimpleNamespace(
        out=out, printed=child.stderr, artifacts=tables, **{k: found[k] for k in found if k != "artifacts"}
    )


def rows(seen, key):
    return json.loads(seen.artifacts[key]["data"])


def test_runs_have_readable_names_and_the_tags_of_their_deployments(seen):
    assert [(run["name"], sorted(run["tags"])) for run in seen.runs[:2]] == [
        ("collect 2025-04-21 10:00", ["collect", "vnjp"]),
        ("digest 2025-W17", ["digest", "vnjp"]),
    ]
    assert re.fullmatch(r"maintain \d{4}-\d\d-\d\d", seen.runs[2]["name"])
    assert [run["state"]["type"] for run in seen.runs] == ["COMPLETED", "FAILED", "COMPLETED"]


def test_each_step_said_one_line_and_nobody_else_said_anything(seen):
    said = [one["message"] for one in seen.logs]
    assert said[:8] == [
        "fetch: 2 sources asked, 1 failed, 2 new items",
        "download: 2 pages asked",
        "extract: 2 new articles",
        "tag: 2 judged, 2 bilateral",
        "dedupe: 1 copy folded",
        "cluster: 2 articles joined to stories, 1 new story",
        "compose: 2025-W17 frozen, 1 story from 2 articles in 1 outlet",
        "deliver: 2025-W17, 1 sent, 1 unknown",
    ]
    assert said[8] == "digest: 1 issue frozen, 2 letters moved"
    assert any(one.startswith("check: evidence_not_at_its_place found") for one in said[9:])
    assert [one.partition(":")[0] for one in said[-3:]] == ["backup", "let go", "ping"]
    assert len(said) <= 16


def test_the_sources_the_funnel_and_what_was_folded_are_tables(seen):
    assert [(row["source"], row["state"]) for row in rows(seen, "vnjp-sources")] == [
        ("busy", "never"),
        ("courier", "ok"),
    ]
    funnel = {row["step"]: (row["count"], row["of them"]) for row in rows(seen, "vnjp-funnel")}
    assert funnel["sources asked"] == ("2", "1 blocked")
    assert (funnel["new items"][0], funnel["relevant"][0], funnel["new stories"][0]) == ("2", "2", "1")
    [folded] = rows(seen, "vnjp-folded")
    assert (folded["kind"], folded["score"], folded["under"]) == ("exact", "1.00", "Japan lends Vietnam 12 billion yen")


def test_progress_came_to_its_end_and_the_issue_is_summed_up_with_its_link(seen):
    assert float(seen.artifacts["vnjp-collect-progress"]["data"]) == 100
    text = seen.artifacts["vnjp-issue-2025-w17"]["data"]
    assert "2025-W17.web.html" in text
    assert "1 sent, 1 unknown" in text


def test_each_fact_is_one_event_of_its_resource(seen):
    sent = sorted((one["event"], one["resource"]["prefect.resource.id"]) for one in seen.events)
    assert sent == [
        ("vnjp.backup.made", "vnjp.backup"),
        ("vnjp.check.failed", "vnjp.check.evidence_not_at_its_place"),
        ("vnjp.delivery.unknown", "vnjp.issue.2025-W17"),
        ("vnjp.issue.frozen", "vnjp.issue.2025-W17"),
        ("vnjp.source.failing", "vnjp.source.busy"),
    ]


def test_only_the_good_run_was_pinged_and_what_went_wrong_was_said_without_a_traceback(seen):
    assert seen.pinged == ["/s3cret/collect"]  # readers were not reached, and rows are wrong
    assert "2025-W17 did not reach every reader" in seen.fault
    assert seen.wrong
    assert "ERROR check: evidence_not_at_its_place" in seen.printed
    assert "WARNING ping: not sent, since data checks found" in seen.printed
    assert "Traceback" not in seen.printed


def test_nothing_that_is_told_holds_a_reader_or_the_address_of_the_ping(seen):
    told = json.dumps([seen.runs, seen.logs, seen.events, list(seen.artifacts.values())]) + seen.printed
    assert "s3cret" not in told
    assert "readers.test" not in told
    left = b"".join(path.read_bytes() for path in (seen.out / "data").rglob("*") if path.is_file())
    assert b"s3cret" not in left


def test_the_metrics_of_all_flows_stand_in_one_file(seen):
    text = (seen.out / "vnjp.prom").read_text()
    assert 'vnjp_run_success{flow="collect"} 1.0' in text
    assert 'vnjp_run_success{flow="digest"} 0.0' in text
    assert 'vnjp_run_success{flow="maintain"} 1.0' in text
