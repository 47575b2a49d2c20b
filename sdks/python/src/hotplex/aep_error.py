"""Failures with a stable code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .codes import ERROR_CODES


class AepError(Exception):
    """A failure with a stable code: one of the protocol's, or one that happens in this client and never crosses
    the wire: ``CLIENT_CLOSED``, ``CONNECTION_LOST``, ``HTTP_ERROR``."""

    def __init__(
        self,
        code: str,
        message: str,
        *,
        details: Mapping[str, Any] | None = None,
        event_id: str | None = None,
        retryable: bool | None = None,
    ) -> None:
        super().__init__(f"{code}: {message}")
        entry = ERROR_CODES.get(code)
        self.code = code
        self.message = message
        #: Whether the same request may be tried again.
        self.retryable = (entry.retryable if entry else code == "CONNECTION_LOST") if retryable is None else retryable
        #: What to do about it, in words for people.
        self.remedy = entry.remedy if entry else None
        self.details = details
        #: The frame that was refused, if it was one of ours.
        self.event_id = event_id
