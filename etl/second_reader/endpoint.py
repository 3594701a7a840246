"""One question to an OpenAI-compatible ``/chat/completions``: its answer's text or one typed error, in bounds."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from etl.errors import EtlError

_MOST_BYTES = 2_000_000
"""Bytes of an answer above which it is dropped; a report's claims take a few thousand."""
_TRIES = 3
_LONGEST_WAIT = 30.0
"""Seconds at most between two tries, whatever ``Retry-After`` says."""
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
"""Statuses that may be gone when tried again (RFC 9110; 425 is RFC 8470, 429 is RFC 6585)."""


class NoAnswer(EtlError):
    """The endpoint could not be reached, refused, or answered with something that is no completion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where the second reader answers. ``base_url`` is the address up to and including its version (``.../v1``)."""

    base_url: str
    model: str
    key: str | None = None
    timeout_seconds: int = 60

    def ask(
        self,
        instructions: str,
        text: str,
        *,
        pause: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> str:
        """The words the model answers to INSTRUCTIONS and TEXT; raises :class:`NoAnswer`.

        A passing fault is tried again, at most twice more, after the pause the endpoint asks for. Redirects are not
        followed: the operator named this address, and the report and the key go to no other.
        """
        fault = ""
        for attempt in range(_TRIES):
            try:
                return self._completion(self._post(instructions, text, clock))
            except _PassingFault as error:
                fault = error.reason
                if attempt + 1 < _TRIES:
                    pause(min(error.wait if error.wait is not None else 2.0**attempt, _LONGEST_WAIT))
        raise NoAnswer(f"{fault}, {_TRIES} times", where=self.base_url, remedy="the claims stand as they are")

    def _post(self, instructions: str, text: str, clock: Callable[[], float]) -> bytes:
        latest = clock() + self.timeout_seconds
        question = {
            "model": self.model,
            "temperature": 0,
            "response_format": {"type": "json_object"},
            "messages": [{"role": "system", "content": instructions}, {"role": "user", "content": text}],
        }
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        try:
            with httpx.stream(
                "POST",
                f"{self.base_url.rstrip('/')}/chat/completions",
                json=question,
                headers=headers,
                timeout=self.timeout_seconds,
                follow_redirects=False,
            ) as answer:
                if answer.status_code in _PASSING:
                    raise _PassingFault(f"answered with status {answer.status_code}", _seconds(answer))
                if answer.status_code != httpx.codes.OK:
                    raise NoAnswer(
                        f"answered with status {answer.status_code}",
                        where=self.base_url,
                        remedy="check base_url, model and key under [second_reader]",
                    )
                return self._bounded(answer, lambda: clock() > latest)
        except httpx.TimeoutException:
            raise self._late() from None
        except httpx.TransportError as error:
            raise _PassingFault(f"could not be reached ({type(error).__name__})", None) from error
        except httpx.InvalidURL as error:
            raise NoAnswer(f"is no address ({error})", where=self.base_url, remedy="it begins with https://") from error

    def _late(self) -> _PassingFault:
        return _PassingFault(f"gave no answer in {self.timeout_seconds} s", None)

    def _bounded(self, answer: httpx.Response, is_late: Callable[[], bool]) -> bytes:
        body = bytearray()
        for part in answer.iter_bytes():
            if is_late():  # the client's own limit begins anew with every byte
                raise self._late()
            body += part
            if len(body) > _MOST_BYTES:
                raise NoAnswer(f"answered with more than {_MOST_BYTES:,} bytes", where=self.base_url)
        return bytes(body)

    def _completion(self, body: bytes) -> str:
        try:
            words = json.loads(body)["choices"][0]["message"]["content"]
        except (ValueError, KeyError, IndexError, TypeError, RecursionError):
            words = None
        if not isinstance(words, str):
            raise NoAnswer(
                "answered with something that is no chat completion",
                where=self.base_url,
                remedy="base_url must lead to an OpenAI-compatible API, up to and including its version (.../v1)",
            )
        return words


class _PassingFault(Exception):
    def __init__(self, reason: str, wait: float | None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait


def _seconds(answer: httpx.Response) -> float | None:
    words = answer.headers.get("Retry-After", "")
    return float(words) if words.isascii() and words.isdigit() else None
