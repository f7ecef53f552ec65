"""Whatever a web server answers: a document, or one line of refusal."""

import os
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import cache

from hypothesis import strategies as st

from claimcheck.errors import ClaimcheckError
from claimcheck.reading import ReadOptions, read_address
from tests.fuzz.promises import check_document, check_refusal

_PATHS = st.sampled_from(
    ["/", "/a.md", "/a.html", "/a.pdf", "/a.docx", "/a%00b", "/a b", "/[", "/é"]
)
_STATUS = st.sampled_from(
    [
        *(
            b"HTTP/1.1 200 OK",
            b"HTTP/1.1 302 Found",
            b"HTTP/1.1 301",
            b"HTTP/1.1 308 \xff",
            b"HTTP/1.1",
        ),
        *(
            b"HTTP/1.0 404 \x1b[31m",
            b"HTTP/1.1 999 x",
            b"HTTP/9 200 OK",
            b"tea",
            b"",
            b"HTTP/1.1 304 x",
        ),
    ]
)
# Where a redirect leads is one of these and never made up: no other machine is to be asked.
_LINES = st.sampled_from(
    [
        *(
            b"Location: /a.md",
            b"Location: http://[",
            b"Location: file:///etc/hostname",
            b"Location: //[",
        ),
        *(b"Location: http://127.0.0.1:1/", b"Location: http://127.0.0.1:x/", b"Location: \xff"),
        *(
            b"Location: ",
            b"Location: ?a",
            b"Location: http://127.0.0.1:99999/",
            b"Location: data:,tea",
        ),
        *(
            b"Content-Type: text/html",
            b"Content-Type: text/markdown; charset=utf-16",
            b"Content-Type:",
        ),
        *(b"Content-Type: text/plain; charset=\x00", b"Content-Type: text/html; charset*=x'y'%00z"),
        *(
            b"Content-Type: text/html; charset*=utf-8''%FF",
            b"Content-Type: text/html; charset=idna",
        ),
        *(b"Content-Type: application/pdf", b"Content-Type: ;;", b"Content-Type: a/b\x85c", b"x"),
        *(b"Content-Type: text/html; charset=undefined", b"Content-Type: text/html; charset=utf-7"),
        *(
            b"Content-Encoding: gzip",
            b"Content-Encoding: deflate",
            b"Content-Encoding: br",
            b" folded",
        ),
        *(
            b"Content-Length: 3",
            b"Content-Length: -1",
            b"Content-Length: " + b"9" * 5000,
            b"\xff: \xff",
        ),
        *(b"Transfer-Encoding: chunked", b"Content-Length: \xb2", b"X: " + b"a" * 70_000, b": "),
    ]
)
_BODIES = st.sampled_from(
    [
        *(
            b"It helps. ",
            b"<p>Tea",
            b"\x1f\x8b\x08\x00",
            b"5\r\nIt he\r\n",
            b"0\r\n\r\n",
            b"zz\r\n",
        ),
        *(
            b"%PDF-1.4",
            b"\xff\xfe",
            b"\x00",
            b"# Tea\n\n",
            "Thé. ".encode("cp1252"),
            b"a" * 200_000,
        ),
    ]
)
answers = st.tuples(
    st.tuples(st.just("path"), _PATHS),
    st.tuples(st.just("status"), _STATUS),
    *[st.tuples(st.just("line"), _LINES)] * 3,
    *[st.tuples(st.just("body"), _BODIES | st.binary(max_size=20))] * 3,
)


class _Server:
    """Answers every request on this machine with the same bytes, until it is given others."""

    def __init__(self) -> None:
        self.answer = b""
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            with connection, suppress(OSError):
                connection.recv(65_536)
                connection.sendall(self.answer)


@cache
def _server() -> _Server:
    os.environ["no_proxy"] = "*"
    return _Server()


def check_answer(case: Sequence[tuple[str, str | bytes]]) -> None:
    """Check what becomes of an address when a server answers it so."""
    parts: dict[str, list[bytes]] = {"status": [], "line": [], "body": []}
    path = "/"
    for name, part in case:
        if isinstance(part, str):
            path = part
        else:
            parts[name].append(part)
    head = [*parts["status"], *parts["line"], b"", b""]
    server = _server()
    server.answer = b"\r\n".join(head) + b"".join(parts["body"])
    try:
        document = read_address(server.address + path, ReadOptions(timeout=1.0, max_bytes=100_000))
    except ClaimcheckError as error:
        check_refusal(error)
    else:
        check_document(document)
