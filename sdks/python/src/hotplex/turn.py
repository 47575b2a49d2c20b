"""One prompt's way through the agent."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from .aep_error import AepError
from .envelope import Envelope
from .events import (
    DoneEvent,
    ErrorEvent,
    MessageDeltaEvent,
    MessageEvent,
    MessageRetractEvent,
    MessageStartEvent,
    TurnStats,
)


@dataclass(frozen=True)
class TurnResult:
    """How a turn ended. ``text`` is the assistant's, without what was taken back and without sub-agents."""

    success: bool
    stats: TurnStats | None
    text: str
    error: AepError | None
    stop_reason: str | None


class Turn:
    """The events of a turn in order (``async for``), and how it ended (``await turn.done``). Nothing is lost when
    nobody reads yet."""

    def __init__(
        self, interrupt: Callable[[], Awaitable[None]], *, input_id: str | None = None, turn_id: str | None = None
    ) -> None:
        loop = asyncio.get_running_loop()
        #: The name of the prompt; ``None`` for a turn that somebody else started.
        self.input_id = input_id
        #: Known once the agent has begun.
        self.id = turn_id
        self._interrupt = interrupt
        self._accepted: asyncio.Future[None] = loop.create_future()
        self._done: asyncio.Future[TurnResult] = loop.create_future()
        # Whoever does not ask how it ended is not told by the loop, either.
        for future in (self._accepted, self._done):
            future.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
        self._texts: dict[str, str] = {}
        self._waiting: deque[Envelope] = deque()
        self._changed = asyncio.Event()
        self._error: AepError | None = None

    @property
    def accepted(self) -> Awaitable[None]:
        """Resolves when the gateway has stored the prompt."""
        return asyncio.shield(self._accepted)

    @property
    def done(self) -> Awaitable[TurnResult]:
        """Resolves when the turn has ended. Raises AepError when it never ran, or when nobody can say what became of
        it; a turn that failed is a result."""
        return asyncio.shield(self._done)

    async def interrupt(self) -> None:
        """Asks the agent to end the turn; its ``done`` follows."""
        await self._interrupt()

    def __aiter__(self) -> AsyncIterator[Envelope]:
        """Each event is read once: another loop goes on where this one stopped."""
        return self

    async def __anext__(self) -> Envelope:
        while not self._waiting:
            if self._done.done():
                await self.done
                raise StopAsyncIteration
            self._changed.clear()
            await self._changed.wait()
        return self._waiting.popleft()

    def accept(self) -> None:
        if not self._accepted.done():
            self._accepted.set_result(None)

    def begin(self, turn_id: str) -> None:
        self.id = turn_id
        self.accept()

    def take(self, envelope: Envelope) -> None:
        if self._done.done():
            return
        self._waiting.append(envelope)
        self._note(envelope)
        self._changed.set()

    def fail(self, error: AepError) -> None:
        """The prompt will never run, or nobody can say what became of it."""
        if self._done.done():
            return
        if not self._accepted.done():
            self._accepted.set_exception(error)
        self._done.set_exception(error)
        self._changed.set()

    def _note(self, envelope: Envelope) -> None:
        event = envelope.event
        if isinstance(event, MessageStartEvent):
            if event.data.parent_id is None:
                self._texts[event.data.id] = ""
        elif isinstance(event, MessageDeltaEvent):
            if event.data.message_id in self._texts:
                self._texts[event.data.message_id] += event.data.content
        elif isinstance(event, MessageEvent):
            if event.data.parent_id is None:
                self._texts[event.data.id] = event.data.content
        elif isinstance(event, MessageRetractEvent):
            for message_id in event.data.message_ids:
                self._texts.pop(message_id, None)
        elif isinstance(event, ErrorEvent):
            data = event.data
            self._error = AepError(
                data.code, data.message, details=data.details, event_id=data.event_id, retryable=data.retryable
            )
        elif isinstance(event, DoneEvent):
            stats = event.data.stats
            text = "".join(self._texts.values())
            stop_reason = stats.stop_reason if stats else None
            self._done.set_result(TurnResult(event.data.success, stats, text, self._error, stop_reason))
