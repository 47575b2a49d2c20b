"""Where a client's connection is; each state has only what exists in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Union

from .aep_error import AepError


@dataclass(frozen=True)
class Idle:
    status: Literal["idle"] = "idle"


@dataclass(frozen=True)
class Connecting:
    status: Literal["connecting"] = "connecting"


@dataclass(frozen=True)
class Ready:
    status: Literal["ready"] = "ready"


@dataclass(frozen=True)
class Reconnecting:
    """The next attempt, and in how many seconds it is made."""

    attempt: int
    delay: float
    cause: AepError
    status: Literal["reconnecting"] = field(default="reconnecting", init=False)


@dataclass(frozen=True)
class Closed:
    """The end; ``cause`` is ``None`` when the program wanted it."""

    cause: AepError | None
    status: Literal["closed"] = field(default="closed", init=False)


ConnectionState = Union[Idle, Connecting, Ready, Reconnecting, Closed]
