package dev.hotplex.client;

import java.util.List;

/** The files of a session, the oldest first, and what may be added. */
public record FileList(List<UploadedFile> files, Limits limits) {
  /** Sizes are bytes. */
  public record Limits(long maxFileSize, long maxSessionSize, int maxSessionFiles, List<String> mediaTypes) {}
}
