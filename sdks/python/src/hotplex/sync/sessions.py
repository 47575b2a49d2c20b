"""Sessions by HTTP, for threads."""

from __future__ import annotations

from collections.abc import Iterator

from .. import sessions
from ..credential import Auth
from ..envelope import Envelope
from ..requests import SessionConfig
from ..traceparent import Traceparent
from .loop import Loop, off_the_loop


class SessionsApi:
    """Sessions by HTTP. Use it with ``with``, or ``close()`` it."""

    def __init__(self, url: str, *, auth: Auth | None = None, traceparent: Traceparent | None = None) -> None:
        self._api = sessions.SessionsApi(url, auth=off_the_loop(auth), traceparent=traceparent)
        self._loop = Loop()

    def __enter__(self) -> SessionsApi:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends what is under way, too. Safe to call twice."""
        self._loop.close(self._api.close)

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
        self,
        session_id: str,
        *,
        title: str | None = None,
        work_dir: str | None = None,
        before_turn: str | None = None,
        after_turn: str | None = None,
    ) -> sessions.SessionSummary:
        return self._loop.run(
            self._api.fork(
                session_id, title=title, work_dir=work_dir, before_turn=before_turn, after_turn=after_turn
            )
        )

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
