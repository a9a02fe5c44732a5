"""One Chromium for many pages, spoken to over its DevTools pipe: open, ask at any width and scheme, take pictures."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-pipe"),
    "--force-prefers-reduced-motion",
)
PIPE = 'exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null'  # Chromium reads commands from descriptor 3 and answers on 4
TALLEST = 6_000  # pixels of a page that a picture shows; more takes seconds each


class Browser:
    """One page of a running Chromium, into which one address after the other is loaded."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin
        assert process.stdout
        self._in, self._out, self._held, self._number = process.stdin, process.stdout, b"", 0
        self._session: dict[str, str] = {}
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = {"sessionId": attached["sessionId"]}
        self.call("Page.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Give the answer to one command of the DevTools protocol."""
        self._number += 1
        asked = {"id": self._number, "method": method, "params": params} | self._session
        self._in.write(json.dumps(asked).encode() + b"\0")
        self._in.flush()
        while (said := self._read()).get("id") != self._number:
            pass
        if "error" in said:
            raise RuntimeError(f"{method}: {said['error']['message']}")
        result: dict[str, Any] = said["result"]
        return result

    def open(self, page: Path) -> None:
        """Load a file and wait until all of it is there."""
        self._number += 1
        asked = {"id": self._number, "method": "Page.navigate", "params": {"url": page.resolve().as_uri()}}
        self._in.write(json.dumps(asked | self._session).encode() + b"\0")
        self._in.flush()
        while self._read().get("method") != "Page.loadEventFired":
            pass

    def screen(self, width: int, *, dark: bool = False) -> None:
        """Make the screen so many CSS pixels wide, and light or dark."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def ask(self, script: str) -> Any:
        """Give the value of an expression, or of its promise, in the page."""
        found = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in found:
            raise RuntimeError(found["exceptionDetails"]["exception"].get("description", script))
        return found["result"].get("value")

    def picture(self, out: Path, width: int, height: int = TALLEST) -> None:
        """Write a PNG of the page as it is on the screen, from its top to its end or to `height`."""
        height = min(height, self.ask("document.documentElement.scrollHeight"))
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        taken = self.call("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        out.write_bytes(b64decode(taken["data"]))

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._held:
            more = self._out.read1(1 << 20)  # type: ignore[attr-defined] # a pipe of Popen is buffered
            if not more:
                raise RuntimeError("Chromium ended")
            self._held += more
        said, self._held = self._held.split(b"\0", 1)
        found: dict[str, Any] = json.loads(said)
        return found


@contextmanager
def browser() -> Iterator[Browser]:
    """Run a Chromium with an empty profile."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = ["sh", "-c", PIPE, CHROMIUM, *FLAGS, f"--user-data-dir={profile}"]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as process:
            try:
                yield Browser(process)
            finally:
                process.terminate()
