# Written by scripts/generate-sdks.ts from the event table. Changes are lost.
"""What a client says, as dicts."""

from typing import Any, Literal

from typing_extensions import NotRequired, TypedDict


class InitAuth(TypedDict):
    token: NotRequired[str]


class SessionConfig(TypedDict):
    model: NotRequired[str]
    system_prompt: NotRequired[str]
    allowed_tools: NotRequired[list[str]]
    disallowed_tools: NotRequired[list[str]]
    max_turns: NotRequired[int]
    work_dir: NotRequired[str]
    permission_mode: NotRequired[Literal["default", "acceptEdits", "plan", "dontAsk", "auto", "bypassPermissions"]]
    isolation: NotRequired[Literal["none", "process", "sandbox", "container"]]
    env: NotRequired[dict[str, str]]
    mcp_servers: NotRequired[dict[str, dict[str, Any]]]
    agent: NotRequired[str]
    metadata: NotRequired[dict[str, Any]]


class InitClientCaps(TypedDict):
    supports_delta: NotRequired[bool]
    supports_tool_call: NotRequired[bool]
    supported_kinds: NotRequired[list[str]]


class InitClient(TypedDict):
    name: str
    version: NotRequired[str]


class InputPartText(TypedDict):
    type: Literal["text"]
    text: str


class InputPartImage(TypedDict):
    type: Literal["image"]
    media_type: str
    data: str
    name: NotRequired[str]


class InputPartFile(TypedDict):
    type: Literal["file"]
    file_id: str
    name: NotRequired[str]


class ControlAuth(TypedDict):
    token: str


class Init(TypedDict):
    """Opens the connection: who, which worker, which session."""

    version: str
    worker_type: str
    session_id: NotRequired[str]
    auth: NotRequired[InitAuth]
    config: NotRequired[SessionConfig]
    client_caps: NotRequired[InitClientCaps]
    last_seq: NotRequired[int]
    epoch: NotRequired[str]
    role: NotRequired[Literal["driver", "viewer"]]
    client: NotRequired[InitClient]
    presence: NotRequired[bool]


class Input(TypedDict):
    """A prompt. The same input_id with the same body runs once, however often it is sent."""

    content: str
    parts: NotRequired[list[InputPartText | InputPartImage | InputPartFile]]
    metadata: NotRequired[dict[str, Any]]
    input_id: NotRequired[str]
    delivery: NotRequired[Literal["queue", "steer", "interrupt", "reject"]]


class InputEdit(TypedDict):
    """Changes the text of an input that still waits in the queue."""

    input_id: str
    content: str


class InputCancel(TypedDict):
    """Takes an input out of the queue before it runs."""

    input_id: str


class PermissionResponse(TypedDict):
    """Answers a permission_request. The first answer wins."""

    id: str
    allowed: bool
    reason: NotRequired[str]
    option_id: NotRequired[str]
    updated_input: NotRequired[dict[str, Any]]


class QuestionResponse(TypedDict):
    """Answers a question_request: question text to chosen label, labels or free text."""

    id: str
    answers: dict[str, str | list[str]]


class ElicitationResponse(TypedDict):
    """Answers an elicitation_request of an MCP server."""

    id: str
    action: Literal["accept", "decline", "cancel"]
    content: NotRequired[dict[str, Any]]


class WorkerCommand(TypedDict):
    """A command for the agent rather than for the session."""

    command: Literal["context_usage", "mcp_status", "set_model", "set_permission", "skills", "compact", "clear", "model", "effort", "rewind", "commit"]
    args: NotRequired[str]
    extra: NotRequired[dict[str, Any]]


class Control(TypedDict):
    """Acts on the session: interrupt, terminate, delete, reset and the like."""

    action: str
    reason: NotRequired[str]
    delay_ms: NotRequired[float]
    recoverable: NotRequired[bool]
    resume_session: NotRequired[bool]
    auth: NotRequired[ControlAuth]
    suggestion: NotRequired[dict[str, Any]]
    details: NotRequired[dict[str, Any]]


class Ping(TypedDict):
    """Asks for a pong; consumes no number."""

