"""Our frames as text: each with an id of its own, the session's id and the time."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from .aep_error import AepError
from .codes import PROTOCOL_VERSION


class Frames:
    """``session_id`` is what the gateway calls the session, once it has said so."""

    def __init__(self, session_id: str | None, uuid: Callable[[], str]) -> None:
        self.session_id = session_id
        self.uuid = uuid

    def event_id(self) -> str:
        return f"evt_{self.uuid()}"

    def frame(self, kind: str, data: Mapping[str, Any], event_id: str) -> str:
        """What is ``None`` in the data is left out."""
        said = {name: value for name, value in data.items() if value is not None}
        envelope = {
            "version": PROTOCOL_VERSION,
            "id": event_id,
            "seq": 1,
            "session_id": self.session_id or "",
            "timestamp": time.time_ns() // 1_000_000,
            "event": {"type": kind, "data": said},
        }
        text = json.dumps(envelope, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def size_error(frame: str, limit: int | None) -> AepError | None:
    """Why a frame could only cost us the connection, again and again (F6). ``limit`` is in bytes."""
    size = len(frame.encode("utf-8", "surrogatepass"))
    if limit is None or size <= limit:
        return None
    message = f"this is too long to send: {size} bytes, and the gateway takes {limit}"
    return AepError("INVALID_MESSAGE", message, details={"size": size, "max_frame_size": limit})
