"""What is known of single sites and of addresses in general, read once from warehouse/seeds/url_rules.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_ON = frozenset({"", "1", "true", "yes"})


@dataclass(frozen=True, slots=True)
class Site:
    """One site: whose name stands in keys, which parameters mean nothing there, where its article ids are."""

    name: str = ""
    drop: tuple[str, ...] = ()
    ids: tuple[re.Pattern[str], ...] = ()
    twins: bool = False  #: tells each article in many languages by machine, under one slug


@dataclass(frozen=True, slots=True)
class Wrapper:
    """A redirector that carries the article's address: in a parameter, or in its path as "target" or in a "token"."""

    host: re.Pattern[str]
    path: re.Pattern[str]
    parameters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The file, checked and compiled."""

    drop: tuple[str, ...]
    switches: frozenset[str]
    channels: frozenset[str]
    channel_words: frozenset[str]
    screens: frozenset[str]
    languages: frozenset[str]
    suffixes: frozenset[str]
    country_suffixes: frozenset[str]
    same_as: Mapping[str, str]
    wrappers: tuple[Wrapper, ...]
    ids: tuple[re.Pattern[str], ...]
    opaque: tuple[re.Pattern[str], ...]
    sites: Mapping[str, Site]


@cache
def rules() -> Rules:
    """Read the rules; a broken file is a bug and raises."""
    data = tomllib.loads(files("warehouse").joinpath("seeds", "url_rules.toml").read_text("utf-8"))
    countries = {key: names for key, names in data["suffixes"].items() if key not in {"any", "whole"}}
    return Rules(
        drop=tuple(data["drop"]),
        switches=frozenset(data["switches"]),
        channels=frozenset(data["channels"]),
        channel_words=frozenset(data["channel_words"]),
        screens=frozenset(data["screens"]),
        languages=frozenset(data["languages"]),
        suffixes=frozenset(data["suffixes"]["whole"]).union(
            f"{name}.{country}" for country, names in countries.items() for name in names
        ),
        country_suffixes=frozenset(data["suffixes"]["any"]),
        same_as=data["same_as"],
        wrappers=tuple(_wrapper(entry) for entry in data["wrapper"]),
        ids=tuple(map(re.compile, data["ids"])),
        opaque=tuple(map(re.compile, data["opaque"])),
        sites={host: _site(entry) for entry in data["site"] for host in entry["hosts"]},
    )


def _wrapper(entry: Mapping[str, Any]) -> Wrapper:
    return Wrapper(re.compile(entry["host"]), re.compile(entry["path"]), tuple(entry.get("parameters", ())))


def _site(entry: Mapping[str, Any]) -> Site:
    return Site(
        entry.get("name", ""),
        tuple(entry.get("drop", ())),
        tuple(map(re.compile, entry.get("ids", ()))),
        "twins" in entry,
    )


@lru_cache(maxsize=4096)
def site(host: str) -> Site:
    """Give what is known of a host, or of the nearest host above it; an empty Site when nothing is."""
    while host:
        if host in rules().sites:
            return rules().sites[host]
        host = host.partition(".")[2]
    return Site()


@lru_cache(maxsize=4096)
def registrable(host: str) -> str:
    """Give the part of a host that somebody registered: "news.web.example.co.jp" -> "example.co.jp".

    After the idea of the public suffix list, by the short list in the rules; an IP address stands for itself.
    """
    if host.startswith("[") or host.replace(".", "").isdigit():
        return host
    labels = host.split(".")
    country = labels[-1] if len(labels[-1]) == len("jp") else ""
    two = ".".join(labels[-2:]) in rules().suffixes or (
        country and labels[-2:-1] and labels[-2] in rules().country_suffixes
    )
    return ".".join(labels[-3:] if two else labels[-2:])


@lru_cache(maxsize=4096)
def bare(host: str) -> str:
    """Give the host under which a site's pages are known: without www., m., amp. and the like, other names resolved."""
    host = host.rstrip(".") or host
    own = registrable(host)
    above = [label for label in host.removesuffix(own).split(".") if label and label not in rules().screens]
    name = ".".join([*above, own])
    return rules().same_as.get(name, name)


def means_nothing(name: str, value: str, host: str) -> bool:
    """Say whether a query parameter only tells how the reader came, and not which article is meant."""
    name, value, known = name.lower(), value.lower(), rules()
    return (
        _dropped(name, host)
        or (name in known.switches and value in _ON)
        or (name in known.channels and value in known.channel_words)
    )


@lru_cache(maxsize=4096)
def _dropped(name: str, host: str) -> bool:
    return any(
        name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern
        for pattern in (*rules().drop, *site(host).drop)
    )
