// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client says: one record for each kind. What is {@code null} is left out. */
public sealed interface ClientEvent {
  /** The kind, as it is called on the wire. */
  String type();

  record InitAuth(
      @Nullable String token) {}

  record InitClientCaps(
      @Nullable Boolean supportsDelta,
      @Nullable Boolean supportsToolCall,
      @Nullable List<String> supportedKinds) {}

  record InitClient(
      @JsonProperty(required = true) String name,
      @Nullable String version) {}

  record ControlAuth(
      @JsonProperty(required = true) String token) {}

  /** Opens the connection: who, which worker, which session. */
  record Init(
      @JsonProperty(required = true) String version,
      @JsonProperty(required = true) String workerType,
      @Nullable String sessionId,
      @Nullable InitAuth auth,
      @Nullable SessionConfig config,
      @Nullable InitClientCaps clientCaps,
      @Nullable Long lastSeq,
      @Nullable String epoch,
      @Nullable Role role,
      @Nullable InitClient client,
      @Nullable Boolean presence) implements ClientEvent {
    @Override
    public String type() {
      return "init";
    }
  }

  /** A prompt. The same input_id with the same body runs once, however often it is sent. */
  record Input(
      @JsonProperty(required = true) String content,
      @Nullable List<InputPart> parts,
      @Nullable Map<String, Object> metadata,
      @Nullable String inputId,
      @Nullable Delivery delivery) implements ClientEvent {
    @Override
    public String type() {
      return "input";
    }
  }

  /** Changes the text of an input that still waits in the queue. */
  record InputEdit(
      @JsonProperty(required = true) String inputId,
      @JsonProperty(required = true) String content) implements ClientEvent {
    @Override
    public String type() {
      return "input.edit";
    }
  }

  /** Takes an input out of the queue before it runs. */
  record InputCancel(
      @JsonProperty(required = true) String inputId) implements ClientEvent {
    @Override
    public String type() {
      return "input.cancel";
    }
  }

  /** Answers a permission_request. The first answer wins. */
  record PermissionResponse(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) boolean allowed,
      @Nullable String reason,
      @Nullable String optionId,
      @Nullable Map<String, Object> updatedInput) implements ClientEvent {
    @Override
    public String type() {
      return "permission_response";
    }
  }

  /** Answers a question_request: question text to chosen label, labels or free text. */
  record QuestionResponse(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) Map<String, Object> answers) implements ClientEvent {
    @Override
    public String type() {
      return "question_response";
    }
  }

  /** Answers an elicitation_request of an MCP server. */
  record ElicitationResponse(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) ElicitationAction action,
      @Nullable Map<String, Object> content) implements ClientEvent {
    @Override
    public String type() {
      return "elicitation_response";
    }
  }

  /** A command for the agent rather than for the session. */
  record WorkerCommand(
      @JsonProperty(required = true) WorkerCommandName command,
      @Nullable String args,
      @Nullable Map<String, Object> extra) implements ClientEvent {
    @Override
    public String type() {
      return "worker_command";
    }
  }

  /** Acts on the session: interrupt, terminate, delete, reset and the like. */
  record Control(
      @JsonProperty(required = true) String action,
      @Nullable String reason,
      @Nullable Double delayMs,
      @Nullable Boolean recoverable,
      @Nullable Boolean resumeSession,
      @Nullable ControlAuth auth,
      @Nullable Map<String, Object> suggestion,
      @Nullable Map<String, Object> details) implements ClientEvent {
    @Override
    public String type() {
      return "control";
    }
  }

  /** Asks for a pong; consumes no number. */
  record Ping() implements ClientEvent {
    @Override
    public String type() {
      return "ping";
    }
  }
}
