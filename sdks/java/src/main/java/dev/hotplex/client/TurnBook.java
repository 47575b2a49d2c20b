package dev.hotplex.client;

import dev.hotplex.client.protocol.ClientEvent;
import dev.hotplex.client.protocol.PromptStatus;
import dev.hotplex.client.protocol.ServerEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which prompts wait for their receipt, and which turn belongs to whom. Lives on the loop. */
final class TurnBook {
  /** A prompt as it is sent, as often as it has to be. */
  record Pending(String eventId, ClientEvent.Input input) {}

  /** The turn of a prompt, and whether the prompt is to be sent. */
  record Opened(Turn turn, boolean isNew) {}

  private record Known(ClientEvent.Input input, Turn turn) {}

  private final Loop loop;
  private final Supplier<Reply<@Nullable Void>> interrupt;
  private final Map<String, Pending> unconfirmed = new LinkedHashMap<>();
  private final Map<String, Known> byInput = new LinkedHashMap<>();
  private final Map<String, Set<Turn>> byTurn = new LinkedHashMap<>();
  /** Prompts that the gateway ran to their end; what it has to say of them may still be replayed. */
  private final Set<String> ranBefore = new LinkedHashSet<>();

  TurnBook(Loop loop, Supplier<Reply<@Nullable Void>> interrupt) {
    this.loop = loop;
    this.interrupt = interrupt;
  }

  /** Prompts to send (again): nobody has confirmed them. */
  List<Pending> unconfirmed() {
    return List.copyOf(unconfirmed.values());
  }

  /** Asked for again while it is on its way, a prompt has the same turn. */
  Opened open(String inputId, Pending pending) {
    var known = byInput.get(inputId);
    if (known != null && known.input.equals(pending.input)) return new Opened(known.turn, false);
    var turn = new Turn(loop, inputId, null, interrupt);
    if (known != null) {
      var message = "input_id " + inputId + " was used for another prompt: use a new one";
      turn.fail(AepException.of("INPUT_CONFLICT", message));
      return new Opened(turn, false);
    }
    unconfirmed.put(inputId, pending);
    byInput.put(inputId, new Known(pending.input, turn));
    return new Opened(turn, true);
  }

  void follow(String turnId, Turn turn) {
    byTurn.computeIfAbsent(turnId, id -> new LinkedHashSet<>()).add(turn);
  }

  /** Takes note of a logged event: receipts, beginnings, contents and ends of turns. */
  void take(Envelope envelope) {
    var event = envelope.event();
    if (event instanceof ServerEvent.Input it) confirm(it.inputId());
    if (event instanceof ServerEvent.InputStatus it) status(it.inputId(), it.status(), it.turnId(), it.reason());
    if (envelope.turnId() == null) return;
    List.copyOf(byTurn.getOrDefault(envelope.turnId(), Set.of())).forEach(turn -> turn.take(envelope));
    if (event instanceof ServerEvent.Done) byTurn.remove(envelope.turnId());
  }

  /** A repeated prompt was answered. */
  void receipt(ServerEvent.InputReceipt receipt) {
    confirm(receipt.inputId());
    if (receipt.status() == PromptStatus.DONE || receipt.status() == PromptStatus.FAILED) {
      ranBefore.add(receipt.inputId());
    } else {
      status(receipt.inputId(), receipt.status(), receipt.turnId(), null);
    }
  }

  /**
   * Nothing more is to be replayed: the beginning of a prompt that ran before and has not come was handed out before
   * this client asked.
   */
  void caughtUp() {
    for (var inputId : ranBefore) {
      var known = byInput.get(inputId);
      if (known != null && known.turn.id().isEmpty()) {
        var message = "this prompt ran before; its answer is in the history";
        drop(inputId, AepException.of("ALREADY_RESOLVED", message));
      }
      byInput.remove(inputId);
    }
    ranBefore.clear();
  }

  /** The gateway refused one of our frames. True if it was a prompt. */
  boolean refuse(String eventId, AepException error) {
    for (var entry : unconfirmed.entrySet()) {
      if (!entry.getValue().eventId.equals(eventId)) continue;
      drop(entry.getKey(), error);
      return true;
    }
    return false;
  }

  /** The client is closed for good. */
  void abandon(AepException error) {
    var turns = new ArrayList<>(byInput.values().stream().map(Known::turn).toList());
    byTurn.values().forEach(turns::addAll);
    unconfirmed.clear();
    ranBefore.clear();
    byInput.clear();
    byTurn.clear();
    turns.forEach(turn -> turn.fail(error));
  }

  private void confirm(String inputId) {
    unconfirmed.remove(inputId);
    var known = byInput.get(inputId);
    if (known != null) known.turn.accept();
  }

  private void status(String inputId, PromptStatus status, @Nullable String turnId, @Nullable String reason) {
    var known = byInput.get(inputId);
    if (known == null) return;
    switch (status) {
      case DELIVERED -> {
        if (turnId == null) return;
        known.turn.begin(turnId);
        follow(turnId, known.turn);
      }
      case CANCELLED -> drop(inputId, AepException.of("SESSION_TERMINATED", because(status, reason)));
      case INDETERMINATE -> drop(inputId, AepException.of("RECONNECT_REQUIRED", because(status, reason)));
      // What has ended and not begun here began before this client asked: its receipt tells.
      case DONE, FAILED -> {
        if (known.turn.id().isPresent()) byInput.remove(inputId);
      }
      case QUEUED -> { }
    }
  }

  private static String because(PromptStatus status, @Nullable String reason) {
    return reason == null ? "the prompt is " + status.wire() : reason;
  }

  private void drop(String inputId, AepException error) {
    unconfirmed.remove(inputId);
    var known = byInput.remove(inputId);
    if (known != null) known.turn.fail(error);
  }
}
