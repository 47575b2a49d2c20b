"""Frames are read leniently where they may lack something, and not at all where they are wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hotplex.envelope import Envelope, Unknown, decode
from hotplex.events import EVENTS, LOGGED, DoneEvent, InitAckEvent, StateEvent


def frame(kind: str, data: Any, **rest: Any) -> str:
    return json.dumps({"version": "aep/v1", "event": {"type": kind, "data": data}, **rest})


def test_what_an_envelope_may_lack_is_empty() -> None:
    decoded = decode(frame("state", {"state": "idle"}))
    assert isinstance(decoded, Envelope) and isinstance(decoded.event, StateEvent)
    assert (decoded.id, decoded.seq, decoded.session_id, decoded.turn_id) == ("", 0, "", None)
    assert decoded.event.data.state == "idle"


def test_a_newer_kind_is_known_by_its_number() -> None:
    assert decode(frame("hologram", {"x": 1}, seq=7)) == Unknown("hologram", 7)


def test_newer_fields_are_skipped_and_figures_are_kept() -> None:
    names = "duration_ms time_to_first_token_ms tool_calls input_tokens output_tokens cache_read_tokens"
    names += " cache_write_tokens total_tokens cost_usd model context_used_percent stop_reason"
    stats: dict[str, Any] = {name: None for name in names.split()}
    sums = {name: None for name in names.split()[:1] + names.split()[2:9]}
    stats |= {"tokens_of_tomorrow": 3, "_session": {**sums, "turn_count": 2}}
    decoded = decode(frame("done", {"success": True, "stats": stats, "mood": "good"}))
    assert isinstance(decoded, Envelope) and isinstance(decoded.event, DoneEvent)
    assert decoded.event.data.stats and decoded.event.data.stats.session
    assert decoded.event.data.stats.session.turn_count == 2
    assert decoded.event.data.stats.model_dump()["tokens_of_tomorrow"] == 3
    assert "mood" not in decoded.event.data.model_dump()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not json",
        "[]",
        "null",
        '{"version":"aep/v1"}',
        frame("", {}),
        frame("state", {"state": "dancing"}),
        frame("state", {"state": "idle", "message": None}),
        frame("state", "idle"),
        frame("state", {"state": "idle"}, version="aep/v2"),
        frame("state", {"state": "idle"}, priority="high"),
        frame("message.delta", {"message_id": 7, "content": "x"}),
        frame("done", {"success": "true"}),
        '{"version":"aep/v1","seq":NaN,"event":{"type":"pong","data":{"state":"idle"}}}',
        "[" * 100_000,
    ],
)
def test_what_is_wrong_is_not_a_frame(text: str) -> None:
    assert decode(text) is None


def test_every_logged_kind_has_a_class() -> None:
    assert LOGGED < set(EVENTS)
    assert EVENTS["init_ack"] is InitAckEvent and "init_ack" not in LOGGED
