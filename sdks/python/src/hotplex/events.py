# Written by scripts/generate-sdks.ts from the event table. Changes are lost.
"""What a gateway says: one class for the data of each kind, and one for the event itself."""

from typing import Any, Final, Literal, Union

from pydantic import Field

from .model import Maybe, Model, OpenModel


class InputPartText(Model):
    type: Literal["text"]
    text: str


class InputPartImage(Model):
    type: Literal["image"]
    media_type: str
    data: str
    name: Maybe[str] = None


class InputPartFile(Model):
    type: Literal["file"]
    file_id: str
    name: Maybe[str] = None


class ToolCallLocation(Model):
    path: str
    line: Maybe[int] = None


class ToolCallDiff(Model):
    path: str
    old_text: str | None
    new_text: str


class ToolUpdateLocation(Model):
    path: str
    line: Maybe[int] = None


class ToolUpdateDiff(Model):
    path: str
    old_text: str | None
    new_text: str


class ToolResultDiff(Model):
    path: str
    old_text: str | None
    new_text: str


class PlanEntry(Model):
    id: Maybe[str] = None
    content: str
    status: Literal["pending", "in_progress", "completed"]
    priority: Maybe[Literal["high", "medium", "low"]] = None


class ContextUsageCategory(Model):
    name: str
    tokens: float


class SkillsListSkill(Model):
    name: str
    description: Maybe[str] = None
    source: Maybe[str] = None


class McpStatusServer(Model):
    name: str
    status: str


class SessionTotals(OpenModel):
    turn_count: int
    duration_ms: float | None
    tool_calls: float | None
    input_tokens: float | None
    output_tokens: float | None
    cache_read_tokens: float | None
    cache_write_tokens: float | None
    total_tokens: float | None
    cost_usd: float | None


class TurnStats(OpenModel):
    duration_ms: float | None
    time_to_first_token_ms: float | None
    tool_calls: float | None
    input_tokens: float | None
    output_tokens: float | None
    cache_read_tokens: float | None
    cache_write_tokens: float | None
    total_tokens: float | None
    cost_usd: float | None
    model: str | None
    context_used_percent: float | None
    stop_reason: str | None
    session: Maybe[SessionTotals] = Field(default=None, alias="_session")


class PermissionRequestOption(Model):
    id: str
    label: str
    kind: Literal["allow_once", "allow_always", "reject_once", "reject_always"]


class PermissionRequestPolicy(Model):
    decision: Literal["allow", "ask", "deny"]
    rule: str
    reason: str
    command: Maybe[str] = None
    cwd: Maybe[str] = None
    targets: Maybe[list[str]] = None


class QuestionRequestQuestionOption(Model):
    label: str
    description: Maybe[str] = None
    preview: Maybe[str] = None


class QuestionRequestQuestion(Model):
    question: str
    header: Maybe[str] = None
    options: list[QuestionRequestQuestionOption]
    multi_select: Maybe[bool] = None


class QuestionRequestBudget(Model):
    measure: Literal["cost", "tokens", "time"]
    period: Literal["session", "day"]
    used: float
    more: Maybe[float] = None


class ServerCapabilitiesModel(Model):
    id: str
    name: Maybe[str] = None
    description: Maybe[str] = None


class ServerCapabilitiesCommand(Model):
    name: str
    description: Maybe[str] = None


class ServerCapabilities(Model):
    protocol_version: str
    worker_type: str
    supports_resume: bool
    supports_delta: bool
    supports_tool_call: bool
    process: Maybe[Literal["hot", "per_turn", "shared"]] = None
    supports_reasoning: Maybe[bool] = None
    supports_permission: Maybe[bool] = None
    supports_question: Maybe[bool] = None
    supports_elicitation: Maybe[bool] = None
    supports_ping: bool
    max_frame_size: int
    modalities: list[str]
    tools: Maybe[list[str]] = None
    max_turns: Maybe[int] = None
    models: Maybe[list[ServerCapabilitiesModel]] = None
    commands: Maybe[list[ServerCapabilitiesCommand]] = None
    permission_modes: Maybe[list[str]] = None
    worker_commands: Maybe[list[str]] = None
    fork: Maybe[bool] = None
    rewind: Maybe[bool] = None
    queue: bool
    steer: Maybe[bool] = None
    interrupt: bool
    survives_restart: Maybe[bool] = None
    replay: bool


