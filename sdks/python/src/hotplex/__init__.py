"""Talk to coding agents behind a HotPlex gateway."""

from .aep_error import AepError
from .backoff import Backoff
from .client import AepClient, Delivery, InputPart
from .connection_state import Closed, Connecting, ConnectionState, Idle, Ready, Reconnecting
from .credential import Auth
from .envelope import Envelope
from .files import FileLimits, FileList, FilesApi, UploadedFile
from . import codes, events
from .codes import ErrorCode
from .events import InitAck
from .requests import SessionConfig
from .sessions import AgentList, AgentSummary, EventPage, SearchHit, SessionsApi, SessionSummary
from .turn import Turn, TurnResult

__all__ = [
    "AepClient",
    "AepError",
    "AgentList",
    "AgentSummary",
    "Auth",
    "Backoff",
    "Closed",
    "Connecting",
    "ConnectionState",
    "Delivery",
    "Envelope",
    "ErrorCode",
    "EventPage",
    "FileLimits",
    "FileList",
    "FilesApi",
    "Idle",
    "InitAck",
    "InputPart",
    "Ready",
    "Reconnecting",
    "SearchHit",
    "SessionConfig",
    "SessionSummary",
    "SessionsApi",
    "Turn",
    "TurnResult",
    "UploadedFile",
    "codes",
    "events",
]
