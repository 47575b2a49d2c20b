"""A program with one client of the Python SDK: it does what it is told and notes what it sees."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from hotplex import AepClient, AepError, Backoff, Closed, ConnectionState, Envelope, SessionsApi, Turn

EVENT_TEXT = {
    "state": "state",
    "input": "content",
    "input.status": "status",
    "message.start": "id",
    "message.delta": "content",
    "message.end": "message_id",
    "message": "content",
    "reasoning": "content",
    "tool_call": "name",
    "tool_result": "id",
    "error": "code",
    "permission_request": "tool_name",
    "permission.resolved": "allowed",
    "question_request": "id",
    "question.resolved": "reason",
    "elicitation_request": "id",
    "elicitation.resolved": "action",
    "done": "success",
}
"""Which field of an event's data stands for it."""

NOTICE_TEXT = {"control": "action", "error": "code", "resync": "reason", "input.receipt": "status"}
"""Which field of a notice says what it is about."""


def about(fields: dict[str, str], envelope: Envelope) -> Any:
    return getattr(envelope.event.data, fields.get(envelope.event.type, ""), None)


class Actor:
    def __init__(self, url: str, options: dict[str, Any]) -> None:
        self._url = url
        self._tokens: list[str] = options.get("tokens", ["token-1"])
        self._client = AepClient(
            url,
            worker_type=options.get("worker_type", "demo"),
            session_id=options.get("session_id"),
            last_seq=options.get("last_seq"),
            epoch=options.get("epoch"),
            role=options.get("role"),
            config=options.get("config"),
            auth=self._token,
            reconnect=Backoff(0.001, 0.02) if options.get("reconnect", True) else None,
            quiet=options.get("quiet_ms", 25_000) / 1_000,
        )
        self._turns: dict[str, Turn] = {}
        self._requests: dict[str, str] = {}
        self._changed = asyncio.Event()
        self._events: list[list[Any]] = []
        self._notices: list[str] = []
        self._turn_results: dict[str, dict[str, Any]] = {}
        self._states: list[str] = []
        self._asked = 0
        self._history: list[list[Any]] = []
        self._client.on_event(self._note_event)
        self._client.on_notice(self._note_notice)
        self._client.on_connection(self._note_connection)

    async def perform(self, step: dict[str, Any]) -> str:
        """Does one thing; returns ``ok`` or the code of what went wrong."""
        details = {name: value for name, value in step.items() if name not in ("do", "by")}
        try:
            outcome = await getattr(self, f"do_{step['do']}")(**details)
            return outcome or "ok"
        except AepError as error:
            return error.code

    async def finish(self) -> dict[str, Any]:
        result = {
            "events": self._events,
            "notices": self._notices,
            "turns": self._turn_results,
            "connection": list(self._states),
            "last_seq": self._client.last_seq,
            "tokens_asked": self._asked,
            "history": self._history,
        }
        await self._client.close()
        result["connection"] = list(self._states)
        return result

    async def do_connect(self) -> None:
        await self._client.connect()

    async def do_prompt(self, content: str, **options: Any) -> None:
        name = options.pop("as")
        self._turns[name] = self._client.prompt(content, **options)

    async def do_accepted(self, turn: str) -> None:
        await self._turns[turn].accepted

    async def do_done(self, turn: str) -> str | None:
        seqs: list[int] = []
        nothing = {"seqs": seqs, "text": None, "success": None, "stop_reason": None}
        try:
            async for envelope in self._turns[turn]:
                seqs.append(envelope.seq)
            result = await self._turns[turn].done
        except AepError as error:
            self._turn_results[turn] = {**nothing, "error": error.code}
            return error.code
        self._turn_results[turn] = {
            "seqs": seqs,
            "text": result.text,
            "success": result.success,
            "stop_reason": result.stop_reason,
            "error": result.error.code if result.error else None,
        }
        return None

    async def do_hear(self, event: str, times: int = 1) -> None:
        await self._until(lambda: sum(kind == event for _, kind, _ in self._events) >= times)

    async def do_notice(self, notice: str) -> None:
        await self._until(lambda: notice in self._notices)

    async def do_answer_permission(self, **answer: Any) -> None:
        await self._client.respond_to_permission(self._requests["permission_request"], **answer)

    async def do_answer_question(self, answers: dict[str, Any]) -> None:
        await self._client.answer_question(self._requests["question_request"], answers)

    async def do_answer_elicitation(self, action: Any, content: dict[str, Any] | None = None) -> None:
        await self._client.respond_to_elicitation(self._requests["elicitation_request"], action, content)

    async def do_interrupt(self) -> None:
        await self._client.interrupt()

    async def do_control(self, action: str, details: dict[str, Any] | None = None) -> None:
        await self._client.control(action, details)

    async def do_command(self, command: str, args: str | None = None) -> None:
        await self._client.command(command, args)

    async def do_edit_input(self, input_id: str, content: str) -> None:
        await self._client.edit_input(input_id, content)

    async def do_cancel_input(self, input_id: str) -> None:
        await self._client.cancel_input(input_id)

    async def do_close(self) -> None:
        await self._client.close()

    async def do_reconnected(self) -> None:
        await self._until(lambda: "reconnecting" in self._states and self._client.connection.status == "ready")

    async def do_closed(self) -> str | None:
        await self._until(lambda: isinstance(self._client.connection, Closed))
        state = self._client.connection
        return state.cause.code if isinstance(state, Closed) and state.cause else None

    async def do_history(self, after: int) -> None:
        session = self._client.session
        async with SessionsApi(self._url, auth=self._token) as api:
            async for envelope in api.all_events(session.session_id if session else "", after=after):
                self._history.append([envelope.seq, envelope.event.type, about(EVENT_TEXT, envelope)])

    async def _until(self, holds: Callable[[], bool]) -> None:
        while not holds():
            self._changed.clear()
            await self._changed.wait()

    def _token(self) -> str:
        token = self._tokens[min(self._asked, len(self._tokens) - 1)]
        self._asked += 1
        if token == "!":
            raise RuntimeError("there is no credential now")
        return token

    def _note_event(self, envelope: Envelope) -> None:
        event = envelope.event
        self._events.append([envelope.seq, event.type, about(EVENT_TEXT, envelope)])
        if event.type.endswith("_request"):
            self._requests[event.type] = getattr(event.data, "id", "")
        self._changed.set()

    def _note_notice(self, envelope: Envelope) -> None:
        if envelope.event.type == "pong":
            return
        self._notices.append(f"{envelope.event.type}:{about(NOTICE_TEXT, envelope)}")
        self._changed.set()

    def _note_connection(self, state: ConnectionState) -> None:
        if not self._states or self._states[-1] != state.status:
            self._states.append(state.status)
        self._changed.set()
