"""The client of one session."""

# All that a client can be asked stands here, hence the length; how it is done is in the files beside it.

from __future__ import annotations

import asyncio
import random as random_module
import uuid as uuid_module
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Literal, Union

from .aep_error import AepError
from .backoff import Backoff
from .connection_state import Closed, ConnectionState
from .credential import Auth, get_credential
from .envelope import Envelope, Unknown
from .codes import PROTOCOL_VERSION
from .event_cursor import EventCursor
from .events import (
    LOGGED,
    ControlEvent,
    Error,
    ErrorEvent,
    InitAck,
    InitAckEvent,
    InputReceiptEvent,
    PongEvent,
    ResyncEvent,
)
from .files import FileContent, FilesApi, UploadedFile, file_part
from .frames import Frames, size_error
from .requests import InputPartFile, InputPartImage, InputPartText, SessionConfig
from .link import Link, LinkEvents, LinkOptions
from .listeners import Listeners
from .pending_answers import PendingAnswers
from .socket import Broken
from .traceparent import Traceparent
from .turn import Turn
from .turn_book import PendingInput, TurnBook, input_data

InputPart = Union[InputPartText, InputPartImage, InputPartFile]
Delivery = Literal["queue", "steer", "interrupt", "reject"]
Answers = Mapping[str, Union[str, Sequence[str]]]


