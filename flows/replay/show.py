"""A replay in lines for a person: stories, articles, lines of the issue, each by its headline and outlet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from flows.ask.lay import columns, wrap
from flows.replay import Replayed
from flows.replay.differ import Line, Shift

_FEW = 8  # articles shown of a story that gains or loses some
_NONE = "none"
_CALLED = {"duplicate_of": "copy of", "kind": "kind of copy"}

Indented = tuple[int, str]


def told(found: Replayed, width: int = 0) -> str:
    """Say it in lines of at most `width` columns (default: the terminal's)."""
    width = width or columns()
    ruled = [one for one in found.lines if not one["anyway"]]
    lines = [(0, _head(found)), *((0, f"Note: {one}") for one in found.notes)]
    if not (found.stories or found.articles or ruled):
        lines.append((0, "Nothing would change."))
    lines += _stories(found)
    lines += _articles(found)
    lines += _lines("Lines of the issue", ruled)
    lines += _lines(
        "Lines that would differ from the frozen issue by no rule, but by what came later",
        [one for one in found.lines if one["anyway"]],
    )
    return "\n".join(wrap(text, width, indent, 2) for indent, text in lines)


def _head(found: Replayed) -> str:
    tried = ", ".join(f"{name} {then:g} (now {now:g})" for name, (now, then) in found.changed.items())
    beside = "its frozen issue" if found.frozen else "the week as it stands"
    count = f"{found.judged:,} article{'s' * (found.judged != 1)} judged again, compared with {beside}."
    return f"{found.week} by the rules of now{' with ' * bool(tried)}{tried}: {count}"


def _counted(what: str, kinds: Iterable[str]) -> Indented:
    return 0, f"{what}: " + ", ".join(f"{count} {kind}" for kind, count in Counter(kinds).items())


def _stories(found: Replayed) -> Iterator[Indented]:
    if found.stories:
        yield _counted("Stories", (one.kind for one in found.stories))
    for one in found.stories:
        if one.kind == "changes":
            yield from _changed(found, one)
        elif one.kind in {"appears", "vanishes"}:
            yield from (
                (2, f"{one.kind}: {_story(found, *each)}") for each in (*one.before.items(), *one.after.items())
            )
        else:
            yield 2, f"{one.kind}:"
            yield from ((4, f"- {_story(found, *each)}") for each in one.before.items())
            yield from ((4, f"+ {_story(found, *each)}") for each in one.after.items())


def _story(found: Replayed, name: str, group: frozenset[str]) -> str:
    return f"{name} {_title(found, group)} ({_articles_of(len(group))})"


def _changed(found: Replayed, one: Shift) -> Iterator[Indented]:
    [(name, before)], [after] = one.before.items(), one.after.values()
    yield 2, f"changes: {name} {_title(found, before)} ({len(before)} -> {_articles_of(len(after))})"
    for what, group in (("loses", before - after), ("gains", after - before)):
        known = sorted(group)
        yield from ((4, f"{what} {_title(found, {each})}") for each in known[:_FEW])
        if len(known) > _FEW:
            yield 4, f"{what} {len(known) - _FEW} more"


def _articles(found: Replayed) -> Iterator[Indented]:
    if found.articles:
        yield 0, f"Articles: {len(found.articles)} judged or folded otherwise"
    for one in found.articles:
        yield 2, f"{one['article_id']} {one['outlet']}: {one['title']}"
        for name, (old, new) in one["changes"].items():
            before, after = (_value(found, name, value) for value in (old, new))
            yield 4, f"{_CALLED.get(name, name)}: {before} -> {after}"


def _value(found: Replayed, name: str, value: object) -> str:
    if name == "duplicate_of" and value in found.known:
        return _title(found, {str(value)})
    return ", ".join(map(str, value)) or _NONE if isinstance(value, list) else str(value or _NONE)


def _lines(what: str, lines: Sequence[Line]) -> Iterator[Indented]:
    if lines:
        yield _counted(what, (one["kind"] for one in lines))
    for one in lines:
        place = "" if one["kind"] == "changes" else f", {one['position']}, {one['level']}"
        yield 2, f"{one['kind']}: {one['outlet']}: {one['headline']} ({one['section']}{place})"
        for name, (old, new) in one["changes"].items():
            yield 4, f"{name}: {old} -> {new}"


def _title(found: Replayed, group: Iterable[str]) -> str:
    first = found.first(group)
    return f"{first.outlet}: {first.title}"


def _articles_of(count: int) -> str:
    return f"{count} article{'s' * (count != 1)}"
