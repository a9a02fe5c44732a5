"""Raw feeds and pages as WARC files (ISO 28500), one a week: YYYY-Www.warc.gz, one gzip member a record.

Kept so that extraction and judging can be run again when the rules improve. Any WARC reader opens the files.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import uuid
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO, Literal

from isal import isal_zlib
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from warehouse.settle import settle

_GONE = "let-go.txt"  # names of files that were taken away for good
_CHUNK = 1 << 17  # bytes
_LEVEL = 3  # of isal: real pages a ninth larger than with zlib 5, in a quarter of its time
_KIND = "VNJP-Kind"  # WARC allows named fields of one's own; readers pass over them


class ArchiveError(Exception):
    """A record or a file is not as the warehouse remembers it; the message names file, offset and what was found."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One body as it came, decoded, with what is needed to read it again."""

    kind: Literal["feed", "page"]
    url: str  #: http or https
    fetched_at: datetime
    status: int
    content_type: str
    body: bytes
    sha256: str = ""  #: of the body, where it is known already


@dataclass(frozen=True, slots=True)
class Appended:
    """Where the records of one call lie, in their order, and how long the file is now: commit all of it together."""

    places: tuple[tuple[str, int], ...]  #: (file name relative to the folder, offset)
    file: str
    length: int


@dataclass(frozen=True, slots=True)
class Archive:
    """A folder of WARC files. One writer at a time; what lies behind the committed length does not count."""

    folder: Path

    def append(self, week_label: str, records: Sequence[Kept], committed: int) -> Appended:
        """Add records to a week's file and have them on disk before returning.

        ``committed`` is the length that the warehouse knows of (0 or less: none); what a killed run left behind it is
        cut off first, because one torn record stops every reader. Raises ArchiveError where the file is shorter.
        """
        name, committed = f"{week_label}.warc.gz", max(committed, 0)
        path = self.folder / name
        self.folder.mkdir(parents=True, exist_ok=True)
        new = not path.exists()
        with path.open("ab") as file:
            if (found := file.seek(0, os.SEEK_END)) < committed:
                raise ArchiveError(
                    f"{path} has {found} bytes where {committed} are committed: restore it from a backup"
                )
            file.truncate(committed)
            file.seek(committed)
            offsets = [_write(file, record) for record in records]
            length = file.tell()
            file.flush()
            os.fsync(file.fileno())
        if new:
            settle(self.folder)  # else the name of a new file may not survive a power cut that its bytes survive
        return Appended(tuple((name, offset) for offset in offsets), name, length)

    def read(self, file: str, offset: int) -> Kept:
        """Give one record back. Raises ArchiveError where no whole record starts at the offset or its bytes changed."""
        path = self.folder / file
        try:
            with path.open("rb") as stream:
                stream.seek(offset)
                return _read(stream)
        except FileNotFoundError:
            raise ArchiveError(f"{path} is missing, so its record at offset {offset} cannot be read") from None
        except (ArchiveLoadFailed, EOFError, StopIteration, ValueError, isal_zlib.error) as error:  # type: ignore[misc] # its stub says that the class is an instance
            size = path.stat().st_size
            raise ArchiveError(f"{path} ({size} bytes) has no whole record at offset {offset}") from error

    def files(self) -> list[str]:
        """Name the files, oldest week first."""
        return sorted(path.name for path in self.folder.glob("*.warc.gz"))

    def drop(self, names: Sequence[str]) -> None:
        """Take files away for good; their names stay, so that a backup of before knows them for gone, not lost."""
        draft = self.folder / f".{_GONE}.draft"
        with draft.open("w", encoding="utf-8") as file:
            file.writelines(f"{name}\n" for name in sorted({*self._named_gone(), *names}))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.folder / _GONE)
        for name in names:
            (self.folder / name).unlink(missing_ok=True)
        settle(self.folder)

    def gone(self) -> list[str]:
        """Name the files that were taken away for good and are not there again."""
        return sorted(self._named_gone() - set(self.files()))

    def _named_gone(self) -> set[str]:
        path = self.folder / _GONE
        return set(path.read_text(encoding="utf-8").split()) if path.exists() else set()

    def reach(self, file: str, committed: int) -> tuple[int, int]:
        """Give the length up to which a file holds whole records, and how many of them lie beyond `committed`."""
        length, records = max(committed, 0), 0
        with (self.folder / file).open("rb") as stream:
            while end := _end(stream, length):
                length, records = end, records + 1
        return length, records

    def take_out(self, places: Iterable[tuple[str, int]]) -> None:
        """Put a record that says nothing in the place of each that stands there, as long as it was: offsets hold.

        A file is written anew and put in its place whole. What was taken out before is taken out; an offset that
        holds no whole record raises ArchiveError.
        """
        of_file: dict[str, set[int]] = {}
        for name, offset in places:
            of_file.setdefault(name, set()).add(offset)
        for name, offsets in of_file.items():
            path = self.folder / name
            draft = path.with_name(f".{name}.draft")
            try:
                shutil.copyfile(path, draft)
                with draft.open("r+b") as stream:
                    for offset in offsets:
                        if not (end := _end(stream, offset)):
                            raise ArchiveError(f"{path} has no whole record at offset {offset}")
                        stream.seek(offset)
                        stream.write(_nothing(end - offset))
                    stream.flush()
                    os.fsync(stream.fileno())
                draft.replace(path)
                settle(self.folder)
            finally:
                draft.unlink(missing_ok=True)


