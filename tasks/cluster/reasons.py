"""Say in one line, for a person, what two articles have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tasks.cluster.pairs import Weighed

_KINDS = (("people", "person"), ("organisations", "organisation"), ("places", "place"), ("about", "matter"))
_MOST = 3  # of each kind, the rarest
_HOURS = 100  # longer is said in days


def reason(one: Weighed, other: Weighed) -> str:
    """Name what is shared, rarest first: people, organisations, places, matters, days, figures; and how far apart."""
    parts = []
    for word, kind in _KINDS:
        if shared := common(one, other, kind):
            parts.append(f"{word} {labelled(one.signature.labels, [(kind, key) for key in shared])}")
    if days := sorted(one.signature.set_on & other.signature.set_on)[:_MOST]:
        parts.append("day " + ", ".join(day.isoformat() for day in days))
    if figures := common(one, other, "figure"):
        parts.append("figures " + ", ".join(map(_written, figures)))
    hours = abs((one.signature.at - other.signature.at).total_seconds()) / 3600
    parts.append(f"{hours:.0f} h apart" if hours < _HOURS else f"{hours / 24:.0f} days apart")
    return "; ".join(parts)


def labelled(labels: Mapping[str, str], keys: Iterable[tuple[str, str]]) -> str:
    """Name keys, given by kind, as judgements label them; a matter by its words."""
    return ", ".join(
        key.replace("-", " ") if kind == "matter" else labels.get(key, key.replace("-", " ")) for kind, key in keys
    )


def common(one: Weighed, other: Weighed, kind: str) -> list[str]:
    """Give the keys of a kind that both hold, those first that are rare and stand out in both; at most three."""
    shared = {
        key: one.rare[its, key][0] * min(one.rare[its, key][1], other.rare[its, key][1])
        for its, key in one.rare.keys() & other.rare.keys()
        if its == kind
    }
    return sorted(shared, key=lambda key: (-shared[key], key))[:_MOST]


def _written(figure: str) -> str:
    number = figure.rstrip("%")
    return f"{float(number):,.15g}" + figure[len(number) :]
