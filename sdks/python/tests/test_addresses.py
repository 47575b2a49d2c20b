"""One address of the gateway is enough, whichever form it has."""

from __future__ import annotations

import pytest

from hotplex.addresses import http_origin, socket_url


@pytest.mark.parametrize(
    ("url", "socket", "origin"),
    [
        ("http://localhost:8888", "ws://localhost:8888/ws", "http://localhost:8888"),
        ("https://agents.example/", "wss://agents.example/ws", "https://agents.example"),
        ("ws://localhost:8888/ws", "ws://localhost:8888/ws", "http://localhost:8888"),
        ("wss://agents.example/gate?x=1", "wss://agents.example/gate?x=1", "https://agents.example"),
    ],
)
def test_forms(url: str, socket: str, origin: str) -> None:
    assert socket_url(url) == socket
    assert http_origin(url) == origin
