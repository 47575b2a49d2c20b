package dev.hotplex.client;

import dev.hotplex.client.protocol.ServerEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/** The assistant's text of a turn, put together from its pieces. */
final class TurnText {
  private final Map<String, StringBuilder> blocks = new LinkedHashMap<>();

  void note(ServerEvent event) {
    if (event instanceof ServerEvent.MessageStart it) {
      if (it.parentId() == null) blocks.put(it.id(), new StringBuilder());
    } else if (event instanceof ServerEvent.MessageDelta it) {
      var block = blocks.get(it.messageId());
      if (block != null) block.append(it.content());
    } else if (event instanceof ServerEvent.Message it) {
      if (it.parentId() == null) blocks.put(it.id(), new StringBuilder(it.content()));
    } else if (event instanceof ServerEvent.MessageRetract it) {
      it.messageIds().forEach(blocks::remove);
    }
  }

  @Override
  public String toString() {
    return String.join("", blocks.values());
  }
}
