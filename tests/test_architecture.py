"""Imports point down, each library stays in its step, and SQL stays in its files."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ASIDE = "discover opml"  # verbs beside the way of the data
WAY = "fetch parse sift download screen extract unite revise dedupe tag cluster compose render deliver"
STEPS = {*WAY.split(), *ASIDE.split()}
NOUNS = ("warehouse.records", "warehouse.issue")
HELPERS = {"charset", "child", "crew", "web", "urls", "text", "dates", "figures", "language", "lexicon", "weeks"}
# Which top-level packages, beyond the standard library, a place may import.
ONLY_IN = {
    "prefect": ("flows",),
    "duckdb": ("warehouse",),
    "pyarrow": ("warehouse",),
    "jinja2": ("tasks/render",),
    "css_inline": ("tasks/render",),
    "icalendar": ("tasks/render",),
    "feedparser": ("tasks/parse",),
    "trafilatura": ("tasks/extract",),
    "smtplib": ("tasks/deliver",),
    "aiohttp": ("tasks/web",),
    "protego": ("tasks/web",),
    "warcio": ("warehouse/archive",),
    "click": ("flows",),
}


def sources() -> list[Path]:
    return [path for folder in ("flows", "tasks", "warehouse") for path in sorted((ROOT / folder).rglob("*.py"))]


def imported(path: Path) -> set[str]:
    """Give the dotted names that a file imports, `from a import b` as a.b and a."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def place(path: Path) -> str:
    """Give flows/..., tasks/<step> or warehouse/<file> without its ending."""
    return "/".join(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("path", sources(), ids=place)
def test_imports_point_down(path):
    names, where = imported(path), place(path)
    if where.startswith("tasks/"):
        others = STEPS - {where.split("/")[1]}
        assert not {n for n in names if n.startswith("tasks.") and n.split(".")[1] in others}, "steps do not mix"
        assert not {n for n in names if n.startswith("flows")}
        assert not {n for n in names if n.startswith("warehouse.") and not n.startswith(NOUNS)}
    if where.startswith("warehouse/"):
        assert not {name for name in names if name.split(".")[0] in {"flows", "tasks"}}


@pytest.mark.parametrize("path", sources(), ids=place)
def test_each_library_stays_in_its_place(path):
    where = place(path)
    for library, places in ONLY_IN.items():
        if any(name == library or name.startswith(library + ".") for name in imported(path)):
            assert where.startswith(places), f"{library} belongs into {places}"


@pytest.mark.parametrize("path", sources(), ids=place)
def test_only_settings_reads_the_environment(path):
    if place(path) not in {"flows/settings/__init__", "flows/prepare", "flows/embedded"}:
        assert "os.environ" not in path.read_text(encoding="utf-8")


def test_steps_and_helpers_are_all_that_tasks_holds():
    names = {
        path.stem for path in (ROOT / "tasks").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert names - {"__init__"} == STEPS | HELPERS


@pytest.mark.parametrize("path", sources(), ids=place)
def test_sql_statements_stand_in_sql_files(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(
        r'"""?\s*(?:select\s.+\sfrom|insert\s+into|update\s.+\sset|delete\s+from)\s', text, re.IGNORECASE
    )


def test_a_step_that_imports_another_is_caught(tmp_path):
    bad = tmp_path / "bad.py"
    bad.write_text("from tasks.cluster import cluster\nimport duckdb\n")
    assert {"tasks.cluster", "duckdb"} <= imported(bad)
