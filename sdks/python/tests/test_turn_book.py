"""A prompt that ran before is over when the replay is, whatever of it was replayed."""

from __future__ import annotations

import asyncio

import pytest

from hotplex import AepError, Envelope, Turn
from hotplex.events import Done, DoneEvent, InputReceipt, InputStatus, InputStatusEvent, ServerEvent
from hotplex.turn_book import PendingInput, TurnBook, input_data


async def _no_interrupt() -> None: ...


def _open() -> tuple[TurnBook, Turn]:
    book = TurnBook(_no_interrupt)
    turn, _ = book.open(PendingInput("in-1", "evt_1", input_data("in-1", "hello")))
    book.receipt(InputReceipt(input_id="in-1", status="done", turn_id="turn-1", duplicate=True))
    return book, turn


def _take(book: TurnBook, event: ServerEvent, turn_id: str | None = None) -> None:
    book.take(Envelope(id="evt_2", seq=1, session_id="s", timestamp=1, event=event, turn_id=turn_id))


DONE = DoneEvent(type="done", data=Done(success=True))
DELIVERED = InputStatusEvent(
    type="input.status", data=InputStatus(input_id="in-1", status="delivered", turn_id="turn-1")
)
ENDED = InputStatusEvent(type="input.status", data=InputStatus(input_id="in-1", status="done", turn_id="turn-1"))


def test_behind_its_beginning() -> None:
    async def scene() -> None:
        book, turn = _open()
        _take(book, DONE, "turn-1")
        _take(book, ENDED)
        book.caught_up()
        with pytest.raises(AepError) as refused:
            await turn.done
        assert refused.value.code == "ALREADY_RESOLVED"

    asyncio.run(scene())


def test_from_its_beginning() -> None:
    async def scene() -> None:
        book, turn = _open()
        _take(book, DELIVERED)
        _take(book, DONE, "turn-1")
        _take(book, ENDED)
        book.caught_up()
        assert (await turn.done).success

    asyncio.run(scene())
