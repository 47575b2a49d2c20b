"""Requests of this client that wait to hear how they went."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass

from .aep_error import AepError
from .events import ServerEvent

_CONFIRMING = frozenset({"permission.resolved", "question.resolved", "elicitation.resolved", "input.status"})


@dataclass
class _Pending:
    frame: str
    confirmation: str | None
    answer: asyncio.Future[None]
    #: The number of the ping that follows it on this connection.
    ping: int


class PendingAnswers:
    """Those with a confirming event wait for it and are sent again after a reconnect; the others count as taken once
    a later ping is answered without a refusal before it."""

    def __init__(self) -> None:
        self._pending: dict[str, _Pending] = {}
        #: Pings sent and answered on this connection; answers come in order.
        self._pings = 0
        self._pongs = 0
        #: The frames of the pings that were not answered, oldest first.
        self._unanswered: deque[str] = deque()

    def open(self, event_id: str, frame: str, confirmation: str | None) -> asyncio.Future[None]:
        answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._pending[event_id] = _Pending(frame, confirmation, answer, self._pings + 1)
        return answer

    def unsent(self) -> list[tuple[str, str]]:
        """What is to be sent on a new connection, before its first ping: ids and frames."""
        self._pings = self._pongs = 0
        self._unanswered.clear()
        for pending in self._pending.values():
            pending.ping = 1
        return [(event_id, pending.frame) for event_id, pending in self._pending.items()]

    def pinged(self, event_id: str) -> None:
        self._pings += 1
        self._unanswered.append(event_id)

    def confirm(self, event: ServerEvent) -> None:
        if event.type not in _CONFIRMING:
            return
        subject = getattr(event.data, "input_id", None) or getattr(event.data, "id", None)
        name = f"{event.type}:{subject}"
        self._resolve([key for key, pending in self._pending.items() if pending.confirmation == name])

    def ponged(self) -> None:
        """The next ping was answered: of what was sent before it, that which was not refused was done."""
        self._pongs += 1
        if self._unanswered:
            self._unanswered.popleft()
        taken = [
            key
            for key, pending in self._pending.items()
            if pending.confirmation is None and pending.ping <= self._pongs
        ]
        self._resolve(taken)

    def refuse(self, event_id: str, error: AepError) -> None:
        """A ping may be refused, too, if there were too many: for what came before it that is an answer like any."""
        if self._unanswered and self._unanswered[0] == event_id:
            self.ponged()
            return
        pending = self._pending.pop(event_id, None)
        if pending and not pending.answer.done():
            pending.answer.set_exception(error)

    def abandon(self, error: AepError) -> None:
        for pending in self._pending.values():
            if not pending.answer.done():
                pending.answer.set_exception(error)
        self._pending.clear()

    def _resolve(self, keys: list[str]) -> None:
        for key in keys:
            answer = self._pending.pop(key).answer
            if not answer.done():
                answer.set_result(None)
