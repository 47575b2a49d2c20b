"""Against a real gateway with its demo agent: HOTPLEX_URL and HOTPLEX_KEY."""

from __future__ import annotations

import asyncio
import os
import uuid

import pytest

from cutting_proxy import cutting_proxy

from hotplex import AepClient, AepError, Backoff, Closed, Envelope, FilesApi, Reconnecting, SessionsApi
from hotplex.events import PermissionRequestEvent, QuestionRequestEvent, StateEvent

URL = os.environ["HOTPLEX_URL"]
KEY = os.environ["HOTPLEX_KEY"]


def open_client(**options: object) -> AepClient:
    settings: dict[str, object] = {"worker_type": "demo", "auth": KEY, "reconnect": Backoff(0.001, 0.02), **options}
    return AepClient(URL, **settings)  # type: ignore[arg-type]


def is_idle(envelope: Envelope) -> bool:
    return isinstance(envelope.event, StateEvent) and envelope.event.data.state == "idle"


def test_a_turn_has_its_events_in_order_and_its_end() -> None:
    async def scene() -> None:
        async with open_client() as client:
            seen: list[int] = []
            client.on_event(lambda envelope: seen.append(envelope.seq))
            turn = client.prompt("flood 200")
            kinds = [envelope.event.type async for envelope in turn]
            result = await turn.done
            assert result.success and result.stop_reason == "end_turn" and result.text.endswith(" 5j\n")
            assert kinds.count("done") == 1 and kinds[-1] == "done"
            assert seen == list(range(1, len(seen) + 1))
            assert turn.id is not None

    asyncio.run(scene())


def test_requests_of_the_agent_are_answered() -> None:
    async def scene() -> None:
        async with open_client() as client:
            async for envelope in client.prompt("question"):
                if isinstance(envelope.event, QuestionRequestEvent):
                    data = envelope.event.data
                    await client.answer_question(
                        data.id, {question.question: question.options[0].label for question in data.questions}
                    )
            turn = client.prompt("permission")
            async for envelope in turn:
                if isinstance(envelope.event, PermissionRequestEvent):
                    await client.respond_to_permission(envelope.event.data.id, allowed=True)
                    with pytest.raises(AepError) as refused:
                        await client.respond_to_permission(envelope.event.data.id, allowed=False)
                    assert refused.value.code == "ALREADY_RESOLVED"
            assert "You allowed it" in (await turn.done).text

    asyncio.run(scene())


def test_an_interrupt_ends_the_turn_and_a_wait_that_is_given_up_does_not() -> None:
    async def scene() -> None:
        async with open_client() as client:
            turn = client.prompt("permission")
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(turn.done, 0.01)
            await turn.accepted
            async for envelope in turn:
                if isinstance(envelope.event, PermissionRequestEvent):
                    await turn.interrupt()
            assert (await turn.done).stop_reason == "interrupted"

    asyncio.run(scene())


def test_many_lost_links_lose_nothing_and_double_nothing() -> None:
    async def scene() -> None:
        async with cutting_proxy(URL) as url:
            client = AepClient(url, worker_type="demo", auth=KEY, reconnect=Backoff(0.001, 0.02))
            seqs: list[int] = []
            losses: list[Reconnecting] = []
            client.on_event(lambda envelope: seqs.append(envelope.seq))
            client.on_connection(lambda state: losses.append(state) if isinstance(state, Reconnecting) else None)
            async with client:
                turns = [client.prompt(f"flood {size}", input_id=f"in-{size}") for size in (50, 60, 70)]
                results = [await turn.done for turn in turns]
        assert [len(result.text.split()) for result in results] == [50, 60, 70]
        assert seqs == list(range(1, len(seqs) + 1))
        assert len(losses) >= 2

    asyncio.run(scene())


