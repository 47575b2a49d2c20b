// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import java.util.Arrays;
import java.util.Optional;

/** Codes of errors that cross the wire. A newer gateway may have others. */
public enum ErrorCode {
  /** The agent process could not be started. */
  WORKER_START_FAILED("Read the message: it names what is missing and how to install it; then send the input again.", true),
  /** The agent process ended in the middle of its work. */
  WORKER_CRASH("Send the next input: the session resumes with the agent’s memory.", true),
  /** The agent did not answer in time. */
  WORKER_TIMEOUT("Try again, or interrupt and ask for less.", true),
  /** The agent was killed for using too much memory. */
  WORKER_OOM("Raise the limit or ask for less at once.", true),
  /** The agent process was killed from outside. */
  PROCESS_SIGKILL("Send the next input: the session resumes.", true),
  /** The agent wrote a line or a turn above the limit. */
  WORKER_OUTPUT_LIMIT("Ask for less output or raise the limit.", false),
  /** A frame is not JSON or a known kind has wrong fields. */
  INVALID_MESSAGE("Correct the fields named in details.fields.", false),
  /** There is no such session for this caller. */
  SESSION_NOT_FOUND("List your sessions or open a new one.", false),
  /** The session passed its retention. */
  SESSION_EXPIRED("Open a new session.", false),
  /** The session was ended on request. */
  SESSION_TERMINATED("Send an input to resume it.", false),
  /** The session can no longer be used by this connection. */
  SESSION_INVALIDATED("Connect again.", false),
  /** A turn is running and the input asked to be rejected, or the queue is full. */
  SESSION_BUSY("Wait for done, or send with delivery queue.", true),
  /** The credential is wrong, expired or revoked. */
  UNAUTHORIZED("Sign in again or use a valid token or key.", false),
  /** No credential was given. */
  AUTH_REQUIRED("Send a token in init.auth.token, an Authorization header or an API key header.", false),
  /** The caller may see this but not do it. */
  FORBIDDEN("Ask an owner or driver of the session.", false),
  /** Something failed that is not the caller’s doing. */
  INTERNAL_ERROR("Try again; if it persists, look in the gateway’s log.", true),
  /** A frame of a kind or in an order that the protocol does not allow. */
  PROTOCOL_VIOLATION("Send init first, and only kinds a client may send.", false),
  /** The client speaks another version. */
  VERSION_MISMATCH("Use the version in details.max_supported.", false),
  /** A field of init.config is not possible with this worker, or the worker type is unknown. */
  CONFIG_INVALID("Change or leave out the field named in the message.", false),
  /** Too many requests, or a quota is used up. */
  RATE_LIMITED("Wait for details.retry_after_ms or until details.resets_at.", true),
  /** The gateway has no room for another worker or connection. */
  GATEWAY_OVERLOAD("Try again later or close sessions.", true),
  /** A request to the agent took too long. */
  EXECUTION_TIMEOUT("Try again.", true),
  /** The turn passed its time limit and was ended. */
  TURN_TIMEOUT("Ask for less at once or raise the limit.", true),
  /** The gateway is stopping or has restarted; what was running was closed. */
  RECONNECT_REQUIRED("Reconnect with last_seq and send the next input.", true),
  /** Resuming the agent failed once and is tried again. */
  RESUME_RETRY("Nothing to do.", true),
  /** This worker cannot do that. */
  NOT_SUPPORTED("Look at server_caps for what it can do.", false),
  /** An input_id was used again with another body. */
  INPUT_CONFLICT("Use a new input_id.", false),
  /** Somebody else answered first, or the request is over. */
  ALREADY_RESOLVED("Nothing to do: see the resolved event.", false),
  /** A limit of cost, tokens or time is reached. */
  BUDGET_EXCEEDED("Raise the budget or wait for the next period.", false),
  /** A policy rule forbids the action. */
  POLICY_DENIED("See details.rule; ask an operator if the rule is wrong.", false);

  private final String remedy;
  private final boolean retryable;

  ErrorCode(String remedy, boolean retryable) {
    this.remedy = remedy;
    this.retryable = retryable;
  }

  /** The entry of a code, if this version knows it. */
  public static Optional<ErrorCode> of(String code) {
    return Arrays.stream(values()).filter(entry -> entry.name().equals(code)).findFirst();
  }

  /** What to do about it, in words for people. */
  public String remedy() {
    return remedy;
  }

  /** Whether the same request may be tried again. */
  public boolean retryable() {
    return retryable;
  }
}
