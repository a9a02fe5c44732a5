"""Bombs of every kind in one run: little memory, and the run goes on."""

import json
import subprocess
import sys
from pathlib import Path

import brotli  # type: ignore[import-untyped] # ships no types

from tests.faulty import LAUGHS, MEBIBYTE, Told, drip, endless, entry, packed, rss, rss_says, three
from tests.loopback import Site, serve
from warehouse.connect import Warehouse

ROOT = Path(__file__).resolve().parents[1]
KINDS = ("gzip", "br", "deflate")
QUADRATIC = b"<!DOCTYPE r [<!ENTITY a '" + b"a" * 100_000 + b"'>]>"


def arm(site: Site) -> None:
    """Put bombs into feeds, into redirects' bodies and into pages; a drip, and a body without end."""
    for name in ("healthy", "other"):
        site.routes[f"{name}.example/rss"] = rss_says(three(name))
    brotlied = brotli.compress(bytes(200 * MEBIBYTE), quality=1)
    for kind, body in zip(KINDS, (packed(200), brotlied, packed(200, 15)), strict=True):
        site.says(f"{kind}.example/rss", body, Content_Encoding=kind)
        site.says(f"{kind}-moved.example/rss", body, 302, Location="http://other.example/rss", Content_Encoding=kind)
        site.routes[f"{kind}-page.example/rss"] = rss_says(rss(entry(f"{kind} page", f"http://{kind}.example/page")))
        site.says(f"{kind}.example/page", body, Content_Type="text/html", Content_Encoding=kind)
    site.routes["endless.example/rss"] = endless
    site.routes["drip.example/rss"] = drip
    site.routes["laughs.example/rss"] = rss_says(LAUGHS + b"]>" + rss(entry("&k;"), declared=False))
    site.routes["quadratic.example/rss"] = rss_says(QUADRATIC + rss(entry("&a;" * 20_000), declared=False))


@pytest.mark.long
def test_bombs_of_every_kind_take_less_than_150_megabytes_and_the_run_goes_on(tmp_path):
    """Measured as resident memory of the child that collects, from before the run to its peak."""
    with serve() as site:
        arm(site)
        hosts = sorted({name.partition("/")[0] for name in site.routes}, key=lambda host: host != "healthy.example")
        child = [sys.executable, "-m", "tests.bombed", str(site.port), str(tmp_path / "data"), *hosts]
        result = subprocess.run(child, cwd=ROOT, capture_output=True, text=True, check=False)
        told = Told(Warehouse(tmp_path / "data"), site)
    assert result.returncode == 0, result.stderr
    said = json.loads(result.stdout.splitlines()[-1])
    assert said["peak"] - said["before"] < 150, said
    last = {host: told.outcomes(host)[-1] for host in hosts}
    assert {host for host in hosts if last[host] == "too_large"} == {
        "gzip.example", "br.example", "deflate.example", "endless.example",
    }  # fmt: skip
    assert last["drip.example"] == "timeout"
    assert {last[f"{kind}-moved.example"] for kind in KINDS} == {"ok"}
    assert (last["other.example"], len(told.items("other.example"))) == ("ok", 3)
    pages = {row["url"]: row["outcome"] for row in told.rows("from base.pages")}
    assert {pages[f"http://{kind}.example/page"] for kind in KINDS} == {"too_large"}
