"""Addresses: one form for each article, so that the same article is known again whatever link led to it.

What is known of single sites is data: warehouse/seeds/url_rules.toml. Nothing here asks the network.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from functools import lru_cache
from operator import itemgetter
from urllib.parse import parse_qs, quote, unquote_to_bytes

from ada_url import URL

from tasks.text import digest
from tasks.urls.rules import bare, means_nothing, registrable, rules, site
from warehouse.records import Side

__all__ = [
    "article_id",
    "article_key",
    "canonical",
    "host",
    "join",
    "opaque",
    "registrable",
    "side_of",
    "twin_key",
    "unwrap",
]

_BROKEN_QUERY = re.compile(r"(\.(?:[sp]?html?|vnp|php|aspx?|jsp))&.*$")  # .../slug-182046.html&mobile=yes&amp=1
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/]*|/\(S\([a-z0-9]{24}\)\)(?=/)", re.IGNORECASE)
_AMP = re.compile(r"\.amp(?=(?:\.html?)?$)")
_MESSAGE = re.compile(rb"\x08[\x00-\x7f]\x22([\x80-\xff]?[\x00-\x7f])")
_INDEX = frozenset({"index.html", "index.htm", "index.shtml"})
_SIDES: Mapping[str, Side] = {"vn": "vietnam", "jp": "japan"}
_LANGUAGE = re.compile(r"[a-z]{2}(?:-(?:[a-z]{2}|[A-Z]{2}|Han[st]))?")
_FOLDER = re.compile(r"[a-zA-Z]{2}(?:[-_][a-zA-Z]{2,4})?")
_SLUG_WORD = re.compile(r"(?<![^-_])[a-z]{2,}(?![^-_])")
_SLUG_WORDS, _SLUG_LETTERS = 3, 10  # of an article's slug; shorter ones name sections and standing pages
_PATH_SAFE = "!$&'()*+,;=:@"  # what RFC 3986, 3.3 allows in a segment besides letters, digits and -._~
_KEPT = 10_000  # addresses whose form is kept: in one run each is asked for a dozen times
_QUERY_SAFE = "!$'()*,;:@/"


def join(base: str, href: str) -> str:
    """Resolve an address as a browser would (WHATWG URL standard), against base where it is relative.

    Returns an absolute http or https address in ASCII, or "" when there is none (mailto:, data:, broken, empty).
    """
    try:
        parsed = URL(href.strip(), base.strip() or None)
    except ValueError:
        return ""
    return parsed.href if parsed.protocol in {"http:", "https:"} else ""


@lru_cache(maxsize=_KEPT)
def canonical(url: str, base: str = "") -> str:
    """Give the identity of an address: https, bare host, no tracking, no AMP. Never raises. For comparing only.

    What is no http address stands for itself. Applied until nothing changes: canonical(canonical(x)) == canonical(x).
    """
    text = join(base, url)
    if not text:
        return url.strip()
    while (simpler := _simpler(text)) != text:
        text = simpler
    return text


def article_id(url: str) -> str:
    """Give the article's id, 16 hex digits: equal for addresses whose canonical forms are equal."""
    return digest(canonical(url))


def article_key(url: str) -> str | None:
    """Give "host|number" with the id that the site itself put into the address: it survives a changed slug."""
    parsed = _parsed(canonical(url))
    if parsed is None:
        return None
    known = site(parsed.hostname)
    for pattern in (*known.ids, *rules().ids):
        found = pattern.search(parsed.pathname) or pattern.search(parsed.pathname + parsed.search)
        if found:
            return f"{known.name or parsed.hostname}|{'/'.join(filter(None, found.groups()))}"
    return None


def twin_key(url: str) -> str | None:
    """Give what the translations of one article share: site and path, without the language's folder.

    On sites that are known for it any slug will do; elsewhere it must be long enough to be an article's, and stand
    under a language's folder, or alone and without an id. By itself it says nothing: twins are in two languages.
    None for what is no article by that.
    """
    parsed = _parsed(canonical(url))
    if parsed is None:
        return None
    known, path = site(parsed.hostname), parsed.pathname[1:]
    folder, _, below = path.partition("/")
    if known.twins:
        slug = below if _LANGUAGE.fullmatch(folder) else path
        return f"{known.name}/{slug}" if "-" in slug else None
    spoken = _FOLDER.fullmatch(folder) and folder[:2].lower() in rules().languages
    slug = below if spoken else "" if below or article_key(url) else path
    words = _SLUG_WORD.findall(slug.rpartition("/")[2].partition(".")[0])
    long = len(words) >= _SLUG_WORDS and sum(map(len, words)) >= _SLUG_LETTERS
    return f"{known.name or parsed.hostname}/{slug}" if long and not parsed.search else None


