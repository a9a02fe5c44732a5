"""Templates to bytes: Jinja2 for the words, css-inline for mail clients that drop style sheets."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

from css_inline import CSSInliner
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tasks.render.edition import Edition
from tasks.render.page import Page
from tasks.render.plain import fill, rule
from tasks.render.safe import keep_together, safe_url, script_language, squeeze
from tasks.render.words import own_name

_BLANK_LINES = re.compile(r"\n{3,}")
_INDENT = re.compile(r"\n\s+")


@cache
def _environment(*, markup: bool) -> Environment:
    environment = Environment(
        loader=PackageLoader("templates", ""),
        autoescape=markup,  # noqa: S701 # off for plain text only, which no browser reads
        undefined=StrictUndefined,
        finalize=squeeze if markup else None,
        trim_blocks=not markup,
        lstrip_blocks=not markup,
    )
    environment.filters.update(safe_url=safe_url, script_language=script_language, keep_together=keep_together)
    environment.filters.update(own_name=own_name)
    environment.globals.update(fill=fill, rule=rule)
    return environment


@cache
def _inliner() -> CSSInliner:
    # The template keeps its second style element by data-css-inline="keep": "ignore" would remove it, and rules outside
    # @media would be inlined nonetheless. keep_at_rules would move it before the charset, beyond which browsers guess.
    return CSSInliner(keep_style_tags=False, keep_link_tags=False, load_remote_stylesheets=False)


def mail(page: Page, subject: str, preheader: str) -> str:
    """Fill the mail's HTML part: styles in attributes, no line longer than SMTP's 998 bytes once encoded."""
    html = (
        _environment(markup=True).get_template("mail.html.j2").render(page=page, subject=subject, preheader=preheader)
    )
    return _inliner().inline(_INDENT.sub("\n", html))


def web(edition: Edition, subject: str) -> str:
    """Fill the browser edition of one issue."""
    return _static("web.html.j2", edition=edition, page=edition.page, subject=subject)


def index(**values: object) -> str:
    """Fill the page that lists all issues."""
    return _static("index.html.j2", **values)


def _static(name: str, **values: object) -> str:
    """Fill a page that is opened in a browser; it forbids itself everything but its own style sheet."""
    css, policy = _styles()
    filled = _environment(markup=True).get_template(name).render(css=css, policy=policy, **values)
    return _INDENT.sub("\n", filled)


@cache
def _styles() -> tuple[Markup, str]:
    """Give the style sheet of static pages, and the Content-Security-Policy under which it, and nothing else, runs."""
    names = ("style.css", "screen.css", "web.css")
    css = "".join(files("templates").joinpath(name).read_text(encoding="utf-8") for name in names)
    css = _INDENT.sub("\n", css).strip()
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return Markup(css), f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"  # noqa: S704 # our own files


def text(page: Page) -> str:
    """Fill the mail's plain-text part."""
    filled = _environment(markup=False).get_template("mail.txt.j2").render(page=page)
    return _BLANK_LINES.sub("\n\n", filled).strip("\n") + "\n"
