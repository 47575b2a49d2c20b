"""What cannot be done is said: no connection dies without a word."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from hotplex import AepClient, AepError, Backoff, Closed, ConnectionState, Reconnecting
from hotplex.frames import Frames

NOBODY = "http://127.0.0.1:1"
PATIENCE = 60.0
"""Seconds after which a client that does not say how it went is said never to."""


async def connect(client: AepClient) -> None:
    await asyncio.wait_for(client.connect(), PATIENCE)


@pytest.mark.parametrize(
    ("url", "options"),
    [
        (f"http://{'a' * 64}.invalid", {}),
        (NOBODY, {"config": {"metadata": {"x": object()}}}),
        (NOBODY, {"auth": lambda: object()}),
    ],
    ids=["a name too long", "a config that has no JSON", "a credential that is none"],
)
def test_what_can_never_work_ends_the_client(url: str, options: dict[str, Any]) -> None:
    async def scene() -> None:
        client = AepClient(url, worker_type="demo", reconnect=Backoff(0.001, 0.002), **options)
        turn = client.prompt("hello")
        with pytest.raises(AepError) as lost:
            await connect(client)
        assert lost.value.code == "CONNECTION_LOST" and not lost.value.retryable and lost.value.__cause__
        assert isinstance(client.connection, Closed)
        with pytest.raises(AepError):
            await turn.done
        await client.close()

    asyncio.run(scene())


def test_a_client_that_is_cancelled_says_so() -> None:
    class Leaving(BaseException): ...

    def leave(state: ConnectionState) -> None:
        if isinstance(state, Reconnecting):
            raise Leaving

    async def scene() -> None:
        client = AepClient(NOBODY, worker_type="demo")
        client.on_connection(leave)
        with pytest.raises(AepError) as closed:
            await connect(client)
        assert closed.value.code == "CLIENT_CLOSED"

    asyncio.run(scene())


def test_who_gives_up_connecting_leaves_nothing_behind() -> None:
    async def scene() -> None:
        client = AepClient(NOBODY, worker_type="demo")
        reconnecting = asyncio.Event()
        client.on_connection(lambda state: reconnecting.set() if isinstance(state, Reconnecting) else None)

        async def enter() -> None:
            async with client:
                raise AssertionError("nobody is there")

        entering = asyncio.create_task(enter())
        await asyncio.wait_for(reconnecting.wait(), PATIENCE)
        entering.cancel()
        await asyncio.wait([entering])
        assert entering.cancelled() and isinstance(client.connection, Closed)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(scene())


def test_what_has_no_json_is_refused_before_it_waits() -> None:
    async def scene() -> None:
        client = AepClient(NOBODY, worker_type="demo")
        with pytest.raises(TypeError):
            client.prompt("hello", metadata={"x": object()}, input_id="in-1")
        turn = client.prompt("hello", input_id="in-1")
        await client.close()
        with pytest.raises(AepError) as closed:
            await turn.done
        assert closed.value.code == "CLIENT_CLOSED"

    asyncio.run(scene())


def test_halves_of_characters_can_be_sent() -> None:
    text = Frames("s", lambda: "1").frame("input", {"content": "\ud83d \u2028"}, "evt_1")
    text.encode()
    assert "\\ud83d \\u2028" in text
    assert json.loads(text)["event"]["data"]["content"] == "\ud83d \u2028"
