"""The client of one session, for threads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from .. import client as asynchronous
from ..connection_state import ConnectionState
from ..credential import Auth
from ..envelope import Envelope
from ..events import InitAck
from ..files import FileContent, UploadedFile
from .loop import Loop, off_the_loop
from .turn import Turn


class AepClient:
    """One session of a gateway. What the arguments mean is said at ``hotplex.AepClient``. It may be used from any thread;
    a listener may send prompts and close the client, but not wait for it: that raises RuntimeError."""

    def __init__(self, url: str, *, worker_type: str, auth: Auth | None = None, **options: Any) -> None:
        self._client = asynchronous.AepClient(url, worker_type=worker_type, auth=off_the_loop(auth), **options)
        self._loop = Loop()

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
        return Turn(self._loop.call(lambda: self._client.prompt(content, **options)), self._loop)

    def upload(self, file: FileContent, *, name: str | None = None) -> UploadedFile:
        """Gives the session a file, to be named by prompts as an attachment."""
        return self._loop.run(self._client.upload(file, name=name))

    def follow(self, turn_id: str) -> Turn:
        return Turn(self._loop.call(lambda: self._client.follow(turn_id)), self._loop)

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
        """Ends the connection for good; the session and its agent go on. Who waits for the client is told. Safe to call
        twice; a listener that calls it does not wait."""
        self._loop.close(self._client.close)
