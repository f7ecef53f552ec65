"""Web addresses: one page, within a time and a size, over http and https only."""

import queue
import socket
import ssl
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage, HTTPResponse
from pathlib import PurePosixPath
from typing import IO

from claimcheck import __version__
from claimcheck.errors import InputError
from claimcheck.reading.registry import TEXT, Format, by_ending, by_type
from claimcheck.reading.source import ReadOptions, Source, refuse_large

MAX_REDIRECTS = 5
USER_AGENT = f"claimcheck/{__version__}"
_ACCEPT = "text/html,application/xhtml+xml,text/markdown,text/plain,application/pdf,*/*;q=0.1"
_CHUNK = 65_536
_SAFE = "%/:=&?~#+!$,;'@()*[]"
_SILENT_TYPES = ("", "application/octet-stream", "binary/octet-stream")
_STATUS_ADVICE = {
    401: "it wants a login; save the page and name the file",
    403: "it lets no program in; save the page and name the file",
    404: "no such page; check the address",
    410: "the page is gone; check the address",
    429: "it was asked too often; try again later",
}


@dataclass(frozen=True, slots=True)
class WebPage:
    """What an address gave: its bytes, its format, and what people should know about it."""

    source: Source
    format: Format
    warnings: tuple[str, ...] = ()


def fetch(url: str, options: ReadOptions) -> WebPage:
    """Fetch an address, with at most MAX_REDIRECTS redirects.

    Raises:
        InputError: where it gives nothing that can be read; the message says why.

    """
    deadline = time.monotonic() + options.timeout
    late = InputError(f"{url} did not answer in full within {options.timeout:g} seconds")
    return _within(options.timeout, lambda: _follow(url, options, deadline, late), late)


