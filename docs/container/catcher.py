"""A mail server for trying, which delivers nothing: it prints each letter's readers, subject and size.

`python docs/container/catcher.py HOST PORT`. Python's standard library alone: one letter at a time is enough.
"""

# ruff: noqa: INP001 - a program of its own: the image copies it alone

import socketserver
import sys
from email import message_from_bytes
from email.policy import default

_PLAIN = {"HELO", "EHLO", "MAIL", "RSET", "NOOP"}


class Session(socketserver.StreamRequestHandler):
    """One session of SMTP (RFC 5321), as far as a digest needs it."""

    def handle(self) -> None:
        """Answer until the other side leaves."""
        readers: list[str] = []
        self._say("220 catcher")
        while line := self.rfile.readline().decode("ascii", "replace").strip():
            verb = line[:4].upper()
            if verb == "RCPT":
                readers.append(line.partition(":")[2].strip("<> "))
                self._say("250 noted")
            elif verb == "DATA":
                self._say("354 go on")
                self._letter(readers)
                readers = []
                self._say("250 caught")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 catcher" if verb in _PLAIN else "502 not here")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _letter(self, readers: list[str]) -> None:
        held = b""
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            held += line.removeprefix(b".") if line.startswith(b"..") else line
        subject = message_from_bytes(held, policy=default)["Subject"]
        sys.stdout.write(f"caught a letter to {', '.join(readers)}: {subject} ({len(held):,} bytes)\n")
        sys.stdout.flush()


if __name__ == "__main__":
    with socketserver.ThreadingTCPServer((sys.argv[1], int(sys.argv[2])), Session) as server:
        server.serve_forever()
