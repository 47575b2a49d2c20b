"""Our frames as text: each with an id of its own, the session's id and the time."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from typing import Any

from .aep_error import AepError
from .codes import PROTOCOL_VERSION

#: Line separators, which some take for ends of lines, and halves of a character, which have no UTF-8.
_ESCAPED = re.compile("[\u2028\u2029\ud800-\udfff]")


class Frames:
    """``session_id`` is what the gateway calls the session, once it has said so."""

    def __init__(self, session_id: str | None, uuid: Callable[[], str]) -> None:
        self.session_id = session_id
        self.uuid = uuid

    def event_id(self) -> str:
        return f"evt_{self.uuid()}"

    def frame(self, kind: str, data: Mapping[str, Any], event_id: str) -> str:
        """What is ``None`` in the data is left out. Raises TypeError or ValueError for what has no JSON."""
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
        return _ESCAPED.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def size_error(frame: str, limit: int | None) -> AepError | None:
    """Why a frame could only cost us the connection, again and again (F6). ``limit`` is in bytes."""
    size = len(frame.encode())
    if limit is None or size <= limit:
        return None
    message = f"this is too long to send: {size} bytes, and the gateway takes {limit}"
    return AepError("INVALID_MESSAGE", message, details={"size": size, "max_frame_size": limit})
