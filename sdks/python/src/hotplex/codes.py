# Written by scripts/generate-sdks.ts from the event table. Changes are lost.
"""The stable words and numbers of the protocol."""

from typing import Final, Literal, NamedTuple

PROTOCOL_VERSION: Final = "aep/v1"
SUBPROTOCOL: Final = "aep.v1"

SessionState = Literal[
    "created",
    "running",
    "idle",
    "terminated",
    "deleted",
]
ClientControlAction = Literal[
    "interrupt",
    "cancel",
    "terminate",
    "delete",
    "reset",
    "gc",
    "cd",
    "fork",
    "reauth",
]
ServerControlAction = Literal[
    "reconnect",
    "session_invalid",
    "throttle",
    "reauth",
]
ErrorCode = Literal[
    "WORKER_START_FAILED",
    "WORKER_CRASH",
    "WORKER_TIMEOUT",
    "WORKER_OOM",
    "PROCESS_SIGKILL",
    "WORKER_OUTPUT_LIMIT",
    "INVALID_MESSAGE",
    "SESSION_NOT_FOUND",
    "SESSION_EXPIRED",
    "SESSION_TERMINATED",
    "SESSION_INVALIDATED",
    "SESSION_BUSY",
    "UNAUTHORIZED",
    "AUTH_REQUIRED",
    "FORBIDDEN",
    "INTERNAL_ERROR",
    "PROTOCOL_VIOLATION",
    "VERSION_MISMATCH",
    "CONFIG_INVALID",
    "RATE_LIMITED",
    "GATEWAY_OVERLOAD",
    "EXECUTION_TIMEOUT",
    "TURN_TIMEOUT",
    "RECONNECT_REQUIRED",
    "RESUME_RETRY",
    "NOT_SUPPORTED",
    "INPUT_CONFLICT",
    "ALREADY_RESOLVED",
    "BUDGET_EXCEEDED",
    "POLICY_DENIED",
]


class CodeEntry(NamedTuple):
    """What to do about an error, and whether the same request may be tried again."""

    remedy: str
    retryable: bool


ERROR_CODES: Final[dict[str, CodeEntry]] = {
    "WORKER_START_FAILED": CodeEntry(
        remedy="Read the message: it names what is missing and how to install it; then send the input again.",
        retryable=True,
    ),
    "WORKER_CRASH": CodeEntry(
        remedy="Send the next input: the session resumes with the agent’s memory.",
        retryable=True,
    ),
    "WORKER_TIMEOUT": CodeEntry(
        remedy="Try again, or interrupt and ask for less.",
        retryable=True,
    ),
    "WORKER_OOM": CodeEntry(
        remedy="Raise the limit or ask for less at once.",
        retryable=True,
    ),
    "PROCESS_SIGKILL": CodeEntry(
        remedy="Send the next input: the session resumes.",
        retryable=True,
    ),
    "WORKER_OUTPUT_LIMIT": CodeEntry(
        remedy="Ask for less output or raise the limit.",
        retryable=False,
    ),
    "INVALID_MESSAGE": CodeEntry(
        remedy="Correct the fields named in details.fields.",
        retryable=False,
    ),
    "SESSION_NOT_FOUND": CodeEntry(
        remedy="List your sessions or open a new one.",
        retryable=False,
    ),
    "SESSION_EXPIRED": CodeEntry(
        remedy="Open a new session.",
        retryable=False,
    ),
    "SESSION_TERMINATED": CodeEntry(
        remedy="Send an input to resume it.",
        retryable=False,
    ),
    "SESSION_INVALIDATED": CodeEntry(
        remedy="Connect again.",
        retryable=False,
    ),
    "SESSION_BUSY": CodeEntry(
        remedy="Wait for done, or send with delivery queue.",
        retryable=True,
    ),
    "UNAUTHORIZED": CodeEntry(
        remedy="Sign in again or use a valid token or key.",
        retryable=False,
    ),
    "AUTH_REQUIRED": CodeEntry(
        remedy="Send a token in init.auth.token, an Authorization header or an API key header.",
        retryable=False,
    ),
    "FORBIDDEN": CodeEntry(
        remedy="Ask an owner or driver of the session.",
        retryable=False,
    ),
    "INTERNAL_ERROR": CodeEntry(
        remedy="Try again; if it persists, look in the gateway’s log.",
        retryable=True,
    ),
    "PROTOCOL_VIOLATION": CodeEntry(
        remedy="Send init first, and only kinds a client may send.",
        retryable=False,
    ),
    "VERSION_MISMATCH": CodeEntry(
        remedy="Use the version in details.max_supported.",
        retryable=False,
    ),
    "CONFIG_INVALID": CodeEntry(
        remedy="Change or leave out the field named in the message.",
        retryable=False,
    ),
    "RATE_LIMITED": CodeEntry(
        remedy="Wait for details.retry_after_ms or until details.resets_at.",
        retryable=True,
    ),
    "GATEWAY_OVERLOAD": CodeEntry(
        remedy="Try again later or close sessions.",
        retryable=True,
    ),
    "EXECUTION_TIMEOUT": CodeEntry(
        remedy="Try again.",
        retryable=True,
    ),
    "TURN_TIMEOUT": CodeEntry(
        remedy="Ask for less at once or raise the limit.",
        retryable=True,
    ),
    "RECONNECT_REQUIRED": CodeEntry(
        remedy="Reconnect with last_seq and send the next input.",
        retryable=True,
    ),
    "RESUME_RETRY": CodeEntry(
        remedy="Nothing to do.",
        retryable=True,
    ),
    "NOT_SUPPORTED": CodeEntry(
        remedy="Look at server_caps for what it can do.",
        retryable=False,
    ),
    "INPUT_CONFLICT": CodeEntry(
        remedy="Use a new input_id.",
        retryable=False,
    ),
    "ALREADY_RESOLVED": CodeEntry(
        remedy="Nothing to do: see the resolved event.",
        retryable=False,
    ),
    "BUDGET_EXCEEDED": CodeEntry(
        remedy="Raise the budget or wait for the next period.",
        retryable=False,
    ),
    "POLICY_DENIED": CodeEntry(
        remedy="See details.rule; ask an operator if the rule is wrong.",
        retryable=False,
    ),
}

FINAL_CLOSE_CODES: Final[frozenset[int]] = frozenset({1000, 4400, 4401, 4403, 4404})
"""WebSocket close codes after which a client stays away; all others are a lost link."""
