"""What a service does with an agent: a conversation that it finds again, a job that runs once however often the program
starts, a limit for every turn, credentials that are fetched, logs, and an orderly end.

    python production.py STATE-FILE
"""

import asyncio
import json
import logging
import os
import signal
import sys
from pathlib import Path
from typing import Any

from hotplex import AepClient, AepError, Backoff, ConnectionState, Reconnecting
from hotplex.events import PermissionRequestEvent

TURN_LIMIT = 30.0
log = logging.getLogger("production")


async def fetch_credential() -> str:
    """Stands for a vault or a token service. It is asked for every connection, so what it brings may be short-lived."""
    return os.environ["HOTPLEX_KEY"]


def log_connection(state: ConnectionState) -> None:
    if isinstance(state, Reconnecting):
        log.warning("the link was lost: attempt %s, %s", state.attempt, state.cause)
    else:
        log.info("connection: %s", state.status)


async def run_job(client: AepClient) -> None:
    """Runs once in a session: the gateway knows the job by its name, and says so when it has run before."""
    turn = client.prompt("flood 40", input_id="nightly-report")

    async def listen() -> None:
        async for envelope in turn:
            if isinstance(envelope.event, PermissionRequestEvent):
                reason = "nobody is here to decide"
                await client.respond_to_permission(envelope.event.data.id, allowed=False, reason=reason)

    try:
        await asyncio.wait_for(listen(), TURN_LIMIT)
    except asyncio.TimeoutError:
        # The agent goes on when nobody listens: a limit has to say that it shall not.
        await client.interrupt()
        raise SystemExit(f"the job took longer than {TURN_LIMIT} s") from None
    except AepError as error:
        if error.code != "ALREADY_RESOLVED":
            raise
        log.info("the job has run before")
        return
    result = await turn.done
    if not result.success:
        raise SystemExit(f"the agent failed: {result.error}")
    log.info("the job is done: %s characters, %s", len(result.text), result.stop_reason)


async def main(state_file: Path) -> None:
    known: dict[str, Any] = json.loads(state_file.read_text()) if state_file.exists() else {}
    client = AepClient(
        os.environ["HOTPLEX_URL"],
        worker_type="demo",
        session_id=known.get("session"),
        last_seq=known.get("last_seq"),
        epoch=known.get("epoch"),
        auth=fetch_credential,
        name="production-example",
        reconnect=Backoff(minimum=0.1, maximum=5, attempts=20),
    )
    client.on_connection(log_connection)
    job = asyncio.current_task()
    if job:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, job.cancel)
    async with client:
        session = await client.connect()
        # Written down before anything is asked: a program that is ended here finds its session again.
        known = {"session": session.session_id, "epoch": session.epoch, "last_seq": client.last_seq}
        state_file.write_text(json.dumps(known))
        await run_job(client)
        state_file.write_text(json.dumps({**known, "last_seq": client.last_seq}))


logging.basicConfig(level=logging.INFO)
asyncio.run(main(Path(sys.argv[1])))
