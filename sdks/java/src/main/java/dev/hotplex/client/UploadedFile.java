package dev.hotplex.client;

import dev.hotplex.client.protocol.InputPart;

/**
 * A file that a session has. {@code mediaType} is what is in it, as the gateway found; {@code size} are bytes, times are ISO
 * 8601.
 */
public record UploadedFile(
    String id, String name, String mediaType, long size, String sha256, String createdAt) {
  /** The file as a prompt names it. */
  public InputPart toPart() {
    return new InputPart.File(id, name);
  }
}