def test_errors_say_what_to_do() -> None:
    async def scene() -> None:
        client = open_client(worker_type="nobody", reconnect=None)
        with pytest.raises(AepError) as refused:
            await client.connect()
        assert refused.value.code == "CONFIG_INVALID" and "demo" in refused.value.message
        assert refused.value.remedy and not refused.value.retryable
        assert isinstance(client.connection, Closed)
        with pytest.raises(AepError):
            await client.prompt("late").done
        await client.close()

        nobody = AepClient("http://127.0.0.1:1", worker_type="demo", reconnect=Backoff(0.001, 0.002, attempts=2))
        with pytest.raises(AepError) as lost:
            await nobody.connect()
        assert lost.value.code == "CONNECTION_LOST" and lost.value.retryable

    asyncio.run(scene())


def test_the_same_prompt_runs_once() -> None:
    async def scene() -> None:
        async with open_client() as client:
            idle = asyncio.Event()
            client.on_event(lambda envelope: idle.set() if is_idle(envelope) else None)
            first = await client.prompt("flood 3", input_id="same").done
            assert first.text == "0 1 2 "
            await idle.wait()
            for content, code in (("flood 3", "ALREADY_RESOLVED"), ("flood 4", "INPUT_CONFLICT")):
                with pytest.raises(AepError) as refused:
                    await client.prompt(content, input_id="same").done
                assert refused.value.code == code

    asyncio.run(scene())


def test_sessions_by_http() -> None:
    async def scene() -> None:
        async with SessionsApi(URL, auth=lambda: KEY) as api:
            assert "demo" in [agent["type"] for agent in (await api.agents())["agents"]]
            word = f"w{uuid.uuid4().hex}"
            made = await api.create("demo", title="mine", config={"metadata": {"a": 1}})
            async with open_client(session_id=made["id"]) as client:
                await client.prompt(f"remember {word}").done
            page = await api.events(made["id"], limit=3)
            assert [envelope.seq for envelope in page.events] == [1, 2, 3]
            whole = [envelope async for envelope in api.all_events(made["id"])]
            assert [envelope.seq for envelope in whole] == list(range(1, page.last_seq + 1))
            assert (await api.rename(made["id"], "yours"))["title"] == "yours"
            listed, _ = await api.list(limit=100)
            assert made["id"] in [session["id"] for session in listed]
            hits, _ = await api.search(word)
            assert {hit["session_id"] for hit in hits} == {made["id"]}
            branch = await api.fork(made["id"], title="branch")
            assert branch["id"] != made["id"]
            turn = next(envelope.turn_id for envelope in whole if envelope.turn_id)
            early = await api.fork(made["id"], before_turn=turn)
            assert early["totals"]["turn_count"] == 0
            await api.remove(made["id"])
            with pytest.raises(AepError) as gone:
                await api.get(made["id"])
            assert gone.value.code == "SESSION_NOT_FOUND"
        async with SessionsApi(URL) as stranger:
            with pytest.raises(AepError) as refused:
                await stranger.list()
            assert refused.value.code in ("AUTH_REQUIRED", "UNAUTHORIZED")

    asyncio.run(scene())


def test_files_go_with_a_prompt_and_are_kept() -> None:
    async def scene() -> None:
        async with open_client() as client, FilesApi(URL, auth=KEY) as api:
            file = await client.upload(b"some words", name="words.txt")
            assert file["media_type"] == "text/plain" and file["size"] == 10
            result = await client.prompt("attached", attachments=[file]).done
            assert result.text.startswith('- the file "words.txt", 10 bytes')
            session_id = (await client.connect()).session_id
            listed = await api.list(session_id)
            assert listed["files"] == [file] and listed["limits"]["max_session_files"] > 0
            assert await api.download(session_id, file["id"]) == b"some words"
            await api.remove(session_id, file["id"])
            assert (await api.list(session_id))["files"] == []

    asyncio.run(scene())


def test_what_is_not_taken_is_refused_with_its_reason() -> None:
    async def scene() -> None:
        async with open_client() as client, FilesApi(URL, auth=KEY) as api:
            session_id = (await client.connect()).session_id
            with pytest.raises(AepError) as refused:
                await api.upload(session_id, b"\x7fELF\x02\x01", name="a.txt")
            assert refused.value.details == {"reason": "media_type"}
            with pytest.raises(AepError) as denied:
                await api.upload_from(session_id, "http://169.254.169.254/latest/")
            assert denied.value.code == "POLICY_DENIED"

    asyncio.run(scene())
