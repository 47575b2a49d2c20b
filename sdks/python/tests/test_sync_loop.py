"""Nobody waits for ever for a client without asyncio: not for one that was closed, and not a listener for itself."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any, cast

import pytest

from hotplex import AepError, ConnectionState, Envelope, Reconnecting
from hotplex import Turn as AsyncTurn
from hotplex.events import Done, DoneEvent, State, StateEvent
from hotplex.sync import AepClient, SessionsApi, Turn
from hotplex.sync.loop import Loop

PATIENCE = 60.0
"""Seconds after which something that waits is said to wait for ever."""


@pytest.fixture
def mute() -> Iterator[str]:
    """The address of a server that takes connections and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def beside(work: Callable[[], object]) -> Future[object]:
    """What becomes of work on a thread of its own, which the end of the tests does not wait for."""
    outcome: Future[object] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:
            outcome.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return outcome


def code_of(outcome: Future[object]) -> str:
    error = outcome.exception(PATIENCE)
    assert isinstance(error, AepError)
    return error.code


async def nothing() -> None: ...


def test_who_waits_is_told_when_another_thread_closes() -> None:
    loop = Loop()
    began = threading.Event()

    async def wait() -> None:
        began.set()
        await asyncio.Event().wait()

    waiting = beside(lambda: loop.run(wait()))
    assert began.wait(PATIENCE)
    loop.close(nothing)
    assert code_of(waiting) == "CLIENT_CLOSED"


def test_what_comes_while_it_closes_is_done_or_refused() -> None:
    for _ in range(50):
        loop = Loop()
        ready = threading.Barrier(3)

        def ask() -> None:
            ready.wait(PATIENCE)
            for _ in range(20):
                loop.run(asyncio.sleep(0))

        def close() -> None:
            ready.wait(PATIENCE)
            loop.close(nothing)

        outcomes = [beside(ask), beside(close)]
        ready.wait(PATIENCE)
        loop.close(nothing)
        for outcome in outcomes:
            error = outcome.exception(PATIENCE)
            assert error is None or (isinstance(error, AepError) and error.code == "CLIENT_CLOSED")


def test_a_request_under_way_ends_with_its_client(mute: str) -> None:
    api = SessionsApi(mute)
    waiting = beside(api.agents)
    while not api._loop.call(lambda: asyncio.all_tasks() - {asyncio.current_task()}):
        pass
    beside(api.close).result(PATIENCE)
    assert code_of(waiting) in ("CLIENT_CLOSED", "HTTP_ERROR")
    assert code_of(beside(api.agents)) == "CLIENT_CLOSED"


def test_a_client_that_never_connected_tells_of_its_end() -> None:
    client = AepClient("http://127.0.0.1:1", worker_type="demo")
    turn = client.prompt("hello")
    waiting = beside(turn.result)
    client.close()
    assert code_of(waiting) == "CLIENT_CLOSED"


def test_the_loops_own_thread_does_not_wait_for_itself() -> None:
    loop = Loop()
    outcome = beside(lambda: loop.call(lambda: loop.run(nothing())))
    assert isinstance(outcome.exception(PATIENCE), RuntimeError)
    beside(lambda: loop.call(lambda: loop.close(nothing))).exception(PATIENCE)
    loop.close(nothing)


def test_threads_that_read_one_turn_share_its_events() -> None:
    loop = Loop()

    async def no_interrupt() -> None: ...

    def event(seq: int, *, is_last: bool) -> Envelope:
        done = DoneEvent(type="done", data=Done(success=True))
        state = StateEvent(type="state", data=State(state="running"))
        return Envelope(id="evt_1", seq=seq, session_id="s", timestamp=1, event=done if is_last else state)

    told = loop.call(lambda: AsyncTurn(no_interrupt))
    turn = Turn(told, loop)
    readers = [beside(lambda: [envelope.seq for envelope in turn]) for _ in range(2)]
    while loop.call(lambda: len(asyncio.all_tasks())) < 3:
        pass
    for seq in (1, 2, 3):
        loop.call(lambda: told.take(event(seq, is_last=seq == 3)))
    read = [seq for reader in readers for seq in cast("list[int]", reader.result(PATIENCE))]
    assert sorted(read) == [1, 2, 3]
    loop.close(nothing)


# What ends a thread is nothing that Python tells of, and pytest does.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_listener_that_ends_the_program_leaves_nobody_waiting() -> None:
    def leave(state: ConnectionState) -> None:
        if isinstance(state, Reconnecting):
            sys.exit(1)

    client = AepClient("http://127.0.0.1:1", worker_type="demo")
    client.on_connection(leave)
    assert code_of(beside(client.connect)) == "CLIENT_CLOSED"
    client.close()


def test_a_client_that_cannot_be_made_leaves_no_thread() -> None:
    before = threading.active_count()
    options: dict[str, Any] = {"colour": "blue"}
    with pytest.raises(TypeError):
        AepClient("http://127.0.0.1:1", worker_type="demo", **options)
    assert threading.active_count() == before