class InitAckTurn(Model):
    id: str
    first_seq: int


class PresenceParticipant(Model):
    user: str
    role: Literal["driver", "viewer"]
    client: Maybe[str] = None
    you: bool


class ControlAuth(Model):
    token: str


class State(Model):
    """The session moved to another state."""

    state: Literal["created", "running", "idle", "terminated", "deleted"]
    message: Maybe[str] = None


class StateEvent(Model):
    type: Literal["state"]
    data: State


class Input(Model):
    """An accepted prompt, told to every client."""

    input_id: str
    content: str
    parts: Maybe[list[InputPartText | InputPartImage | InputPartFile]] = None
    author: str
    delivery: Literal["queue", "steer", "interrupt", "reject"]
    status: Literal["queued", "delivered", "done", "failed", "cancelled", "indeterminate"]


class InputEvent(Model):
    type: Literal["input"]
    data: Input


class InputStatus(Model):
    """What became of an accepted prompt."""

    input_id: str
    status: Literal["queued", "delivered", "done", "failed", "cancelled", "indeterminate"]
    turn_id: Maybe[str] = None
    content: Maybe[str] = None
    reason: Maybe[str] = None


class InputStatusEvent(Model):
    type: Literal["input.status"]
    data: InputStatus


class SessionForked(Model):
    """This session branched off another, at its end or at one of its turns: what came before is a copy of its log."""

    from_: str = Field(alias="from")
    work_dir: str
    before_turn: Maybe[str] = None
    after_turn: Maybe[str] = None


class SessionForkedEvent(Model):
    type: Literal["session.forked"]
    data: SessionForked


class SessionRewound(Model):
    """The agent was taken back to before a turn: that one and all that came since are set aside. They stay in the log."""

    turn_id: str
    turns: int


class SessionRewoundEvent(Model):
    type: Literal["session.rewound"]
    data: SessionRewound


class Error(Model):
    """Something failed: a stable code, words for people, and whether trying again helps."""

    code: str
    message: str
    event_id: Maybe[str] = None
    details: Maybe[dict[str, Any]] = None
    retryable: Maybe[bool] = None


class ErrorEvent(Model):
    type: Literal["error"]
    data: Error


class MessageStart(Model):
    """A block of assistant text begins."""

    id: str
    role: str
    content_type: str
    metadata: Maybe[dict[str, Any]] = None
    parent_id: Maybe[str] = None


class MessageStartEvent(Model):
    type: Literal["message.start"]
    data: MessageStart


class MessageDelta(Model):
    """More text of an open block."""

    message_id: str
    content: str
    parent_id: Maybe[str] = None


class MessageDeltaEvent(Model):
    type: Literal["message.delta"]
    data: MessageDelta


class MessageEnd(Model):
    """A block of text is complete."""

    message_id: str
    parent_id: Maybe[str] = None


class MessageEndEvent(Model):
    type: Literal["message.end"]
    data: MessageEnd


class Message(Model):
    """A whole message that was not streamed."""

    id: str
    role: str
    content: str
    content_type: Maybe[str] = None
    metadata: Maybe[dict[str, Any]] = None
    parent_id: Maybe[str] = None


class MessageEvent(Model):
    type: Literal["message"]
    data: Message


class MessageRetract(Model):
    """Text blocks that the agent took back; what replaces them follows as new blocks."""

    message_ids: list[str]
    reason: Maybe[str] = None


class MessageRetractEvent(Model):
    type: Literal["message.retract"]
    data: MessageRetract


class Reasoning(Model):
    """Thinking, streamed: pieces of one block share one id."""

    id: str
    content: str
    model: Maybe[str] = None
    parent_id: Maybe[str] = None


class ReasoningEvent(Model):
    type: Literal["reasoning"]
    data: Reasoning


