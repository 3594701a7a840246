"""What every answer carries: a policy that lets the page load from this server only, and a smaller body."""

from __future__ import annotations

import gzip
from collections.abc import Sequence

from flask import Flask, Response, request

SMALLEST_PACKED = 1_024
_PACKED = ("text/", "application/json", "application/javascript", "application/geo+json", "image/svg+xml")


def content_security_policy(script_hashes: Sequence[str]) -> str:
    """The policy as a header value; ``script_hashes`` are those of Dash's own inline scripts.

    Styles may be inline, since Mantine, AG Grid and Plotly write theirs into the page. Workers may come from a blob,
    since MapLibre starts its own from one. Nothing may be evaluated, framed, or sent anywhere else.
    """
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(("'self'", *script_hashes)),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def protect(server: Flask, policy: str) -> None:
    """Put the headers on every answer of ``server``, and pack those worth packing."""

    @server.after_request
    def add_headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return _packed(response)


def _packed(response: Response) -> Response:
    fits = (
        response.status_code == 200
        and not response.is_streamed
        and "gzip" in request.headers.get("Accept-Encoding", "")
        and "Content-Encoding" not in response.headers
        and (response.content_type or "").startswith(_PACKED)
    )
    if fits:
        response.direct_passthrough = False
        body = response.get_data()
        if len(body) >= SMALLEST_PACKED:
            response.set_data(gzip.compress(body, compresslevel=5, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
            response.headers.add("Vary", "Accept-Encoding")
    return response
