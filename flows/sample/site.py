"""The loopback site: every outlet of the sample behind one port of 127.0.0.1, at a moment that the caller sets."""

from __future__ import annotations

import sys
import threading
from collections import Counter
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from flows.sample import ENDS, Sample
from flows.sample.answers import Reply, answer

_IDLE = 60.0  # seconds that a connection may stay open between two requests


class Site:
    """Serve a sample on 127.0.0.1 while the context lasts; `now` decides what has been published by then."""

    def __init__(self, sample: Sample, now: datetime = ENDS, port: int = 0) -> None:
        self.sample = sample
        self.now = now
        self.requests: Counter[tuple[str, str]] = Counter()  #: of (host, path with its query), as asked
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.site = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="sample", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def now(self) -> datetime:
        """The moment that the site shows, in UTC."""
        return self._now

    @now.setter
    def now(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            raise ValueError(f"site.now is {moment}, without a zone")
        self._now = moment.astimezone(UTC)

    @property
    def hosts(self) -> dict[str, tuple[str, int]]:
        """Where each outlet's host is to be found: what a resolver needs."""
        return {outlet.host: ("127.0.0.1", self._server.server_port) for outlet in self.sample.outlets}

    def reply(self, host: str, target: str, headers: dict[str, str]) -> Reply:
        """Count and answer one request; NAME.localhost, which browsers find by themselves, stands for NAME.example."""
        host = host.replace(".localhost", ".example")
        with self._lock:
            self.requests[host, target] += 1
        return answer(self.sample, self.now, host, target, headers)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    site: Site

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 # the signature of socketserver
        """Report bugs; a client that hangs up is none."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _IDLE
    disable_nagle_algorithm = True  # head and body leave in two writes: with it the second would wait for an ACK
    server: _Server

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").split(":")[0].lower()
        asked = {name.title(): value for name, value in self.headers.items()}
        self._send(self.server.site.reply(host, self.path, asked))

    def do_HEAD(self) -> None:
        self.do_GET()

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Give the Date header the site's moment, not the machine's."""
        del timestamp
        return format_datetime(self.server.site.now, usegmt=True)

    def version_string(self) -> str:
        """Name the server."""
        return "sample"

    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)
