"""A local server that speaks the chat completions of an OpenAI-compatible endpoint, with answers a test lays down."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

Answer = tuple[int, dict[str, str], bytes]


def completion(words: str) -> Answer:
    """A completion whose message is WORDS."""
    return 200, {}, json.dumps({"choices": [{"message": {"role": "assistant", "content": words}}]}).encode()


def claims(*rows: dict[str, Any]) -> Answer:
    """A completion that gives ROWS as the claims of a report."""
    return completion(json.dumps({"claims": rows}))


def row(quote: str, quantity: str, count: int, **others: Any) -> dict[str, Any]:
    """An exact claim of COUNT killed, with OTHERS in place of what it says otherwise."""
    bounds = {"low": count, "best": count, "high": count}
    said = {"measure": "killed", "comparator": "exact", "scope": "incident", "polarity": "asserted"}
    return {**said, **bounds, "quote": quote, "quantity": quantity, **others}


@dataclass
class Stub:
    """The server: ``answers`` in turn, the last one for ever; ``asked`` is what came in, ``keys`` what it came with."""

    base_url: str
    answers: list[Answer] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next_answer(self) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def stub() -> Iterator[Stub]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with server_state.lock:
                server_state.asked.append({"path": self.path, **json.loads(body)})
                server_state.keys.append(self.headers.get("Authorization"))
                status, headers, answer = server_state.next_answer()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            """Say nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server_state = Stub(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server_state
    server.shutdown()
    thread.join()
    server.server_close()
