"""Names the trace that a connection or a request belongs to, in the header of W3C Trace Context."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Optional

#: Asked before every connection and request; ``None``: there is no trace now.
Traceparent = Callable[[], Optional[str]]

_VALUE = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
_log = logging.getLogger("hotplex")


def trace_headers(source: Traceparent | None) -> dict[str, str]:
    """Tracing never breaks a conversation: without a valid value there is no header."""
    try:
        value = source() if source else None
    except Exception:
        _log.warning("the trace could not be asked for", exc_info=True)
        return {}
    return {"traceparent": value} if value is not None and _VALUE.fullmatch(value) else {}
