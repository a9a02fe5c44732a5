"""A real HTTP server on loopback for tests: says what it is told to say, and remembers who asked what and when."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic
from typing import Any

from tasks.web import Manners

Speak = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Visit:
    """One request as the server saw it."""

    host: str
    path: str
    headers: Mapping[str, str]
    begun: float = field(default_factory=monotonic)
    ended: float = 0.0  #: just before its last bytes went out: from then on the client may ask for more


@dataclass
class Site:
    """Routes by path, or by host and path; each is what to say or how to say it. Unknown paths get 404."""

    port: int
    routes: dict[str, Speak] = field(default_factory=dict)
    visits: list[Visit] = field(default_factory=list)
    ending: threading.Event = field(default_factory=threading.Event)  #: set when the test is over

    def says(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> None:
        """Answer a path with this; underscores in header names stand for hyphens."""
        self.routes[path] = speak(body, status, **headers)

    def manners(self, *hosts: str, **limits: object) -> Manners:
        """Manners under which these hosts, and nothing else here, may be asked."""
        pretend = dict.fromkeys(hosts or ("one.example", "two.example", "three.example"), ("127.0.0.1", self.port))
        return Manners("test@example.org", pretend=pretend, **limits)  # type: ignore[arg-type] # the test names fields

    def paths(self, host: str = "") -> list[str]:
        """Give the paths asked for, in their order."""
        return [visit.path for visit in self.visits if host in {"", visit.host}]


def speak(body: bytes = b"", status: int = 200, **headers: str) -> Speak:
    """Make an ordinary answer."""

    def say(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return say


class Watched:
    """What writes to a client, and notes in its visit when it does."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.visit = stream, Visit("", "", {})

    def write(self, data: bytes) -> Any:
        if data:
            self.visit.ended = monotonic()
        return self.stream.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


@contextmanager
def serve(certificate: Path | None = None) -> Iterator[Site]:
    """Run a site until the block ends; over TLS with a certificate and its key from a file."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wfile: Watched  # type: ignore[assignment] # all that a handler asks of a stream goes through

        def setup(self) -> None:
            super().setup()
            self.wfile = Watched(self.wfile)

        def do_GET(self) -> None:
            host = self.headers.get("Host", "")
            visit = Visit(host, self.path, dict(self.headers))
            site.visits.append(visit)
            self.wfile.visit = visit
            say = site.routes.get(host + self.path) or site.routes.get(self.path) or speak(status=404)
            try:
                say(self)
            except OSError:  # the client has gone, as it should at a limit
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, *_: object) -> None:
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        site = Site(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield site
        finally:
            site.ending.set()
            server.shutdown()
            thread.join()


def certificate(path: Path, host: str) -> Path:
    """Write a certificate for a host that nobody else signed, and its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path