class ToolCall(Model):
    """The agent calls a tool."""

    id: str
    name: str
    input: dict[str, Any]
    kind: Maybe[Literal["read", "edit", "delete", "move", "search", "execute", "think", "fetch", "mcp", "agent", "other"]] = None
    title: Maybe[str] = None
    status: Maybe[Literal["pending", "running", "completed", "failed"]] = None
    locations: Maybe[list[ToolCallLocation]] = None
    diff: Maybe[list[ToolCallDiff]] = None
    parent_id: Maybe[str] = None


class ToolCallEvent(Model):
    type: Literal["tool_call"]
    data: ToolCall


class ToolUpdate(Model):
    """A running tool: more output, a new title or status."""

    id: str
    output_delta: Maybe[str] = None
    output: Any = None
    title: Maybe[str] = None
    status: Maybe[Literal["pending", "running", "completed", "failed"]] = None
    locations: Maybe[list[ToolUpdateLocation]] = None
    diff: Maybe[list[ToolUpdateDiff]] = None
    parent_id: Maybe[str] = None


class ToolUpdateEvent(Model):
    type: Literal["tool_update"]
    data: ToolUpdate


class ToolResult(Model):
    """What a tool gave back; its id is the id of the call. A stopped one was cut off by the end of its turn."""

    id: str
    output: Any
    error: Maybe[str] = None
    denied: Maybe[bool] = None
    stopped: Maybe[bool] = None
    metadata: Maybe[dict[str, Any]] = None
    diff: Maybe[list[ToolResultDiff]] = None
    parent_id: Maybe[str] = None


class ToolResultEvent(Model):
    type: Literal["tool_result"]
    data: ToolResult


class Step(Model):
    """A piece of work inside the turn: a sub-agent, a background task."""

    id: str
    step_type: str
    name: Maybe[str] = None
    input: Any = None
    output: Any = None
    status: Maybe[str] = None
    parent_id: Maybe[str] = None
    duration: Maybe[int] = None


class StepEvent(Model):
    type: Literal["step"]
    data: Step


class Plan(Model):
    """The agent’s list of things to do, whole each time."""

    entries: list[PlanEntry]


class PlanEvent(Model):
    type: Literal["plan"]
    data: Plan


class Raw(Model):
    """Something the agent said that has no place in the protocol."""

    kind: str
    raw: Any


class RawEvent(Model):
    type: Literal["raw"]
    data: Raw


class ContextUsage(Model):
    """How full the agent’s context is."""

    total_tokens: float
    max_tokens: float
    percentage: float
    model: Maybe[str] = None
    categories: Maybe[list[ContextUsageCategory]] = None
    memory_files: Any = None
    mcp_tools: Any = None
    agents: Any = None
    skills: Any = None


class ContextUsageEvent(Model):
    type: Literal["context_usage"]
    data: ContextUsage


class SkillsList(Model):
    """The agent’s skills and slash commands."""

    skills: list[SkillsListSkill]
    total: int
    filter: Maybe[str] = None


class SkillsListEvent(Model):
    type: Literal["skills_list"]
    data: SkillsList


class McpStatus(Model):
    """The agent’s MCP servers and how they are."""

    servers: list[McpStatusServer]


class McpStatusEvent(Model):
    type: Literal["mcp_status"]
    data: McpStatus


class SessionTitle(Model):
    """A name for the session."""

    title: str


class SessionTitleEvent(Model):
    type: Literal["session.title"]
    data: SessionTitle


class WorkerNotice(Model):
    """Something the user should know while waiting: a retry, a rate limit, a compaction."""

    kind: Literal["retry", "rate_limit", "compaction", "info", "model", "permission_mode", "background"]
    message: str
    details: Maybe[dict[str, Any]] = None


class WorkerNoticeEvent(Model):
    type: Literal["worker.notice"]
    data: WorkerNotice


class Done(Model):
    """The turn is over. Exactly one per turn, after any error."""

    success: bool
    stats: Maybe[TurnStats] = None
    dropped: Maybe[bool] = None
    point: Maybe[str] = None


class DoneEvent(Model):
    type: Literal["done"]
    data: Done