class AepClient:
    """One session of a gateway, over as many sockets as it takes: every logged event is handed out exactly once and in
    order, and a prompt runs once however often it had to be sent.

    ``url`` is the http(s) or ws(s) address of the gateway. ``session_id`` is an existing session's id, or your own key
    for the conversation; without it a new one is opened. With ``last_seq`` what came after this number is replayed.
    ``reconnect`` may be ``None``: never. ``quiet`` is the silence in seconds after which the link is tested.
    ``traceparent`` is asked for the trace of every connection. With ``presence`` a notice tells who else is connected."""

    def __init__(
        self,
        url: str,
        *,
        worker_type: str,
        session_id: str | None = None,
        config: SessionConfig | None = None,
        auth: Auth | None = None,
        last_seq: int | None = None,
        epoch: str | None = None,
        role: Literal["driver", "viewer"] | None = None,
        name: str | None = None,
        presence: bool = False,
        reconnect: Backoff | None = Backoff(),
        quiet: float = 25.0,
        traceparent: Traceparent | None = None,
        random: Callable[[], float] = random_module.random,
        uuid: Callable[[], str] = lambda: str(uuid_module.uuid4()),
    ) -> None:
        self._options = LinkOptions(url, auth, reconnect, quiet, traceparent, random)
        self._init = {
            **{"worker_type": worker_type, "role": role, "presence": presence or None},
            "client": {"name": name} if name else None,
        }
        self._config = config
        self._events: Listeners[Envelope] = Listeners()
        self._notices: Listeners[Envelope] = Listeners()
        self._connections: Listeners[ConnectionState] = Listeners()
        self._turns = TurnBook(self.interrupt)
        self._answers = PendingAnswers()
        self._frames = Frames(session_id, uuid)
        self._cursor = EventCursor(last_seq, epoch)
        self._session: InitAck | None = None
        self._opening: asyncio.Future[InitAck] | None = None
        self._link = Link(self._options, LinkEvents(self._hello, self._receive, self._ping, self._moved))

    async def __aenter__(self) -> AepClient:
        try:
            await self.connect()
        except BaseException:
            # Whoever gives up connecting has no client to close.
            await self.close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def connection(self) -> ConnectionState:
        return self._link.state

    @property
    def session(self) -> InitAck | None:
        """The newest handshake; ``None`` before the first one."""
        return self._session

    @property
    def last_seq(self) -> int:
        """The number of the newest logged event that was handed out."""
        return self._cursor.last_seq

    async def connect(self) -> InitAck:
        """Connects, or waits for the connection being made. Raises AepError when the gateway refuses."""
        if self._link.is_closed:
            raise self._link.closed_error
        if self._link.is_ready and self._session:
            return self._session
        if self._opening is None:
            self._opening = asyncio.get_running_loop().create_future()
            self._opening.add_done_callback(lambda opened: opened.cancelled() or opened.exception())
        self._link.open()
        return await asyncio.shield(self._opening)

    def prompt(
        self,
        content: str,
        *,
        parts: Sequence[InputPart] | None = None,
        attachments: Sequence[UploadedFile] = (),
        metadata: Mapping[str, Any] | None = None,
        delivery: Delivery | None = None,
        input_id: str | None = None,
    ) -> Turn:
        """Sends a prompt, with files that ``upload`` gave to the session. Whoever stops waiting for the turn does not stop
        the agent: that is ``interrupt()``. Raises TypeError or ValueError for what has no JSON."""
        input_id = input_id or self._frames.uuid()
        all_parts = [*(parts or ()), *map(file_part, attachments)] or None
        data = input_data(input_id, content, parts=all_parts, metadata=metadata, delivery=delivery)
        pending = PendingInput(input_id, self._frames.event_id(), data)
        # Now: what cannot be sent must not wait to be.
        frame = self._input_frame(pending)
        turn, is_new = self._turns.open(pending)
        if self._link.is_closed:
            self._turns.refuse(pending.event_id, self._link.closed_error)
        elif is_new and self._link.is_ready:
            self._send(pending.event_id, frame)
        return turn

    async def upload(self, file: FileContent, *, name: str | None = None) -> UploadedFile:
        """Gives the session a file, to be named by prompts. Connects first, if it is not connected yet."""
        session = self._session or await self.connect()
        url, auth, traceparent = self._options.url, self._options.auth, self._options.traceparent
        async with FilesApi(url, auth=auth, traceparent=traceparent) as files:
            return await files.upload(session.session_id, file, name=name)

    def follow(self, turn_id: str) -> Turn:
        """Follows a turn that somebody else started, from the next event on."""
        return self._turns.follow(turn_id)

    async def respond_to_permission(
        self,
        request_id: str,
        *,
        allowed: bool,
        reason: str | None = None,
        option_id: str | None = None,
        updated_input: Mapping[str, Any] | None = None,
    ) -> None:
        data = {"id": request_id, "allowed": allowed, "reason": reason, "option_id": option_id}
        data["updated_input"] = updated_input
        await self._ask("permission_response", data, f"permission.resolved:{request_id}")

    async def answer_question(self, request_id: str, answers: Answers) -> None:
        """Answers a question: its text to the chosen label, labels or free text."""
        await self._ask(
            "question_response", {"id": request_id, "answers": answers}, f"question.resolved:{request_id}"
        )

    async def respond_to_elicitation(
        self,
        request_id: str,
        action: Literal["accept", "decline", "cancel"],
        content: Mapping[str, Any] | None = None,
    ) -> None:
        data = {"id": request_id, "action": action, "content": content}
        await self._ask("elicitation_response", data, f"elicitation.resolved:{request_id}")

    async def interrupt(self) -> None:
        """Asks the running turn to end; its ``done`` follows."""
        await self.control("interrupt")

    async def control(self, action: str, details: Mapping[str, Any] | None = None) -> None:
        """Acts on the session: ``interrupt``, ``terminate``, ``delete``, ``reset`` and the like."""
        await self._ask("control", {"action": action, "details": details})

    async def command(
        self, command: str, args: str | None = None, extra: Mapping[str, Any] | None = None
    ) -> None:
        """Gives a command to the agent rather than to the session."""
        await self._ask("worker_command", {"command": command, "args": args, "extra": extra})

    async def edit_input(self, input_id: str, content: str) -> None:
        """Changes the text of a prompt that still waits."""
        await self._ask("input.edit", {"input_id": input_id, "content": content}, f"input.status:{input_id}")

    async def cancel_input(self, input_id: str) -> None:
        """Takes a prompt out of the queue before it runs."""
        await self._ask("input.cancel", {"input_id": input_id}, f"input.status:{input_id}")

    def on_event(self, listener: Callable[[Envelope], None]) -> Callable[[], None]:
        """Every logged event exactly once, in order, over all reconnects. Returns the function that unsubscribes."""
        return self._events.add(listener)

    def on_notice(self, listener: Callable[[Envelope], None]) -> Callable[[], None]:
        """Frames of the connection: control, resync, receipts and refusals."""
        return self._notices.add(listener)

    def on_connection(self, listener: Callable[[ConnectionState], None]) -> Callable[[], None]:
        return self._connections.add(listener)

    async def close(self) -> None:
        """Ends the connection for good; the session and its agent go on. Safe to call twice."""
        await self._link.close()

    def _hello(self, token: str | None) -> str:
        data: dict[str, Any] = {
            "version": PROTOCOL_VERSION,
            **self._init,
            "session_id": self._frames.session_id,
            "auth": None if token is None else {"token": token},
            "config": None if self._session else self._config,
            **self._cursor.position,
        }
        return self._frames.frame("init", data, self._frames.event_id())

    def _receive(self, frame: Envelope | Unknown) -> None:
        if isinstance(frame, Unknown):
            self._cursor.skip(frame.seq)
            return
        event = frame.event
        if isinstance(event, InitAckEvent):
            self._greeted(event.data)
            return
        if event.type not in LOGGED or (isinstance(event, ErrorEvent) and event.data.event_id is not None):
            self._notice(frame)
            return
        outcome = self._cursor.take(frame.seq)
        if outcome == "missing":
            raise Broken("a number is missing")
        if outcome == "seen":
            return
        self._turns.take(frame)
        self._note_replay()
        self._answers.confirm(event)
        self._events.tell(frame)

    def _note_replay(self) -> None:
        """Tells the turns when all is here that the gateway had when it greeted."""
        greeted_at = self._session.last_seq if self._session else None
        if self.last_seq >= (greeted_at or 0):
            self._turns.caught_up()

    def _greeted(self, ack: InitAck) -> None:
        if ack.code is not None:
            self._link.refused(AepError(ack.code, ack.error or ack.code, details=ack.details))
        self._session = ack
        self._frames.session_id = ack.session_id
        self._cursor.greet(ack.last_seq, ack.epoch)
        self._link.greeted()
        if self._opening and not self._opening.done():
            self._opening.set_result(ack)
        self._opening = None
        for pending in self._turns.unconfirmed:
            self._send(pending.event_id, self._input_frame(pending))
        unsent = self._answers.unsent()
        for event_id, frame in unsent:
            self._send(event_id, frame)
        if unsent:
            self._ping()

    def _notice(self, frame: Envelope) -> None:
        event = frame.event
        if isinstance(event, ControlEvent):
            if event.data.action == "reconnect" and event.data.delay_ms is not None:
                self._link.come_back_after(event.data.delay_ms / 1_000)
            if event.data.action == "reauth":
                self._link.start(self._reauthenticate())
        elif isinstance(event, InputReceiptEvent):
            self._turns.receipt(event.data)
            self._note_replay()
        elif isinstance(event, ResyncEvent):
            self._cursor.restart(event.data.first_seq, event.data.epoch)
        elif isinstance(event, ErrorEvent):
            self._refused(event.data)
        elif isinstance(event, PongEvent):
            self._answers.ponged()
        self._notices.tell(frame)

    def _refused(self, data: Error) -> None:
        # A gateway that is stopping refuses prompts; they are sent again to the next one.
        if data.event_id is None or data.code == "RECONNECT_REQUIRED":
            return
        error = AepError(
            data.code, data.message, details=data.details, event_id=data.event_id, retryable=data.retryable
        )
        self._refuse(data.event_id, error)

    async def _reauthenticate(self) -> None:
        """Brings a fresh credential before the old one's grace is over; without one the gateway closes, and we come
        back."""
        if not callable(self._options.auth):
            return
        try:
            token = await get_credential(self._options.auth)
        except AepError:
            return  # The next connection asks again, and tells if there is none to be had.
        data = {"action": "reauth", "auth": {"token": token}}
        self._link.send(self._frames.frame("control", data, self._frames.event_id()))

    async def _ask(self, kind: str, data: Mapping[str, Any], confirmation: str | None = None) -> None:
        if self._link.is_closed:
            raise self._link.closed_error
        event_id = self._frames.event_id()
        frame = self._frames.frame(kind, data, event_id)
        answer = self._answers.open(event_id, frame, confirmation)
        if self._link.is_ready:
            self._send(event_id, frame)
            if confirmation is None:
                self._ping()
        await answer

    def _ping(self) -> None:
        event_id = self._frames.event_id()
        self._answers.pinged(event_id)
        self._link.send(self._frames.frame("ping", {}, event_id))

    def _input_frame(self, pending: PendingInput) -> str:
        return self._frames.frame("input", pending.data, pending.event_id)

    def _send(self, event_id: str, frame: str) -> None:
        """Sends a frame of ours that has an answer, if the gateway takes it."""
        error = size_error(frame, self._session.server_caps.max_frame_size if self._session else None)
        if error:
            self._refuse(event_id, error)
        else:
            self._link.send(frame)

    def _refuse(self, event_id: str, error: AepError) -> None:
        if not self._turns.refuse(event_id, error):
            self._answers.refuse(event_id, error)

    def _moved(self, state: ConnectionState) -> None:
        self._connections.tell(state)
        if not isinstance(state, Closed):
            return
        error = self._link.closed_error
        if self._opening and not self._opening.done():
            self._opening.set_exception(error)
        self._turns.abandon(error)
        self._answers.abandon(error)