def _nothing(length: int) -> bytes:
    """Make a record without content, as one gzip member of exactly this length: a comment in its head fills it up."""
    record = (
        f"WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:uuid:{uuid.UUID(int=0)}>\r\n"
        "WARC-Date: 1970-01-01T00:00:00Z\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    ).encode()
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(record) + packer.flush()
    tail = zlib.crc32(record).to_bytes(4, "little") + len(record).to_bytes(4, "little")
    head = b"\x1f\x8b\x08\x10\0\0\0\0\x02\xff"  # RFC 1952: deflate, with a comment, no time
    fill = length - len(head) - len(packed) - len(tail) - 1
    return head + b" " * fill + b"\0" + packed + tail


def _end(stream: BinaryIO, offset: int) -> int:
    """Give where the gzip member that starts at an offset ends, 0 where no whole one does."""
    stream.seek(offset)
    member, end = zlib.decompressobj(zlib.MAX_WBITS | 16), offset
    try:
        while not member.eof and (chunk := stream.read(_CHUNK)):
            end += len(chunk)
            while chunk and not member.eof:
                member.decompress(chunk, _CHUNK)
                chunk = member.unconsumed_tail
    except zlib.error:
        return 0
    return end - len(member.unused_data) if member.eof else 0


def _write(file: BinaryIO, record: Kept) -> int:
    """Write one record as one gzip member; give the offset where it starts.

    Everything in it follows from the record: an id hashed from address, body and instant, the run's `now` as its date,
    no header that differs between two answers (Date, Set-Cookie), no time in the gzip header. So a run that was killed
    and runs again writes the same bytes to the same offsets.
    """
    start = file.tell()
    sha256 = record.sha256 or hashlib.sha256(record.body).hexdigest()
    instant = record.fetched_at.astimezone(UTC).isoformat()
    headers = {
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{record.url} {sha256} {instant}')}>",
        "WARC-Date": instant.replace("+00:00", "Z"),
        _KIND: record.kind,
    }
    plain = io.BytesIO()
    writer = WARCWriter(plain, gzip=False, warc_version="1.1")
    writer.write_record(
        writer.create_warc_record(
            _one_line(record.url),
            "response",
            payload=io.BytesIO(record.body),
            length=len(record.body),
            warc_headers_dict=headers,
            http_headers=StatusAndHeaders(
                _status_line(record.status), [("Content-Type", _one_line(record.content_type))], protocol="HTTP/1.1"
            ),
        )
    )
    member = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, isal_zlib.MAX_WBITS + 16)
    file.write(member.compress(plain.getbuffer()) + member.flush())
    return start


def _read(stream: BinaryIO) -> Kept:
    record = next(iter(ArchiveIterator(io.BytesIO(_member(stream)), check_digests=True)))
    if not record.http_headers:
        raise ArchiveLoadFailed("not an HTTP response")
    body = record.content_stream().read()
    if not record.digest_checker.passed:
        raise ArchiveLoadFailed("; ".join(record.digest_checker.problems))
    return Kept(
        kind=record.rec_headers.get_header(_KIND),
        url=record.rec_headers.get_header("WARC-Target-URI"),
        fetched_at=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")),
        status=int(record.http_headers.get_statuscode()),
        content_type=record.http_headers.get_header("Content-Type", ""),
        body=body,
    )


def _member(stream: BinaryIO) -> bytes:
    """Unpack the gzip member that starts here."""
    member, parts = isal_zlib.decompressobj(isal_zlib.MAX_WBITS | 16), []
    while not member.eof:
        if not (chunk := stream.read(_CHUNK)):
            raise EOFError
        parts.append(member.decompress(chunk))
    return b"".join(parts)


def _status_line(status: int) -> str:
    known = {item.value: item.phrase for item in HTTPStatus}
    return f"{status} {known.get(status, 'Unknown')}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
