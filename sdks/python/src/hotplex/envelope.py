"""Frames of a gateway, read leniently and handed out complete."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal, NoReturn

from pydantic import Field, ValidationError

from .codes import PROTOCOL_VERSION
from .events import EVENTS, ServerEvent
from .model import Maybe, Model


@dataclass(frozen=True)
class Envelope:
    """One frame: an event with its number, its session and its time in milliseconds."""

    id: str
    seq: int
    session_id: str
    timestamp: float
    event: ServerEvent
    turn_id: str | None = None
    priority: Literal["control", "data"] | None = None


@dataclass(frozen=True)
class Unknown:
    """A frame of a kind that this client does not know. Its number may be one of the log."""

    type: str
    seq: int


class _Event(Model):
    type: str = Field(min_length=1)
    data: Any = None


class _Frame(Model):
    version: str
    id: str | None = None
    seq: int | None = None
    priority: Maybe[Literal["control", "data"]] = None
    session_id: str | None = None
    timestamp: float | None = None
    turn_id: str | None = None
    event: _Event


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def decode(raw: str) -> Envelope | Unknown | None:
    """Reads a frame. ``None``: it is none of this protocol, or a known kind with wrong fields."""
    try:
        frame = _Frame.model_validate(json.loads(raw, parse_constant=_refuse_constant))
        if frame.version != PROTOCOL_VERSION:
            return None
        kind = EVENTS.get(frame.event.type)
        if kind is None:
            return Unknown(frame.event.type, frame.seq or 0)
        data = {} if frame.event.data is None else frame.event.data
        event = kind.model_validate({"type": frame.event.type, "data": data})
    except (ValueError, ValidationError, RecursionError):
        return None
    return Envelope(
        id=frame.id or "",
        seq=frame.seq or 0,
        session_id=frame.session_id or "",
        timestamp=frame.timestamp or 0,
        event=event,
        turn_id=frame.turn_id or None,
        priority=frame.priority,
    )