@lru_cache(maxsize=_KEPT)
def host(url: str) -> str:
    """Give the host of the canonical address: lower case, without www., m. or amp.; "" where there is none."""
    parsed = _parsed(canonical(url))
    return parsed.hostname if parsed else ""


def side_of(place: str) -> Side:
    """Guess the side of an outlet that nobody knows by the country in its host's name."""
    return _SIDES.get(place.rpartition(".")[2], "third")


def unwrap(url: str) -> str:
    """Give the address that a redirector (Google, Bing News, AMP caches, ...) carries, else the address itself."""
    while target := _wrapped(url):
        url = target
    return url


def opaque(url: str) -> bool:
    """Say whether a link hides the article's address so that only its owner can find it (Google News)."""
    return any(pattern.search(canonical(url)) for pattern in rules().opaque)


def _parsed(url: str) -> URL | None:
    try:
        parsed = URL(url)
    except ValueError:
        return None
    return parsed if parsed.protocol in {"http:", "https:"} else None


def _wrapped(url: str) -> str:
    """Give the address inside this one, or ""."""
    parsed = _parsed(url)
    if parsed is None:
        return ""
    for wrapper in rules().wrappers:
        found = wrapper.host.search(parsed.hostname) and wrapper.path.search(parsed.pathname)
        if not found:
            continue
        if "token" in wrapper.path.groupindex:
            return join("", _in_token(found["token"]))
        values = parse_qs(parsed.search[1:])
        inside = [values[name][0] for name in wrapper.parameters if name in values]
        if not wrapper.parameters:
            target = found["target"] + parsed.search
            inside = [target if target.startswith("http") else f"https://{target}"]
        return next(filter(None, (join("", text) for text in inside)), "")
    return ""


def _in_token(token: str) -> str:
    """Give the address in a token of Google News as it was until July 2024: base64 of a message that begins with it."""
    try:
        message = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return ""
    found = _MESSAGE.match(message)
    if not found:
        return ""
    low, *high = found[1]  # the address's length: seven bits a byte, the lowest first
    length = (low & 0x7F) + (high[0] << 7 if high else 0)
    return message[found.end() :][:length].decode("utf-8", "replace")


def _simpler(url: str) -> str:
    """Take one step towards the canonical form."""
    parsed = _parsed(unwrap(url))
    if parsed is None:
        return url
    name = bare(parsed.hostname)
    port = f":{parsed.port}" if parsed.port not in {"", "80", "443"} else ""
    return f"https://{name}{port}{_path(parsed.pathname)}{_query(parsed.search[1:], name)}"


def _path(path: str) -> str:
    """Simplify a path: no AMP, session, index file or trailing slash; equal escapes for equal characters."""
    path = _AMP.sub("", _SESSION.sub("", _BROKEN_QUERY.sub(r"\1", path)))
    segments = [_even(segment, _PATH_SAFE) for segment in path.split("/") if segment]
    if segments and segments[-1] in _INDEX:
        segments.pop()
    return "/" + "/".join([segment for segment in segments if segment != "amp"] or segments)


def _query(query: str, name: str) -> str:
    """Keep the parameters that tell articles apart, sorted by name."""
    kept = []
    for pair in query.replace("&amp;", "&").replace("+", " ").split("&"):
        key, equals, value = pair.partition("=")
        if key and (value or not equals) and not means_nothing(key, value, name):
            kept.append((_even(key, _QUERY_SAFE), equals + _even(value, _QUERY_SAFE)))
    return "?" + "&".join(key + rest for key, rest in sorted(kept, key=itemgetter(0))) if kept else ""


def _even(text: str, safe: str) -> str:
    """Write percent escapes in one way: upper case, none for unreserved characters, NFC under them."""
    raw = unquote_to_bytes(text)
    try:
        return quote(unicodedata.normalize("NFC", raw.decode()), safe)
    except UnicodeDecodeError:
        return quote(raw, safe)
