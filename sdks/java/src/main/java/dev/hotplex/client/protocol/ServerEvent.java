// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a gateway says: one record for each kind. What may be left out is {@code null} then. */
public sealed interface ServerEvent {
  /** The kind, as it is called on the wire. */
  String type();

  /** The class of each kind. */
  Map<String, Class<? extends ServerEvent>> KINDS = Map.ofEntries(
      Map.entry("state", State.class),
      Map.entry("input", Input.class),
      Map.entry("input.status", InputStatus.class),
      Map.entry("session.forked", SessionForked.class),
      Map.entry("session.rewound", SessionRewound.class),
      Map.entry("error", Error.class),
      Map.entry("message.start", MessageStart.class),
      Map.entry("message.delta", MessageDelta.class),
      Map.entry("message.end", MessageEnd.class),
      Map.entry("message", Message.class),
      Map.entry("message.retract", MessageRetract.class),
      Map.entry("reasoning", Reasoning.class),
      Map.entry("tool_call", ToolCall.class),
      Map.entry("tool_update", ToolUpdate.class),
      Map.entry("tool_result", ToolResult.class),
      Map.entry("step", Step.class),
      Map.entry("plan", Plan.class),
      Map.entry("raw", Raw.class),
      Map.entry("context_usage", ContextUsage.class),
      Map.entry("skills_list", SkillsList.class),
      Map.entry("mcp_status", McpStatus.class),
      Map.entry("session.title", SessionTitle.class),
      Map.entry("worker.notice", WorkerNotice.class),
      Map.entry("done", Done.class),
      Map.entry("permission_request", PermissionRequest.class),
      Map.entry("permission.resolved", PermissionResolved.class),
      Map.entry("question_request", QuestionRequest.class),
      Map.entry("question.resolved", QuestionResolved.class),
      Map.entry("elicitation_request", ElicitationRequest.class),
      Map.entry("elicitation.resolved", ElicitationResolved.class),
      Map.entry("init_ack", InitAck.class),
      Map.entry("input.receipt", InputReceipt.class),
      Map.entry("session.opened", SessionOpened.class),
      Map.entry("presence", Presence.class),
      Map.entry("pong", Pong.class),
      Map.entry("control", Control.class),
      Map.entry("resync", Resync.class));

  /** Kinds that are numbered, stored and replayed. */
  Set<String> LOGGED = Set.of(
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
      "elicitation.resolved");

  record ToolCallLocation(
      @JsonProperty(required = true) String path,
      @Nullable Long line) {}

  record ToolCallDiff(
      @JsonProperty(required = true) String path,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable String oldText,
      @JsonProperty(required = true) String newText) {}

  record ToolUpdateLocation(
      @JsonProperty(required = true) String path,
      @Nullable Long line) {}

  record ToolUpdateDiff(
      @JsonProperty(required = true) String path,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable String oldText,
      @JsonProperty(required = true) String newText) {}

  record ToolResultDiff(
      @JsonProperty(required = true) String path,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable String oldText,
      @JsonProperty(required = true) String newText) {}

  record PlanEntry(
      @Nullable String id,
      @JsonProperty(required = true) String content,
      @JsonProperty(required = true) PlanStatus status,
      @Nullable PlanPriority priority) {}