class PermissionRequest(Model):
    """The agent asks whether it may use a tool."""

    id: str
    tool_name: str
    description: Maybe[str] = None
    args: Maybe[list[str]] = None
    input_raw: Any = None
    options: Maybe[list[PermissionRequestOption]] = None
    policy: Maybe[PermissionRequestPolicy] = None
    tool_call_id: Maybe[str] = None
    deadline_ms: Maybe[int] = None


class PermissionRequestEvent(Model):
    type: Literal["permission_request"]
    data: PermissionRequest


class PermissionResolved(Model):
    """A permission request was decided, by whom and why."""

    id: str
    allowed: bool
    by: str | None
    reason: Literal["answered", "timeout", "policy", "interrupted"]
    option_id: Maybe[str] = None
    message: Maybe[str] = None


class PermissionResolvedEvent(Model):
    type: Literal["permission.resolved"]
    data: PermissionResolved


class QuestionRequest(Model):
    """The agent asks the user to choose or to write."""

    id: str
    tool_name: Maybe[str] = None
    questions: list[QuestionRequestQuestion]
    budget: Maybe[QuestionRequestBudget] = None
    tool_call_id: Maybe[str] = None
    deadline_ms: Maybe[int] = None


class QuestionRequestEvent(Model):
    type: Literal["question_request"]
    data: QuestionRequest


class QuestionResolved(Model):
    """A question was answered or given up."""

    id: str
    answers: dict[str, str | list[str]] | None
    by: str | None
    reason: Literal["answered", "timeout", "policy", "interrupted"]


class QuestionResolvedEvent(Model):
    type: Literal["question.resolved"]
    data: QuestionResolved


class ElicitationRequest(Model):
    """An MCP server asks the user for data."""

    id: str
    mcp_server_name: str
    message: str
    mode: Maybe[str] = None
    url: Maybe[str] = None
    elicitation_id: Maybe[str] = None
    requested_schema: Maybe[dict[str, Any]] = None
    deadline_ms: Maybe[int] = None


class ElicitationRequestEvent(Model):
    type: Literal["elicitation_request"]
    data: ElicitationRequest


class ElicitationResolved(Model):
    """An elicitation was answered or given up."""

    id: str
    action: Literal["accept", "decline", "cancel"]
    by: str | None
    reason: Literal["answered", "timeout", "policy", "interrupted"]


class ElicitationResolvedEvent(Model):
    type: Literal["elicitation.resolved"]
    data: ElicitationResolved


class InitAck(Model):
    """The first frame of a connection: the session as it stands, or why there is none."""

    session_id: str
    state: Literal["created", "running", "idle", "terminated", "deleted"]
    server_caps: ServerCapabilities
    epoch: Maybe[str] = None
    last_seq: Maybe[int] = None
    oldest_seq: Maybe[int] = None
    isolation: Maybe[str] = None
    resumed: Maybe[bool] = None
    queue: Maybe[list[str]] = None
    pending: Maybe[list[str]] = None
    turn: InitAckTurn | None = None
    role: Maybe[Literal["driver", "viewer"]] = None
    duplicate: Maybe[bool] = None
    error: Maybe[str] = None
    code: Maybe[str] = None
    details: Maybe[dict[str, Any]] = None


class InitAckEvent(Model):
    type: Literal["init_ack"]
    data: InitAck


class InputReceipt(Model):
    """Answers a repeated input with the receipt of the first one."""

    input_id: str
    status: Literal["queued", "delivered", "done", "failed", "cancelled", "indeterminate"]
    turn_id: Maybe[str] = None
    duplicate: bool


class InputReceiptEvent(Model):
    type: Literal["input.receipt"]
    data: InputReceipt


class SessionOpened(Model):
    """Answers fork and cd: the session that goes on in its stead."""

    session_id: str
    from_: str = Field(alias="from")
    work_dir: str


class SessionOpenedEvent(Model):
    type: Literal["session.opened"]
    data: SessionOpened


class Presence(Model):
    """Who is connected to the session, for clients that asked for it: all of them, each time."""

    participants: list[PresenceParticipant]


class PresenceEvent(Model):
    type: Literal["presence"]
    data: Presence


class Pong(Model):
    """Answers a ping."""

    state: str


class PongEvent(Model):
    type: Literal["pong"]
    data: Pong


