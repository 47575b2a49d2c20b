"""One address of the gateway is enough, whichever form it has."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit


def socket_url(url: str) -> str:
    """The socket's address for a gateway's: http becomes ws, and ``/ws`` is added when there is no path."""
    scheme, host, path, query, _ = urlsplit(url)
    scheme = {"http": "ws", "https": "wss"}.get(scheme, scheme)
    return urlunsplit((scheme, host, "/ws" if path in ("", "/") else path, query, ""))


def http_origin(url: str) -> str:
    """The HTTP origin of a gateway's address, whichever form it was given in."""
    scheme, host, *_ = urlsplit(url)
    return urlunsplit(({"ws": "http", "wss": "https"}.get(scheme, scheme), host, "", "", ""))
