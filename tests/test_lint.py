"""The source of mail and browser edition: HTML by its rules, and nothing that clients drop without our knowing why.

From npm, in tests/look: `html-validate` (the rules of HTML, and of good HTML), `caniemail` (which mail client knows
what, its data in the package) and `axe-core` (used by tests/test_digest_look.py). All are well kept, run offline and
are no part of the product.
"""

import json
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests import shown

LOOK = Path(__file__).parent / "look"
# languages differ in words alone, and a crowded week tells the ordinary one five times
NAMES = [f"{kind} en {edition}" for kind in ("ordinary", "quiet", "hostile") for edition in shown.EDITIONS]


@pytest.fixture(scope="module")
def linted(tmp_path_factory) -> dict[str, Any]:
    """Give what lint.mjs says of each page, by the file's name."""
    if not shutil.which("node"):
        pytest.skip("node is absent")
    if not (LOOK / "node_modules").is_dir():
        pytest.skip("tests/look/node_modules is absent: make look")
    folder = tmp_path_factory.mktemp("pages")
    shown.write(folder, NAMES)
    ran = subprocess.run(["node", LOOK / "lint.mjs", folder], capture_output=True, check=True, text=True)
    return {said["file"]: said for said in map(json.loads, ran.stdout.splitlines())}


def test_mail_and_browser_edition_are_html_by_the_rules(linted):
    assert len(linted) == len(NAMES)
    assert {name: said["invalid"] for name, said in linted.items() if said["invalid"]} == {}


@pytest.mark.parametrize("level", ["dropped", "partial"])
def test_the_mail_uses_nothing_that_clients_drop_but_what_it_can_do_without(linted, level):
    allowed = tomllib.loads((LOOK / "mail-features.toml").read_text(encoding="utf-8"))[level]
    assert {one for said in linted.values() for one in said[level]} == allowed.keys()


def test_the_lock_of_the_tools_names_no_registry():
    assert "resolved" not in (LOOK / "package-lock.json").read_text(encoding="utf-8")
