"""A trace goes on in the gateway: on the socket's handshake, and on requests."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from hotplex import AepClient, AepError, FilesApi, SessionsApi
from hotplex.traceparent import Traceparent

VALUE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


async def open_socket(url: str, trace: Traceparent) -> None:
    async with AepClient(url, worker_type="demo", reconnect=None, traceparent=trace):
        pass


async def list_sessions(url: str, trace: Traceparent) -> None:
    async with SessionsApi(url, traceparent=trace) as api:
        await api.list()


async def list_files(url: str, trace: Traceparent) -> None:
    async with FilesApi(url, traceparent=trace) as api:
        await api.list("some-session")


async def head_of(ask: Callable[[str, Traceparent], Awaitable[None]], trace: Traceparent) -> list[str]:
    """The lines of the first request to a server that refuses it."""
    heads: list[list[str]] = []

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        heads.append(head.decode().lower().splitlines())
        writer.write(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(AepError):
            await ask(f"http://127.0.0.1:{port}", trace)
    return heads[0]


@pytest.mark.parametrize("ask", [open_socket, list_sessions, list_files])
def test_it_is_sent(ask: Callable[[str, Traceparent], Awaitable[None]]) -> None:
    assert f"traceparent: {VALUE}" in asyncio.run(head_of(ask, lambda: VALUE))


def no_tracer() -> str:
    raise RuntimeError("no tracer")


@pytest.mark.parametrize("trace", [lambda: None, lambda: "00-\r\nx-api-key: stolen", no_tracer])
def test_tracing_never_breaks_a_conversation(trace: Traceparent) -> None:
    for ask in (open_socket, list_sessions):
        head = asyncio.run(head_of(ask, trace))
        assert not [line for line in head if line.startswith(("traceparent", "x-api-key"))]
