"""The same client without asyncio, against a real gateway: HOTPLEX_URL and HOTPLEX_KEY."""

from __future__ import annotations

import os
import threading
from queue import SimpleQueue

import pytest

from hotplex import AepError, Envelope
from hotplex.events import PermissionRequestEvent
from hotplex.sync import AepClient, SessionsApi, Turn

URL = os.environ["HOTPLEX_URL"]
KEY = os.environ["HOTPLEX_KEY"]


def test_a_turn_is_read_with_a_loop() -> None:
    with AepClient(URL, worker_type="demo", auth=lambda: KEY) as client:
        turn = client.prompt("permission")
        for envelope in turn:
            if isinstance(envelope.event, PermissionRequestEvent):
                client.respond_to_permission(envelope.event.data.id, allowed=False, reason="not today")
        assert "not today" in turn.result().text
        assert client.session and client.last_seq > 0
        with SessionsApi(URL, auth=KEY) as api:
            numbers = [envelope.seq for envelope in api.all_events(client.session.session_id)]
            assert numbers == list(range(1, len(numbers) + 1))


def test_a_wait_can_be_given_up() -> None:
    with AepClient(URL, worker_type="demo", auth=KEY) as client:
        turn = client.prompt("permission")
        turn.wait_accepted(timeout=60)
        with pytest.raises(TimeoutError):
            turn.result(timeout=0.01)
        # A prompt that was accepted need not have begun, and nothing else can be interrupted.
        for envelope in turn:
            if isinstance(envelope.event, PermissionRequestEvent):
                turn.interrupt()
        assert turn.result(timeout=60).stop_reason == "interrupted"


def test_a_listener_may_prompt_and_close_the_client_and_must_not_wait() -> None:
    client = AepClient(URL, worker_type="demo", auth=KEY)
    client.connect(timeout=60)
    told: SimpleQueue[BaseException] = SimpleQueue()
    prompted: SimpleQueue[Turn] = SimpleQueue()

    def listen(envelope: Envelope) -> None:
        if envelope.event.type != "done":
            return
        prompted.put(client.prompt("permission"))
        try:
            client.interrupt()
        except RuntimeError as error:
            told.put(error)
        client.close()

    client.on_event(listen)
    client.prompt("flood 3")
    assert "another thread" in str(told.get(timeout=60))
    with pytest.raises(AepError) as closed:
        prompted.get(timeout=60).result(timeout=60)
    assert closed.value.code == "CLIENT_CLOSED"
    client.close()


def test_refusals_and_ends_leave_no_thread() -> None:
    before = threading.active_count()
    with pytest.raises(AepError) as refused:
        with AepClient(URL, worker_type="nobody", auth=KEY):
            pass
    assert refused.value.code == "CONFIG_INVALID"
    client = AepClient(URL, worker_type="demo", auth=KEY)
    client.connect(timeout=60)
    client.close()
    client.close()
    assert threading.active_count() == before
