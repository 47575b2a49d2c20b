"""The same client for programs without asyncio: ``from hotplex.sync import AepClient``.

A thread of each client's own runs the connection. Listeners are called on that thread.
"""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Callable, Coroutine, Iterator, Mapping
from typing import Any, Literal, TypeVar

from . import client as asynchronous
from . import files, sessions
from .connection_state import ConnectionState
from .credential import Auth
from .envelope import Envelope
from .events import InitAck
from .requests import SessionConfig
from .traceparent import Traceparent
from .turn import Turn as AsyncTurn
from .turn import TurnResult

T = TypeVar("T")


class _Loop:
    """An event loop on a thread of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="hotplex", daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T], timeout: float | None = None) -> T:
        """Runs work there and waits for it, ``timeout`` seconds at most. Raises TimeoutError; the work is given up."""
        return asyncio.run_coroutine_threadsafe(_limited(work, timeout), self._loop).result()

    @property
    def is_open(self) -> bool:
        return not self._loop.is_closed()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _limited(work: Coroutine[Any, Any, T], timeout: float | None) -> T:
    try:
        return await asyncio.wait_for(work, timeout)
    except asyncio.TimeoutError:
        raise TimeoutError(f"no answer in {timeout} seconds") from None


def _off_the_loop(auth: Auth | None) -> Auth | None:
    """A function that blocks must not hold up the connection."""
    if not callable(auth):
        return auth

    async def ask() -> str:
        token = await asyncio.to_thread(auth)
        return await token if inspect.isawaitable(token) else token

    return ask


class Turn:
    """The events of a turn in order (``for``), and how it ended (``result()``)."""

    def __init__(self, turn: AsyncTurn, loop: _Loop) -> None:
        self._turn = turn
        self._loop = loop
        self._events = turn.__aiter__()

    @property
    def input_id(self) -> str | None:
        return self._turn.input_id

    @property
    def id(self) -> str | None:
        """Known once the agent has begun."""
        return self._turn.id

    def wait_accepted(self, timeout: float | None = None) -> None:
        """Waits until the gateway has stored the prompt."""

        async def wait() -> None:
            await self._turn.accepted

        self._loop.run(wait(), timeout)

    def result(self, timeout: float | None = None) -> TurnResult:
        """Waits for the end. Raises AepError when the prompt never ran, and TimeoutError; the turn goes on then."""

        async def wait() -> TurnResult:
            return await self._turn.done

        return self._loop.run(wait(), timeout)

    def interrupt(self) -> None:
        self._loop.run(self._turn.interrupt())

    def __iter__(self) -> Iterator[Envelope]:
        async def take() -> Envelope | None:
            return await anext(self._events, None)

        while (envelope := self._loop.run(take())) is not None:
            yield envelope


class AepClient:
    """One session of a gateway. What the arguments mean is said at ``hotplex.AepClient``."""

    def __init__(self, url: str, *, worker_type: str, auth: Auth | None = None, **options: Any) -> None:
        self._loop = _Loop()
        self._client = asynchronous.AepClient(url, worker_type=worker_type, auth=_off_the_loop(auth), **options)

    def __enter__(self) -> AepClient:
        try:
            self.connect()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def connection(self) -> ConnectionState:
        return self._client.connection

    @property
    def session(self) -> InitAck | None:
        return self._client.session

    @property
    def last_seq(self) -> int:
        return self._client.last_seq

    def connect(self, timeout: float | None = None) -> InitAck:
        return self._loop.run(self._client.connect(), timeout)

    def prompt(self, content: str, **options: Any) -> Turn:
        """Sends a prompt; ``attachments``, ``parts``, ``metadata``, ``delivery`` and ``input_id`` as there."""

        async def send() -> AsyncTurn:
            return self._client.prompt(content, **options)

        return Turn(self._loop.run(send()), self._loop)

    def upload(self, file: files.FileContent, *, name: str | None = None) -> files.UploadedFile:
        """Gives the session a file, to be named by prompts as an attachment."""
        return self._loop.run(self._client.upload(file, name=name))

    def follow(self, turn_id: str) -> Turn:
        async def follow() -> AsyncTurn:
            return self._client.follow(turn_id)

        return Turn(self._loop.run(follow()), self._loop)

    def respond_to_permission(self, request_id: str, *, allowed: bool, **options: Any) -> None:
        """Answers a permission; ``reason``, ``option_id`` and ``updated_input`` as there."""
        self._loop.run(self._client.respond_to_permission(request_id, allowed=allowed, **options))

    def answer_question(self, request_id: str, answers: asynchronous.Answers) -> None:
        self._loop.run(self._client.answer_question(request_id, answers))

    def respond_to_elicitation(
        self,
        request_id: str,
        action: Literal["accept", "decline", "cancel"],
        content: Mapping[str, Any] | None = None,
    ) -> None:
        self._loop.run(self._client.respond_to_elicitation(request_id, action, content))

    def interrupt(self) -> None:
        self._loop.run(self._client.interrupt())

    def control(self, action: str, details: Mapping[str, Any] | None = None) -> None:
        self._loop.run(self._client.control(action, details))

    def command(self, command: str, args: str | None = None, extra: Mapping[str, Any] | None = None) -> None:
        self._loop.run(self._client.command(command, args, extra))

    def edit_input(self, input_id: str, content: str) -> None:
        self._loop.run(self._client.edit_input(input_id, content))

    def cancel_input(self, input_id: str) -> None:
        self._loop.run(self._client.cancel_input(input_id))

    def on_event(self, listener: Callable[[Envelope], None]) -> Callable[[], None]:
        return self._client.on_event(listener)

    def on_notice(self, listener: Callable[[Envelope], None]) -> Callable[[], None]:
        return self._client.on_notice(listener)

    def on_connection(self, listener: Callable[[ConnectionState], None]) -> Callable[[], None]:
        return self._client.on_connection(listener)

    def close(self) -> None:
        """Ends the connection for good; the session and its agent go on. Safe to call twice."""
        if self._loop.is_open:
            self._loop.run(self._client.close())
            self._loop.close()


class SessionsApi:
    """Sessions by HTTP. Use it with ``with``, or ``close()`` it."""

    def __init__(self, url: str, *, auth: Auth | None = None, traceparent: Traceparent | None = None) -> None:
        self._loop = _Loop()
        self._api = sessions.SessionsApi(url, auth=_off_the_loop(auth), traceparent=traceparent)

    def __enter__(self) -> SessionsApi:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self._loop.is_open:
            self._loop.run(self._api.close())
            self._loop.close()

    def agents(self) -> sessions.AgentList:
        return self._loop.run(self._api.agents())

    def list(self, *, limit: int | None = None, cursor: str | None = None) -> sessions.SessionPage:
        return self._loop.run(self._api.list(limit=limit, cursor=cursor))

    def create(
        self,
        worker_type: str,
        *,
        title: str | None = None,
        client_key: str | None = None,
        config: SessionConfig | None = None,
    ) -> sessions.SessionSummary:
        return self._loop.run(
            self._api.create(worker_type, title=title, client_key=client_key, config=config)
        )

    def get(self, session_id: str) -> sessions.SessionSummary:
        return self._loop.run(self._api.get(session_id))

    def rename(self, session_id: str, title: str) -> sessions.SessionSummary:
        return self._loop.run(self._api.rename(session_id, title))

    def fork(
        self, session_id: str, *, title: str | None = None, work_dir: str | None = None
    ) -> sessions.SessionSummary:
        return self._loop.run(self._api.fork(session_id, title=title, work_dir=work_dir))

    def remove(self, session_id: str) -> None:
        self._loop.run(self._api.remove(session_id))

    def events(
        self,
        session_id: str,
        *,
        after: int | None = None,
        before: int | None = None,
        limit: int | None = None,
    ) -> sessions.EventPage:
        return self._loop.run(self._api.events(session_id, after=after, before=before, limit=limit))

    def all_events(self, session_id: str, *, after: int = 0) -> Iterator[Envelope]:
        events = self._api.all_events(session_id, after=after).__aiter__()

        async def take() -> Envelope | None:
            return await anext(events, None)

        while (envelope := self._loop.run(take())) is not None:
            yield envelope

    def search(
        self, text: str, *, limit: int | None = None, cursor: str | None = None
    ) -> sessions.SearchPage:
        return self._loop.run(self._api.search(text, limit=limit, cursor=cursor))


class FilesApi:
    """Files for the prompts of a session. Use it with ``with``, or ``close()`` it."""

    def __init__(self, url: str, *, auth: Auth | None = None, traceparent: Traceparent | None = None) -> None:
        self._loop = _Loop()
        self._api = files.FilesApi(url, auth=_off_the_loop(auth), traceparent=traceparent)

    def __enter__(self) -> FilesApi:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self._loop.is_open:
            self._loop.run(self._api.close())
            self._loop.close()

    def list(self, session_id: str) -> files.FileList:
        return self._loop.run(self._api.list(session_id))

    def upload(
        self, session_id: str, file: files.FileContent, *, name: str | None = None
    ) -> files.UploadedFile:
        return self._loop.run(self._api.upload(session_id, file, name=name))

    def upload_from(self, session_id: str, url: str, *, name: str | None = None) -> files.UploadedFile:
        return self._loop.run(self._api.upload_from(session_id, url, name=name))

    def download(self, session_id: str, file_id: str) -> bytes:
        return self._loop.run(self._api.download(session_id, file_id))

    def remove(self, session_id: str, file_id: str) -> None:
        self._loop.run(self._api.remove(session_id, file_id))
