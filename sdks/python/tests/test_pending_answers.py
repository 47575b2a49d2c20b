"""A request without an event that confirms it is done when a later ping was answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from hotplex import AepError
from hotplex.events import InputStatus, InputStatusEvent, PermissionResolved, PermissionResolvedEvent
from hotplex.pending_answers import PendingAnswers


def in_loop(test: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    @wraps(test)
    def run() -> None:
        asyncio.run(test())

    return run


@in_loop
async def test_answers_in_order() -> None:
    answers = PendingAnswers()
    one = answers.open("evt_1", "frame 1", None)
    answers.pinged("evt_p1")
    two = answers.open("evt_2", "frame 2", None)
    answers.pinged("evt_p2")
    answers.ponged()
    assert one.done() and not two.done()
    answers.refuse("evt_2", AepError("NOT_SUPPORTED", "no"))
    answers.ponged()
    assert isinstance(two.exception(), AepError)


@in_loop
async def test_a_refused_ping_is_an_answer() -> None:
    answers = PendingAnswers()
    one = answers.open("evt_1", "frame 1", None)
    answers.pinged("evt_p1")
    answers.refuse("evt_p1", AepError("RATE_LIMITED", "too many"))
    assert one.done() and one.exception() is None


@in_loop
async def test_an_event_confirms() -> None:
    answers = PendingAnswers()
    permission = answers.open("evt_1", "frame 1", "permission.resolved:ask-1")
    edit = answers.open("evt_2", "frame 2", "input.status:in-1")
    answers.pinged("evt_p1")
    answers.ponged()
    assert not permission.done() and not edit.done()
    status = InputStatus(input_id="in-1", status="queued")
    answers.confirm(InputStatusEvent(type="input.status", data=status))
    resolved = PermissionResolved(id="ask-2", allowed=True, by=None, reason="answered")
    answers.confirm(PermissionResolvedEvent(type="permission.resolved", data=resolved))
    assert edit.done() and not permission.done()


@in_loop
async def test_a_new_connection_gets_what_is_open() -> None:
    answers = PendingAnswers()
    one = answers.open("evt_1", "frame 1", None)
    answers.pinged("evt_p1")
    assert answers.unsent() == [("evt_1", "frame 1")]
    answers.pinged("evt_p2")
    answers.ponged()
    assert one.done()
    assert answers.unsent() == []


@in_loop
async def test_the_end_is_told_to_all() -> None:
    answers = PendingAnswers()
    waiting = [answers.open(f"evt_{number}", "", None) for number in range(3)]
    answers.abandon(AepError("CLIENT_CLOSED", "closed"))
    assert all(isinstance(answer.exception(), AepError) for answer in waiting)