  record ContextUsageCategory(
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) double tokens) {}

  record SkillsListSkill(
      @JsonProperty(required = true) String name,
      @Nullable String description,
      @Nullable String source) {}

  record McpStatusServer(
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) String status) {}

  record SessionTotals(
      @JsonProperty(required = true) long turnCount,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable Double durationMs,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable Double toolCalls,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable Double inputTokens,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable Double outputTokens,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable Double cacheReadTokens,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable Double cacheWriteTokens,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable Double totalTokens,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable Double costUsd,
      @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> more) {}

  record TurnStats(
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable Double durationMs,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable Double timeToFirstTokenMs,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable Double toolCalls,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable Double inputTokens,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable Double outputTokens,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable Double cacheReadTokens,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable Double cacheWriteTokens,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable Double totalTokens,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable Double costUsd,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable String model,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable Double contextUsedPercent,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable String stopReason,
      @JsonProperty(value = "_session") @Nullable SessionTotals session,
      @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> more) {}

  record PermissionRequestOption(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) String label,
      @JsonProperty(required = true) PermissionOptionKind kind) {}

  record PermissionRequestPolicy(
      @JsonProperty(required = true) PolicyDecision decision,
      @JsonProperty(required = true) String rule,
      @JsonProperty(required = true) String reason,
      @Nullable String command,
      @Nullable String cwd,
      @Nullable List<String> targets) {}

  record QuestionRequestQuestionOption(
      @JsonProperty(required = true) String label,
      @Nullable String description,
      @Nullable String preview) {}

  record QuestionRequestQuestion(
      @JsonProperty(required = true) String question,
      @Nullable String header,
      @JsonProperty(required = true) List<QuestionRequestQuestionOption> options,
      @Nullable Boolean multiSelect) {}

  record QuestionRequestBudget(
      @JsonProperty(required = true) QuestionRequestBudgetMeasure measure,
      @JsonProperty(required = true) QuestionRequestBudgetPeriod period,
      @JsonProperty(required = true) double used,
      @Nullable Double more) {}

  record ServerCapabilitiesModel(
      @JsonProperty(required = true) String id,
      @Nullable String name,
      @Nullable String description) {}

  record ServerCapabilitiesCommand(
      @JsonProperty(required = true) String name,
      @Nullable String description) {}

  record ServerCapabilities(
      @JsonProperty(required = true) String protocolVersion,
      @JsonProperty(required = true) String workerType,
      @JsonProperty(required = true) boolean supportsResume,
      @JsonProperty(required = true) boolean supportsDelta,
      @JsonProperty(required = true) boolean supportsToolCall,
      @Nullable ProcessKind process,
      @Nullable Boolean supportsReasoning,
      @Nullable Boolean supportsPermission,
      @Nullable Boolean supportsQuestion,
      @Nullable Boolean supportsElicitation,
      @JsonProperty(required = true) boolean supportsPing,
      @JsonProperty(required = true) long maxFrameSize,
      @JsonProperty(required = true) List<String> modalities,
      @Nullable List<String> tools,
      @Nullable Long maxTurns,
      @Nullable List<ServerCapabilitiesModel> models,
      @Nullable List<ServerCapabilitiesCommand> commands,
      @Nullable List<String> permissionModes,
      @Nullable List<String> workerCommands,
      @Nullable Boolean fork,
      @Nullable Boolean rewind,
      @JsonProperty(required = true) boolean queue,
      @Nullable Boolean steer,
      @JsonProperty(required = true) boolean interrupt,
      @Nullable Boolean survivesRestart,
      @JsonProperty(required = true) boolean replay) {}

  record InitAckTurn(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) long firstSeq) {}

  record PresenceParticipant(
      @JsonProperty(required = true) String user,
      @JsonProperty(required = true) Role role,
      @Nullable String client,
      @JsonProperty(required = true) boolean you) {}

  record ControlAuth(
      @JsonProperty(required = true) String token) {}

  /** The session moved to another state. */
  record State(
      @JsonProperty(required = true) SessionState state,
      @Nullable String message) implements ServerEvent {
    @Override
    public String type() {
      return "state";
    }
  }

  /** An accepted prompt, told to every client. */
  record Input(
      @JsonProperty(required = true) String inputId,
      @JsonProperty(required = true) String content,
      @Nullable List<InputPart> parts,
      @JsonProperty(required = true) String author,
      @JsonProperty(required = true) Delivery delivery,
      @JsonProperty(required = true) PromptStatus status) implements ServerEvent {
    @Override
    public String type() {
      return "input";
    }
  }

  /** What became of an accepted prompt. */
  record InputStatus(
      @JsonProperty(required = true) String inputId,
      @JsonProperty(required = true) PromptStatus status,
      @Nullable String turnId,
      @Nullable String content,
      @Nullable String reason) implements ServerEvent {
    @Override
    public String type() {
      return "input.status";
    }
  }

  /** This session branched off another, at its end or at one of its turns: what came before is a copy of its log. */
  record SessionForked(
      @JsonProperty(required = true) String from,
      @JsonProperty(required = true) String workDir,
      @Nullable String beforeTurn,
      @Nullable String afterTurn) implements ServerEvent {
    @Override
    public String type() {
      return "session.forked";
    }
  }

  /** The agent was taken back to before a turn: that one and all that came since are set aside. They stay in the log. */
  record SessionRewound(
      @JsonProperty(required = true) String turnId,
      @JsonProperty(required = true) long turns) implements ServerEvent {
    @Override
    public String type() {
      return "session.rewound";
    }
  }

  /** Something failed: a stable code, words for people, and whether trying again helps. */
  record Error(
      @JsonProperty(required = true) String code,
      @JsonProperty(required = true) String message,
      @Nullable String eventId,
      @Nullable Map<String, JsonNode> details,
      @Nullable Boolean retryable) implements ServerEvent {
    @Override
    public String type() {
      return "error";
    }
  }

  /** A block of assistant text begins. */
  record MessageStart(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) String role,
      @JsonProperty(required = true) String contentType,
      @Nullable Map<String, JsonNode> metadata,
      @Nullable String parentId) implements ServerEvent {
    @Override
    public String type() {
      return "message.start";
    }
  }

  /** More text of an open block. */
  record MessageDelta(
      @JsonProperty(required = true) String messageId,
      @JsonProperty(required = true) String content,
      @Nullable String parentId) implements ServerEvent {
    @Override
    public String type() {
      return "message.delta";
    }
  }

  /** A block of text is complete. */
  record MessageEnd(
      @JsonProperty(required = true) String messageId,
      @Nullable String parentId) implements ServerEvent {
    @Override
    public String type() {
      return "message.end";
    }
  }

  /** A whole message that was not streamed. */
  record Message(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) String role,
      @JsonProperty(required = true) String content,
      @Nullable String contentType,
      @Nullable Map<String, JsonNode> metadata,
      @Nullable String parentId) implements ServerEvent {
    @Override
    public String type() {
      return "message";
    }
  }

  /** Text blocks that the agent took back; what replaces them follows as new blocks. */
  record MessageRetract(
      @JsonProperty(required = true) List<String> messageIds,
      @Nullable String reason) implements ServerEvent {
    @Override
    public String type() {
      return "message.retract";
    }
  }

  /** Thinking, streamed: pieces of one block share one id. */
  record Reasoning(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) String content,
      @Nullable String model,
      @Nullable String parentId) implements ServerEvent {
    @Override
    public String type() {
      return "reasoning";
    }
  }

  /** The agent calls a tool. */
  record ToolCall(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) Map<String, JsonNode> input,
      @Nullable ToolKind kind,
      @Nullable String title,
      @Nullable ToolStatus status,
      @Nullable List<ToolCallLocation> locations,
      @Nullable List<ToolCallDiff> diff,
      @Nullable String parentId) implements ServerEvent {
    @Override
    public String type() {
      return "tool_call";
    }
  }

  /** A running tool: more output, a new title or status. */
  record ToolUpdate(
      @JsonProperty(required = true) String id,
      @Nullable String outputDelta,
      @JsonSetter(nulls = Nulls.SET) @Nullable JsonNode output,
      @Nullable String title,
      @Nullable ToolStatus status,
      @Nullable List<ToolUpdateLocation> locations,
      @Nullable List<ToolUpdateDiff> diff,
      @Nullable String parentId) implements ServerEvent {
    @Override
    public String type() {
      return "tool_update";
    }
  }

  /** What a tool gave back; its id is the id of the call. A stopped one was cut off by the end of its turn. */
  record ToolResult(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) JsonNode output,
      @Nullable String error,
      @Nullable Boolean denied,
      @Nullable Boolean stopped,
      @Nullable Map<String, JsonNode> metadata,
      @Nullable List<ToolResultDiff> diff,
      @Nullable String parentId) implements ServerEvent {
    @Override
    public String type() {
      return "tool_result";
    }
  }

  /** A piece of work inside the turn: a sub-agent, a background task. */
  record Step(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) String stepType,
      @Nullable String name,
      @JsonSetter(nulls = Nulls.SET) @Nullable JsonNode input,
      @JsonSetter(nulls = Nulls.SET) @Nullable JsonNode output,
      @Nullable String status,
      @Nullable String parentId,
      @Nullable Long duration) implements ServerEvent {
    @Override
    public String type() {
      return "step";
    }
  }

  /** The agent’s list of things to do, whole each time. */
  record Plan(
      @JsonProperty(required = true) List<PlanEntry> entries) implements ServerEvent {
    @Override
    public String type() {
      return "plan";
    }
  }

  /** Something the agent said that has no place in the protocol. */
  record Raw(
      @JsonProperty(required = true) String kind,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) JsonNode raw) implements ServerEvent {
    @Override
    public String type() {
      return "raw";
    }
  }

  /** How full the agent’s context is. */
  record ContextUsage(
      @JsonProperty(required = true) double totalTokens,
      @JsonProperty(required = true) double maxTokens,
      @JsonProperty(required = true) double percentage,
      @Nullable String model,
      @Nullable List<ContextUsageCategory> categories,
      @JsonSetter(nulls = Nulls.SET) @Nullable JsonNode memoryFiles,
      @JsonSetter(nulls = Nulls.SET) @Nullable JsonNode mcpTools,
      @JsonSetter(nulls = Nulls.SET) @Nullable JsonNode agents,
      @JsonSetter(nulls = Nulls.SET) @Nullable JsonNode skills) implements ServerEvent {
    @Override
    public String type() {
      return "context_usage";
    }
  }

  /** The agent’s skills and slash commands. */
  record SkillsList(
      @JsonProperty(required = true) List<SkillsListSkill> skills,
      @JsonProperty(required = true) long total,
      @Nullable String filter) implements ServerEvent {
    @Override
    public String type() {
      return "skills_list";
    }
  }

  /** The agent’s MCP servers and how they are. */
  record McpStatus(
      @JsonProperty(required = true) List<McpStatusServer> servers) implements ServerEvent {
    @Override
    public String type() {
      return "mcp_status";
    }
  }

  /** A name for the session. */
  record SessionTitle(
      @JsonProperty(required = true) String title) implements ServerEvent {
    @Override
    public String type() {
      return "session.title";
    }
  }

  /** Something the user should know while waiting: a retry, a rate limit, a compaction. */
  record WorkerNotice(
      @JsonProperty(required = true) NoticeKind kind,
      @JsonProperty(required = true) String message,
      @Nullable Map<String, JsonNode> details) implements ServerEvent {
    @Override
    public String type() {
      return "worker.notice";
    }
  }

  /** The turn is over. Exactly one per turn, after any error. */
  record Done(
      @JsonProperty(required = true) boolean success,
      @Nullable TurnStats stats,
      @Nullable Boolean dropped,
      @Nullable String point) implements ServerEvent {
    @Override
    public String type() {
      return "done";
    }
  }

  /** The agent asks whether it may use a tool. */
  record PermissionRequest(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) String toolName,
      @Nullable String description,
      @Nullable List<String> args,
      @JsonSetter(nulls = Nulls.SET) @Nullable JsonNode inputRaw,
      @Nullable List<PermissionRequestOption> options,
      @Nullable PermissionRequestPolicy policy,
      @Nullable String toolCallId,
      @Nullable Long deadlineMs) implements ServerEvent {
    @Override
    public String type() {
      return "permission_request";
    }
  }

  /** A permission request was decided, by whom and why. */
  record PermissionResolved(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) boolean allowed,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable String by,
      @JsonProperty(required = true) ResolvedReason reason,
      @Nullable String optionId,
      @Nullable String message) implements ServerEvent {
    @Override
    public String type() {
      return "permission.resolved";
    }
  }

  /** The agent asks the user to choose or to write. */
  record QuestionRequest(
      @JsonProperty(required = true) String id,
      @Nullable String toolName,
      @JsonProperty(required = true) List<QuestionRequestQuestion> questions,
      @Nullable QuestionRequestBudget budget,
      @Nullable String toolCallId,
      @Nullable Long deadlineMs) implements ServerEvent {
    @Override
    public String type() {
      return "question_request";
    }
  }

  /** A question was answered or given up. */
  record QuestionResolved(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable Map<String, JsonNode> answers,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable String by,
      @JsonProperty(required = true) ResolvedReason reason) implements ServerEvent {
    @Override
    public String type() {
      return "question.resolved";
    }
  }

  /** An MCP server asks the user for data. */
  record ElicitationRequest(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) String mcpServerName,
      @JsonProperty(required = true) String message,
      @Nullable String mode,
      @Nullable String url,
      @Nullable String elicitationId,
      @Nullable Map<String, JsonNode> requestedSchema,
      @Nullable Long deadlineMs) implements ServerEvent {
    @Override
    public String type() {
      return "elicitation_request";
    }
  }

  /** An elicitation was answered or given up. */
  record ElicitationResolved(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) ElicitationAction action,
      @JsonProperty(required = true) @JsonSetter(nulls = Nulls.SET) @Nullable String by,
      @JsonProperty(required = true) ResolvedReason reason) implements ServerEvent {
    @Override
    public String type() {
      return "elicitation.resolved";
    }
  }

  /** The first frame of a connection: the session as it stands, or why there is none. */
  record InitAck(
      @JsonProperty(required = true) String sessionId,
      @JsonProperty(required = true) SessionState state,
      @JsonProperty(required = true) ServerCapabilities serverCaps,
      @Nullable String epoch,
      @Nullable Long lastSeq,
      @Nullable Long oldestSeq,
      @Nullable String isolation,
      @Nullable Boolean resumed,
      @Nullable List<String> queue,
      @Nullable List<String> pending,
      @JsonSetter(nulls = Nulls.SET) @Nullable InitAckTurn turn,
      @Nullable Role role,
      @Nullable Boolean duplicate,
      @Nullable String error,
      @Nullable String code,
      @Nullable Map<String, JsonNode> details) implements ServerEvent {
    @Override
    public String type() {
      return "init_ack";
    }
  }

  /** Answers a repeated input with the receipt of the first one. */
  record InputReceipt(
      @JsonProperty(required = true) String inputId,
      @JsonProperty(required = true) PromptStatus status,
      @Nullable String turnId,
      @JsonProperty(required = true) boolean duplicate) implements ServerEvent {
    @Override
    public String type() {
      return "input.receipt";
    }
  }

  /** Answers fork and cd: the session that goes on in its stead. */
  record SessionOpened(
      @JsonProperty(required = true) String sessionId,
      @JsonProperty(required = true) String from,
      @JsonProperty(required = true) String workDir) implements ServerEvent {
    @Override
    public String type() {
      return "session.opened";
    }
  }

  /** Who is connected to the session, for clients that asked for it: all of them, each time. */
  record Presence(
      @JsonProperty(required = true) List<PresenceParticipant> participants) implements ServerEvent {
    @Override
    public String type() {
      return "presence";
    }
  }

  /** Answers a ping. */
  record Pong(
      @JsonProperty(required = true) String state) implements ServerEvent {
    @Override
    public String type() {
      return "pong";
    }
  }

  /** Tells a client about its connection: reconnect, throttle, re-authenticate. */
  record Control(
      @JsonProperty(required = true) String action,
      @Nullable String reason,
      @Nullable Double delayMs,
      @Nullable Boolean recoverable,
      @Nullable Boolean resumeSession,
      @Nullable ControlAuth auth,
      @Nullable Map<String, JsonNode> suggestion,
      @Nullable Map<String, JsonNode> details) implements ServerEvent {
    @Override
    public String type() {
      return "control";
    }
  }

  /** The asked-for replay is not possible; what can be had starts at first_seq. */
  record Resync(
      @JsonProperty(required = true) ResyncReason reason,
      @JsonProperty(required = true) long firstSeq,
      @JsonProperty(required = true) long lastSeq,
      @JsonProperty(required = true) String epoch) implements ServerEvent {
    @Override
    public String type() {
      return "resync";
    }
  }
}
