"""A web server on this machine that answers as a test wants."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Answer:
    """What the server says under one path."""

    body: bytes = b""
    type: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@contextmanager
def serve(answers: dict[str, Answer], asked: list[dict[str, str]] | None = None) -> Iterator[str]:
    """Serve answers by their paths; yields the address of the root. Requests go to ``asked``."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if asked is not None:
                asked.append(dict(self.headers))
            answer = answers.get(self.path, Answer(status=404))
            self.send_response(answer.status)
            headers = {"Content-Length": str(len(answer.body)), **answer.headers}
            if answer.type:
                headers["Content-Type"] = answer.type
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