class Control(Model):
    """Tells a client about its connection: reconnect, throttle, re-authenticate."""

    action: str
    reason: Maybe[str] = None
    delay_ms: Maybe[float] = None
    recoverable: Maybe[bool] = None
    resume_session: Maybe[bool] = None
    auth: Maybe[ControlAuth] = None
    suggestion: Maybe[dict[str, Any]] = None
    details: Maybe[dict[str, Any]] = None


class ControlEvent(Model):
    type: Literal["control"]
    data: Control


class Resync(Model):
    """The asked-for replay is not possible; what can be had starts at first_seq."""

    reason: Literal["epoch_changed", "future_seq", "trimmed"]
    first_seq: int
    last_seq: int
    epoch: str


class ResyncEvent(Model):
    type: Literal["resync"]
    data: Resync


ServerEvent = Union[
    StateEvent,
    InputEvent,
    InputStatusEvent,
    SessionForkedEvent,
    SessionRewoundEvent,
    ErrorEvent,
    MessageStartEvent,
    MessageDeltaEvent,
    MessageEndEvent,
    MessageEvent,
    MessageRetractEvent,
    ReasoningEvent,
    ToolCallEvent,
    ToolUpdateEvent,
    ToolResultEvent,
    StepEvent,
    PlanEvent,
    RawEvent,
    ContextUsageEvent,
    SkillsListEvent,
    McpStatusEvent,
    SessionTitleEvent,
    WorkerNoticeEvent,
    DoneEvent,
    PermissionRequestEvent,
    PermissionResolvedEvent,
    QuestionRequestEvent,
    QuestionResolvedEvent,
    ElicitationRequestEvent,
    ElicitationResolvedEvent,
    InitAckEvent,
    InputReceiptEvent,
    SessionOpenedEvent,
    PresenceEvent,
    PongEvent,
    ControlEvent,
    ResyncEvent,
]

EVENTS: Final[dict[str, type[ServerEvent]]] = {
    "state": StateEvent,
    "input": InputEvent,
    "input.status": InputStatusEvent,
    "session.forked": SessionForkedEvent,
    "session.rewound": SessionRewoundEvent,
    "error": ErrorEvent,
    "message.start": MessageStartEvent,
    "message.delta": MessageDeltaEvent,
    "message.end": MessageEndEvent,
    "message": MessageEvent,
    "message.retract": MessageRetractEvent,
    "reasoning": ReasoningEvent,
    "tool_call": ToolCallEvent,
    "tool_update": ToolUpdateEvent,
    "tool_result": ToolResultEvent,
    "step": StepEvent,
    "plan": PlanEvent,
    "raw": RawEvent,
    "context_usage": ContextUsageEvent,
    "skills_list": SkillsListEvent,
    "mcp_status": McpStatusEvent,
    "session.title": SessionTitleEvent,
    "worker.notice": WorkerNoticeEvent,
    "done": DoneEvent,
    "permission_request": PermissionRequestEvent,
    "permission.resolved": PermissionResolvedEvent,
    "question_request": QuestionRequestEvent,
    "question.resolved": QuestionResolvedEvent,
    "elicitation_request": ElicitationRequestEvent,
    "elicitation.resolved": ElicitationResolvedEvent,
    "init_ack": InitAckEvent,
    "input.receipt": InputReceiptEvent,
    "session.opened": SessionOpenedEvent,
    "presence": PresenceEvent,
    "pong": PongEvent,
    "control": ControlEvent,
    "resync": ResyncEvent,
}
"""The class of each kind."""

LOGGED: Final[frozenset[str]] = frozenset(
    {
        "state",
        "input",
        "input.status",
        "session.forked",
        "session.rewound",
        "error",
        "message.start",
        "message.delta",
        "message.end",
        "message",
        "message.retract",
        "reasoning",
        "tool_call",
        "tool_update",
        "tool_result",
        "step",
        "plan",
        "raw",
        "context_usage",
        "skills_list",
        "mcp_status",
        "session.title",
        "worker.notice",
        "done",
        "permission_request",
        "permission.resolved",
        "question_request",
        "question.resolved",
        "elicitation_request",
        "elicitation.resolved",
    }
)
"""Kinds that are numbered, stored and replayed."""
