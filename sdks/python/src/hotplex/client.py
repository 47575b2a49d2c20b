"""The client of one session."""

# A class of this size because a session's connection, its numbers and its requests are one thing; what they are made
# of is in the files beside it.

from __future__ import annotations

import asyncio
import json
import random as random_module
import time
import uuid as uuid_module
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Literal, Union

from .aep_error import AepError
from .backoff import Backoff
from .connection_state import Closed, Connecting, ConnectionState, Idle, Ready, Reconnecting
from .credential import Auth, get_credential
from .envelope import Envelope, Unknown
from .codes import FINAL_CLOSE_CODES, PROTOCOL_VERSION
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
from .requests import InputPartFile, InputPartImage, InputPartText, SessionConfig
from .link import Broken, Ended, Link, socket_url
from .listeners import Listeners
from .pending_answers import PendingAnswers
from .traceparent import Traceparent, trace_headers
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
    ``traceparent`` is asked for the trace of every connection."""

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
        reconnect: Backoff | None = Backoff(),
        quiet: float = 25.0,
        traceparent: Traceparent | None = None,
        random: Callable[[], float] = random_module.random,
        uuid: Callable[[], str] = lambda: str(uuid_module.uuid4()),
    ) -> None:
        self._address = url
        self._worker_type = worker_type
        self._session_id = session_id
        self._config = config
        self._auth = auth
        self._last_seq = last_seq
        self._epoch = epoch
        self._role = role
        self._name = name
        self._reconnect = reconnect
        self._quiet = quiet
        self._traceparent = traceparent
        self._random = random
        self._uuid = uuid
        self._events: Listeners[Envelope] = Listeners()
        self._notices: Listeners[Envelope] = Listeners()
        self._connections: Listeners[ConnectionState] = Listeners()
        self._turns = TurnBook(self.interrupt)
        self._answers = PendingAnswers()
        #: Numbers above ``_last_seq`` that kinds had which are newer than this client.
        self._unknown: set[int] = set()
        self._state: ConnectionState = Idle()
        self._session: InitAck | None = None
        self._link: Link | None = None
        self._opening: asyncio.Future[InitAck] | None = None
        self._over = asyncio.Event()
        self._asked_for_delay: float | None = None
        self._tried_fresh_token = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> AepClient:
        await self.connect()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def connection(self) -> ConnectionState:
        return self._state

    @property
    def session(self) -> InitAck | None:
        """The newest handshake; ``None`` before the first one."""
        return self._session

    @property
    def last_seq(self) -> int:
        """The number of the newest logged event that was handed out."""
        return self._last_seq or 0

    async def connect(self) -> InitAck:
        """Connects, or waits for the connection being made. Raises AepError when the gateway refuses."""
        if isinstance(self._state, Closed):
            raise self._closed_error()
        if isinstance(self._state, Ready) and self._session:
            return self._session
        if self._opening is None:
            self._opening = asyncio.get_running_loop().create_future()
            self._opening.add_done_callback(lambda opened: opened.cancelled() or opened.exception())
        if isinstance(self._state, Idle):
            self._move(Connecting())
            self._start(self._run())
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
        the agent: that is ``interrupt()``."""
        input_id = input_id or self._uuid()
        all_parts = [*(parts or ()), *map(file_part, attachments)] or None
        data = input_data(input_id, content, parts=all_parts, metadata=metadata, delivery=delivery)
        pending = PendingInput(input_id, self._event_id(), data)
        turn, is_new = self._turns.open(pending)
        if isinstance(self._state, Closed):
            self._turns.refuse(pending.event_id, self._closed_error())
        elif is_new and isinstance(self._state, Ready):
            self._send_input(pending)
        return turn

    async def upload(self, file: FileContent, *, name: str | None = None) -> UploadedFile:
        """Gives the session a file, to be named by prompts. Connects first, if it is not connected yet."""
        session = self._session or await self.connect()
        async with FilesApi(self._address, auth=self._auth, traceparent=self._traceparent) as files:
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
        had_link = self._link is not None
        self._shut(None)
        tasks = [task for task in self._tasks if task is not asyncio.current_task()]
        if not tasks:
            return
        # What was sent is given time to leave; a link that is still being made is given none.
        if had_link:
            await asyncio.wait(tasks, timeout=3)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        attempt = 1
        while not isinstance(self._state, Closed):
            try:
                token = await get_credential(self._auth)
            except AepError as error:
                if not error.retryable:
                    self._shut(error)
                    return
                cause = error
            else:
                ended = await self._live(token)
                if isinstance(self._state, Closed):
                    return
                message = ended.reason or f"the connection was lost ({ended.code})"
                cause = AepError("CONNECTION_LOST", message, details={"close_code": ended.code})
                if ended.code == 4401 and self._session and not self._tried_fresh_token:
                    self._tried_fresh_token = True
                    attempt = 1
                elif ended.code in FINAL_CLOSE_CODES:
                    self._shut(cause)
                    return
                else:
                    attempt = 1 if isinstance(self._state, Ready) else attempt + 1
            await self._wait_before(attempt, cause)

    async def _wait_before(self, attempt: int, cause: AepError) -> None:
        backoff = self._reconnect
        if backoff is None or (backoff.attempts is not None and attempt > backoff.attempts):
            self._shut(cause)
            return
        asked = self._asked_for_delay
        self._asked_for_delay = None
        delay = backoff.delay(attempt, self._random) if asked is None else asked
        self._move(Reconnecting(attempt, delay, cause))
        try:
            await asyncio.wait_for(self._over.wait(), delay)
        except asyncio.TimeoutError:
            pass

    async def _live(self, token: str | None) -> Ended:
        if isinstance(self._state, Closed):
            return Ended(1000, "")
        headers = trace_headers(self._traceparent)
        url = socket_url(self._address)
        link = Link(url, headers=headers, quiet=self._quiet, on_frame=self._receive, on_quiet=self._ping)
        link.send(self._init_frame(token))
        self._link = link
        try:
            return await link.run()
        finally:
            self._link = None

    def _init_frame(self, token: str | None) -> str:
        session = self._session
        data: dict[str, Any] = {
            "version": PROTOCOL_VERSION,
            "worker_type": self._worker_type,
            "session_id": session.session_id if session else self._session_id,
            "auth": None if token is None else {"token": token},
            "config": None if session else self._config,
            "last_seq": self._last_seq,
            "epoch": None if self._last_seq is None else self._epoch,
            "role": self._role,
            "client": None if self._name is None else {"name": self._name},
        }
        return self._frame("init", data, self._event_id())

    def _receive(self, frame: Envelope | Unknown) -> None:
        if isinstance(frame, Unknown):
            self._unknown.add(frame.seq)
            return
        event = frame.event
        if isinstance(event, InitAckEvent):
            self._greeted(event.data)
            return
        if event.type not in LOGGED or (isinstance(event, ErrorEvent) and event.data.event_id is not None):
            self._notice(frame)
            return
        if frame.seq <= self.last_seq:
            return
        if any(seq not in self._unknown for seq in range(self.last_seq + 1, frame.seq)):
            raise Broken("a number is missing")
        self._last_seq = frame.seq
        self._unknown.clear()
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
            error = AepError(ack.code, ack.error or ack.code, details=ack.details)
            if ack.code == "UNAUTHORIZED" and self._session and not self._tried_fresh_token:
                self._tried_fresh_token = True
            elif not error.retryable:
                self._shut(error)
            raise Broken(ack.code)
        self._tried_fresh_token = False
        self._session = ack
        self._epoch = ack.epoch
        if self._last_seq is None:
            self._last_seq = ack.last_seq or 0
        self._move(Ready())
        if self._opening and not self._opening.done():
            self._opening.set_result(ack)
        self._opening = None
        for pending in self._turns.unconfirmed:
            self._send_input(pending)
        unsent = self._answers.unsent()
        for event_id, frame in unsent:
            self._send(event_id, frame)
        if unsent:
            self._ping()

    def _notice(self, frame: Envelope) -> None:
        event = frame.event
        if isinstance(event, ControlEvent):
            if event.data.action == "reconnect" and event.data.delay_ms is not None:
                self._asked_for_delay = event.data.delay_ms / 1_000
            if event.data.action == "reauth" and self._link:
                self._start(self._reauthenticate(self._link))
        elif isinstance(event, InputReceiptEvent):
            self._turns.receipt(event.data)
            self._note_replay()
        elif isinstance(event, ResyncEvent):
            self._last_seq = event.data.first_seq - 1
            self._epoch = event.data.epoch
            self._unknown.clear()
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

    async def _reauthenticate(self, link: Link) -> None:
        """Brings a fresh credential before the old one's grace is over; without one the gateway closes, and we come
        back."""
        if not callable(self._auth):
            return
        try:
            token = await get_credential(self._auth)
        except AepError:
            return  # The next connection asks again, and tells if there is none to be had.
        data = {"action": "reauth", "auth": {"token": token}}
        link.send(self._frame("control", data, self._event_id()))

    async def _ask(self, kind: str, data: Mapping[str, Any], confirmation: str | None = None) -> None:
        if isinstance(self._state, Closed):
            raise self._closed_error()
        event_id = self._event_id()
        frame = self._frame(kind, data, event_id)
        answer = self._answers.open(event_id, frame, confirmation)
        if isinstance(self._state, Ready):
            self._send(event_id, frame)
            if confirmation is None:
                self._ping()
        await answer

    def _ping(self) -> None:
        if self._link is None:
            return
        event_id = self._event_id()
        self._answers.pinged(event_id)
        self._link.send(self._frame("ping", {}, event_id))

    def _send_input(self, pending: PendingInput) -> None:
        self._send(pending.event_id, self._frame("input", pending.data, pending.event_id))

    def _send(self, event_id: str, frame: str) -> None:
        """Sends a frame of ours that has an answer, unless it could only cost us the connection, again and again (F6)."""
        limit = self._session.server_caps.max_frame_size if self._session else None
        size = len(frame.encode("utf-8", "surrogatepass"))
        if limit is not None and size > limit:
            message = f"this is too long to send: {size} bytes, and the gateway takes {limit}"
            details = {"size": size, "max_frame_size": limit}
            self._refuse(event_id, AepError("INVALID_MESSAGE", message, details=details))
        elif self._link:
            self._link.send(frame)

    def _refuse(self, event_id: str, error: AepError) -> None:
        if not self._turns.refuse(event_id, error):
            self._answers.refuse(event_id, error)

    def _frame(self, kind: str, data: Mapping[str, Any], event_id: str) -> str:
        session = self._session.session_id if self._session else self._session_id
        said = {name: value for name, value in data.items() if value is not None}
        envelope = {
            "version": PROTOCOL_VERSION,
            "id": event_id,
            "seq": 1,
            "session_id": session or "",
            "timestamp": time.time_ns() // 1_000_000,
            "event": {"type": kind, "data": said},
        }
        text = json.dumps(envelope, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")

    def _shut(self, cause: AepError | None) -> None:
        if isinstance(self._state, Closed):
            return
        self._move(Closed(cause))
        self._over.set()
        if self._link:
            self._link.close()
        error = self._closed_error()
        if self._opening and not self._opening.done():
            self._opening.set_exception(error)
        self._turns.abandon(error)
        self._answers.abandon(error)

    def _closed_error(self) -> AepError:
        cause = self._state.cause if isinstance(self._state, Closed) else None
        return cause or AepError("CLIENT_CLOSED", "the client is closed")

    def _move(self, state: ConnectionState) -> None:
        self._state = state
        self._connections.tell(state)

    def _start(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _event_id(self) -> str:
        return f"evt_{self._uuid()}"
