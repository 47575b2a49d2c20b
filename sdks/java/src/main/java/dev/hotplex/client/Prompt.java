package dev.hotplex.client;

import dev.hotplex.client.protocol.Delivery;
import dev.hotplex.client.protocol.InputPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said to an agent, and how. {@code inputId} names it: the same one runs once, however often it is sent. */
public record Prompt(
    String content,
    @Nullable List<InputPart> parts,
    @Nullable Map<String, Object> metadata,
    @Nullable Delivery delivery,
    @Nullable String inputId) {

  public static Prompt of(String content) {
    return new Prompt(content, null, null, null, null);
  }

  /** Images and files that go with it. */
  public Prompt withParts(InputPart... parts) {
    return new Prompt(content, List.of(parts), metadata, delivery, inputId);
  }

  /** Files that {@link AepClient#upload} gave to the session, beside what goes with it already. */
  public Prompt withAttachments(UploadedFile... files) {
    var all = new ArrayList<>(parts == null ? List.<InputPart>of() : parts);
    for (var file : files) all.add(file.toPart());
    return new Prompt(content, List.copyOf(all), metadata, delivery, inputId);
  }

  public Prompt withMetadata(Map<String, Object> metadata) {
    return new Prompt(content, parts, Map.copyOf(metadata), delivery, inputId);
  }

  /** What happens to it while a turn runs; without, it is queued. */
  public Prompt withDelivery(Delivery delivery) {
    return new Prompt(content, parts, metadata, delivery, inputId);
  }

  public Prompt withInputId(String inputId) {
    return new Prompt(content, parts, metadata, delivery, inputId);
  }
}