def _within(seconds: float, work: Callable[[], WebPage], late: InputError) -> WebPage:
    """Return what work returns, or raise ``late`` when the time is over.

    Looking up a name, or a header that trickles in, can outlast every time-out of a socket;
    a thread that is left behind cannot.
    """
    answers: queue.SimpleQueue[WebPage | BaseException] = queue.SimpleQueue()

    def run() -> None:
        try:
            answers.put(work())
        except BaseException as error:
            answers.put(error)

    threading.Thread(target=run, name="claimcheck-fetch", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise late from None
    if isinstance(answer, BaseException):
        raise answer
    return answer


def _follow(url: str, options: ReadOptions, deadline: float, late: InputError) -> WebPage:
    """Go from redirect to redirect until there is a page."""
    opener = urllib.request.build_opener(_NoRedirect)
    at = url
    for _ in range(MAX_REDIRECTS + 1):
        request = _request(at, url)
        remaining = deadline - time.monotonic()
        if remaining <= 0:
            raise late
        try:
            with opener.open(request, timeout=remaining) as response:
                target = _header(response.headers, "Location")
                if not (300 <= response.status < 400 and target):
                    data = _body(response, url, options, deadline, late)
                    return _page(url, at, response.headers, data)
        except urllib.error.HTTPError as error:
            raise _bad_status(url, error) from None
        except (OSError, HTTPException, ValueError, zlib.error) as error:
            raise _failure(url, at, error, late) from None
        with suppress(ValueError):  # what is no address cannot be joined, and is refused next
            target = urllib.parse.urljoin(at, target)
        at = target
    raise InputError(f"{url} redirects more than {MAX_REDIRECTS} times: check the address")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Hands redirects back: each is looked at before it is followed."""

    def http_error_302(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage
    ) -> IO[bytes]:
        return fp

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _request(at: str, url: str) -> urllib.request.Request:
    try:
        parts = urllib.parse.urlsplit(at)
        host = parts.hostname
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        host, parts = None, urllib.parse.urlsplit("")
    if parts.scheme not in ("http", "https"):
        where = "" if at == url else f"{url} redirects to "
        raise InputError(f"{where}{at}: only http:// and https:// addresses are read")
    if not host:
        raise InputError(f"{at} is no web address: check it")
    try:
        netloc = parts.netloc.encode("ascii" if parts.netloc.isascii() else "idna").decode("ascii")
    except UnicodeError:
        raise InputError(f"{at} is no web address: check its name") from None
    quoted = urllib.parse.quote(parts._replace(netloc=netloc, fragment="").geturl(), safe=_SAFE)
    headers = {"User-Agent": USER_AGENT, "Accept": _ACCEPT, "Accept-Encoding": "identity"}
    return urllib.request.Request(quoted, headers=headers)


def _body(
    response: HTTPResponse, url: str, options: ReadOptions, deadline: float, late: InputError
) -> bytes:
    """Read the answer piece by piece, so that its size and its time are known all along."""
    packed = _header(response.headers, "Content-Encoding").lower()
    if packed not in ("identity", "gzip", "x-gzip", ""):
        raise InputError(f"{url} is packed as {packed}, which was not asked for: save the page")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16) if packed.endswith("gzip") else None
    data = bytearray()
    received = 0
    while chunk := response.read1(_CHUNK):
        received += len(chunk)
        data += unpacker.decompress(chunk, options.max_bytes + 1) if unpacker else chunk
        refuse_large(url, len(data), options.max_bytes)
        if time.monotonic() > deadline:
            raise late
    promised = response.headers.get("Content-Length", "")
    if promised.isdecimal() and received < int(promised):
        raise HTTPException(f"{received} of {promised} bytes came")
    return bytes(data)


def _header(headers: HTTPMessage, name: str) -> str:
    """Return a header in one line, empty where it is missing: servers may fold it over several."""
    return " ".join(headers.get(name, "").split())


def _page(url: str, at: str, headers: HTTPMessage, data: bytes) -> WebPage:
    named = headers.get_content_type() if headers.get("Content-Type") else ""
    type_ = next(iter(named.split()), "")  # what a folded header says after it is no part of it
    found = by_type(type_)
    by_name = by_ending(PurePosixPath(urllib.parse.urlsplit(at).path).suffix)
    if type_ in _SILENT_TYPES:
        found = by_name or TEXT
    elif found is TEXT and by_name is not None and by_name.name == "markdown":
        found = by_name  # servers that do not know Markdown call it plain text
    elif found is None:
        raise InputError(f"{url} is {type_}, which cannot be read")
    source = Source(data, url, headers.get_content_charset())
    before, after = (urllib.parse.urlsplit(x).hostname or "" for x in (url, at))
    if before.removeprefix("www.") == after.removeprefix("www."):
        return WebPage(source, found)
    return WebPage(source, found, (f"The address led to another site: {at}",))


def _bad_status(url: str, error: urllib.error.HTTPError) -> InputError:
    advice = _STATUS_ADVICE.get(error.code)
    if not advice:
        advice = "try again later" if error.code >= 500 else "check the address"
    with error:
        return InputError(f"{url} answered {error.code} {error.reason or ''}: {advice}")


def _failure(url: str, at: str, error: Exception, late: InputError) -> InputError:
    """Say in plain words why there was no answer."""
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    host = urllib.parse.urlsplit(at).netloc
    if isinstance(reason, TimeoutError):
        return late
    if isinstance(reason, socket.gaierror):
        return InputError(
            f"{url} was not found: no site has the name {host}, or there is no network"
        )
    if isinstance(reason, ConnectionRefusedError):
        return InputError(f"{url} cannot be reached: {host} refused the connection")
    if isinstance(reason, ssl.SSLCertVerificationError):
        return InputError(f"{url} has no valid certificate: {reason.verify_message}")
    if isinstance(reason, ssl.SSLError):
        return InputError(f"{url} has no secure connection to offer: is it http:// rather?")
    if isinstance(reason, HTTPException | ConnectionError | zlib.error):
        detail = " ".join(str(reason).split())[:100] or type(reason).__name__
        return InputError(f"{url} broke off, or is no web server ({detail})")
    return InputError(f"{url} cannot be read: {' '.join(str(reason).split())[:100]}")
