"""Sessions by HTTP: list, make, read and remove them without a socket."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Optional
from urllib.parse import quote

from typing_extensions import NotRequired, TypedDict

from .credential import Auth
from .envelope import Envelope, decode
from .codes import SessionState
from .gateway_http import GatewayHttp
from .requests import SessionConfig
from .traceparent import Traceparent


class SessionSummary(TypedDict):
    """A session as the gateway lists it; field names are those of the wire."""

    id: str
    title: str | None
    worker_type: str
    state: SessionState
    work_dir: str
    config: SessionConfig
    created_at: str
    updated_at: str
    epoch: str
    last_seq: int
    turn: dict[str, Any] | None
    totals: dict[str, Any]
    pending: int
    queued: int


class AgentSummary(TypedDict):
    """An agent, and whether it can be used here."""

    type: str
    title: str
    available: bool
    version: str | None
    reason: NotRequired[str]
    install: NotRequired[str]
    accepts: list[str]


class AgentList(TypedDict):
    agents: list[AgentSummary]
    default_work_dir: str


class SearchHit(TypedDict):
    """A place where all words of a search are. ``seq`` is where the text begins; 0 for a title."""

    session_id: str
    title: str | None
    kind: str
    seq: int
    timestamp: int
    snippet: str
    highlights: list[tuple[int, int]]


SessionPage = tuple[list[SessionSummary], Optional[str]]
SearchPage = tuple[list[SearchHit], Optional[str]]


@dataclass(frozen=True)
class EventPage:
    events: list[Envelope]
    oldest_seq: int
    last_seq: int
    epoch: str


class SessionsApi:
    """Use it with ``async with``, or ``close()`` it. Requests raise AepError."""

    def __init__(self, url: str, *, auth: Auth | None = None, traceparent: Traceparent | None = None) -> None:
        self._http = GatewayHttp(url, auth=auth, traceparent=traceparent)

    async def __aenter__(self) -> SessionsApi:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        await self._http.close()

    async def agents(self) -> AgentList:
        agents: AgentList = await self._http.json("GET", "/api/agents")
        return agents

    async def list(
        self, *, limit: int | None = None, cursor: str | None = None
    ) -> SessionPage:
        """One page of sessions, and the cursor of the next one."""
        page = await self._http.json("GET", "/api/sessions", query={"limit": limit, "cursor": cursor})
        return page["sessions"], page["next_cursor"]

    async def create(
        self,
        worker_type: str,
        *,
        title: str | None = None,
        client_key: str | None = None,
        config: SessionConfig | None = None,
    ) -> SessionSummary:
        body = {"worker_type": worker_type, "title": title, "client_key": client_key, "config": config}
        return await self._summary("POST", "/api/sessions", body)

    async def get(self, session_id: str) -> SessionSummary:
        return await self._summary("GET", _path(session_id))

    async def rename(self, session_id: str, title: str) -> SessionSummary:
        return await self._summary("PATCH", _path(session_id), {"title": title})

    async def fork(
        self,
        session_id: str,
        *,
        title: str | None = None,
        work_dir: str | None = None,
        before_turn: str | None = None,
        after_turn: str | None = None,
    ) -> SessionSummary:
        """A session that goes on from this one, with a copy of its log; with ``work_dir`` in another folder.

        It branches off at the end, or at one place that is named: before a turn and its prompt, or after a turn.
        """
        place = {"before_turn": before_turn, "after_turn": after_turn}
        body = {"title": title, "work_dir": work_dir, **place}
        return await self._summary("POST", f"{_path(session_id)}/fork", body)

    async def remove(self, session_id: str) -> None:
        await self._http.request("DELETE", _path(session_id))

    async def events(
        self,
        session_id: str,
        *,
        after: int | None = None,
        before: int | None = None,
        limit: int | None = None,
    ) -> EventPage:
        """One page of the log: after a number, or the last ones before a number."""
        query = {"after": after, "before": before, "limit": limit}
        page = await self._http.json("GET", f"{_path(session_id)}/events", query=query)
        decoded = [decode(json.dumps(frame)) for frame in page["events"]]
        events = [frame for frame in decoded if isinstance(frame, Envelope)]
        return EventPage(events, page["oldest_seq"], page["last_seq"], page["epoch"])

    async def all_events(self, session_id: str, *, after: int = 0) -> AsyncIterator[Envelope]:
        """The whole log after a number, page by page."""
        last = after
        while True:
            page = await self.events(session_id, after=last, limit=1_000)
            for envelope in page.events:
                yield envelope
            newest = page.events[-1].seq if page.events else page.last_seq
            if newest >= page.last_seq or newest <= last:
                return
            last = newest

    async def search(
        self, text: str, *, limit: int | None = None, cursor: str | None = None
    ) -> SearchPage:
        """Prompts, answers and titles with all words of ``text`` in them, newest first, and the cursor of the next
        page."""
        query = {"q": text, "limit": limit, "cursor": cursor}
        page = await self._http.json("GET", "/api/search", query=query)
        return page["hits"], page["next_cursor"]

    async def _summary(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> SessionSummary:
        summary: SessionSummary = await self._http.json(method, path, body=body)
        return summary


def _path(session_id: str) -> str:
    return f"/api/sessions/{quote(session_id, safe='')}"
