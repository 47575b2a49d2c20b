package dev.hotplex.client;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said to a permission request. */
public record PermissionAnswer(
    boolean allowed,
    @Nullable String reason,
    @Nullable String optionId,
    @Nullable Map<String, Object> updatedInput) {

  public static PermissionAnswer allow() {
    return new PermissionAnswer(true, null, null, null);
  }

  public static PermissionAnswer deny() {
    return new PermissionAnswer(false, null, null, null);
  }

  /** Words for the agent. */
  public PermissionAnswer withReason(String reason) {
    return new PermissionAnswer(allowed, reason, optionId, updatedInput);
  }

  /** One of the request's options. */
  public PermissionAnswer withOption(String optionId) {
    return new PermissionAnswer(allowed, reason, optionId, updatedInput);
  }

  /** What the tool gets instead of what the agent wanted to give it. */
  public PermissionAnswer withUpdatedInput(Map<String, Object> updatedInput) {
    return new PermissionAnswer(allowed, reason, optionId, updatedInput);
  }
}
