"""Which prompts wait for their receipt, and which turn belongs to whom."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from .aep_error import AepError
from .envelope import Envelope
from .events import DoneEvent, InputEvent, InputReceipt, InputStatusEvent
from .requests import Input
from .turn import Turn


@dataclass(frozen=True)
class PendingInput:
    """A prompt as it is sent, as often as it has to be."""

    input_id: str
    event_id: str
    data: Input

    def is_same(self, other: PendingInput) -> bool:
        """Whether both ask for the same; their frames may differ."""
        return self.data == other.data


class TurnBook:
    def __init__(self, interrupt: Callable[[], Awaitable[None]]) -> None:
        self._interrupt = interrupt
        self._unconfirmed: dict[str, PendingInput] = {}
        self._by_input: dict[str, tuple[PendingInput, Turn]] = {}
        self._by_turn: dict[str, list[Turn]] = {}
        #: Prompts that the gateway ran to their end; what it has to say of them may still be replayed.
        self._ran_before: set[str] = set()

    @property
    def unconfirmed(self) -> list[PendingInput]:
        """Prompts to send (again): nobody has confirmed them."""
        return list(self._unconfirmed.values())

    def open(self, pending: PendingInput) -> tuple[Turn, bool]:
        """The turn of this prompt, and whether it is to be sent. Asked for again while it is on its way, it is the
        same turn."""
        known = self._by_input.get(pending.input_id)
        if known and known[0].is_same(pending):
            return known[1], False
        turn = Turn(self._interrupt, input_id=pending.input_id)
        if known:
            message = f"input_id {pending.input_id} was used for another prompt: use a new one"
            turn.fail(AepError("INPUT_CONFLICT", message))
            return turn, False
        self._unconfirmed[pending.input_id] = pending
        self._by_input[pending.input_id] = (pending, turn)
        return turn, True

    def follow(self, turn_id: str) -> Turn:
        turn = Turn(self._interrupt, turn_id=turn_id)
        turn.accept()
        self._join(turn_id, turn)
        return turn

    def take(self, envelope: Envelope) -> None:
        """Takes note of a logged event: receipts, beginnings, contents and ends of turns."""
        event = envelope.event
        if isinstance(event, InputEvent):
            self._confirm(event.data.input_id)
        if isinstance(event, InputStatusEvent):
            self._status(event.data.input_id, event.data.status, event.data.turn_id, event.data.reason)
        if envelope.turn_id is None:
            return
        for turn in self._by_turn.get(envelope.turn_id, []):
            turn.take(envelope)
        if isinstance(event, DoneEvent):
            self._by_turn.pop(envelope.turn_id, None)

    def receipt(self, receipt: InputReceipt) -> None:
        """A repeated prompt was answered."""
        self._confirm(receipt.input_id)
        if receipt.status not in ("done", "failed"):
            self._status(receipt.input_id, receipt.status, receipt.turn_id, None)
        else:
            self._ran_before.add(receipt.input_id)

    def caught_up(self) -> None:
        """Nothing more is to be replayed: the beginning of a prompt that ran before and has not come was handed out
        before this client asked."""
        for input_id in self._ran_before:
            known = self._by_input.get(input_id)
            if known and known[1].id is None:
                message = "this prompt ran before; its answer is in the history"
                self._drop(input_id, AepError("ALREADY_RESOLVED", message))
            self._by_input.pop(input_id, None)
        self._ran_before.clear()

    def refuse(self, event_id: str, error: AepError) -> bool:
        """The gateway refused one of our frames. True if it was a prompt."""
        for pending in self._unconfirmed.values():
            if pending.event_id == event_id:
                self._drop(pending.input_id, error)
                return True
        return False

    def abandon(self, error: AepError) -> None:
        """The client is closed for good."""
        turns = [turn for _, turn in self._by_input.values()]
        for turn in turns + [turn for joined in self._by_turn.values() for turn in joined]:
            turn.fail(error)
        self._unconfirmed.clear()
        self._ran_before.clear()
        self._by_input.clear()
        self._by_turn.clear()

    def _confirm(self, input_id: str) -> None:
        self._unconfirmed.pop(input_id, None)
        known = self._by_input.get(input_id)
        if known:
            known[1].accept()

    def _status(self, input_id: str, status: str, turn_id: str | None, reason: str | None) -> None:
        known = self._by_input.get(input_id)
        if not known:
            return
        if status == "delivered" and turn_id is not None:
            known[1].begin(turn_id)
            self._join(turn_id, known[1])
        if status in ("cancelled", "indeterminate"):
            code = "SESSION_TERMINATED" if status == "cancelled" else "RECONNECT_REQUIRED"
            self._drop(input_id, AepError(code, reason or f"the prompt is {status}"))
        if status in ("done", "failed") and input_id not in self._ran_before:
            self._by_input.pop(input_id, None)

    def _join(self, turn_id: str, turn: Turn) -> None:
        turns = self._by_turn.setdefault(turn_id, [])
        if turn not in turns:
            turns.append(turn)

    def _drop(self, input_id: str, error: AepError) -> None:
        self._unconfirmed.pop(input_id, None)
        known = self._by_input.pop(input_id, None)
        if known:
            known[1].fail(error)


def input_data(input_id: str, content: str, **optional: Any) -> Input:
    """The data of a prompt, without what was not said."""
    data = Input(content=content, input_id=input_id)
    data.update({name: value for name, value in optional.items() if value is not None})  # type: ignore[typeddict-item]
    return data
