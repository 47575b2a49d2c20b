// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a new session is made with; {@code null} is what the gateway's configuration says. */
public record SessionConfig(
    @Nullable String model,
    @Nullable String systemPrompt,
    @Nullable List<String> allowedTools,
    @Nullable List<String> disallowedTools,
    @Nullable Long maxTurns,
    @Nullable String workDir,
    @Nullable PermissionMode permissionMode,
    @Nullable IsolationLevel isolation,
    @Nullable Map<String, String> env,
    @Nullable Map<String, Map<String, Object>> mcpServers,
    @Nullable String agent,
    @Nullable Map<String, Object> metadata) {
  /** Nothing is asked for. */
  public static final SessionConfig EMPTY =
      new SessionConfig(null, null, null, null, null, null, null, null, null, null, null, null);

  public SessionConfig withModel(@Nullable String model) {
    return new SessionConfig(
        model, systemPrompt, allowedTools, disallowedTools, maxTurns, workDir, permissionMode, isolation, env, mcpServers, agent, metadata);
  }

  public SessionConfig withSystemPrompt(@Nullable String systemPrompt) {
    return new SessionConfig(
        model, systemPrompt, allowedTools, disallowedTools, maxTurns, workDir, permissionMode, isolation, env, mcpServers, agent, metadata);
  }

  public SessionConfig withAllowedTools(@Nullable List<String> allowedTools) {
    return new SessionConfig(
        model, systemPrompt, allowedTools, disallowedTools, maxTurns, workDir, permissionMode, isolation, env, mcpServers, agent, metadata);
  }

  public SessionConfig withDisallowedTools(@Nullable List<String> disallowedTools) {
    return new SessionConfig(
        model, systemPrompt, allowedTools, disallowedTools, maxTurns, workDir, permissionMode, isolation, env, mcpServers, agent, metadata);
  }

  public SessionConfig withMaxTurns(@Nullable Long maxTurns) {
    return new SessionConfig(
        model, systemPrompt, allowedTools, disallowedTools, maxTurns, workDir, permissionMode, isolation, env, mcpServers, agent, metadata);
  }

  public SessionConfig withWorkDir(@Nullable String workDir) {
    return new SessionConfig(
        model, systemPrompt, allowedTools, disallowedTools, maxTurns, workDir, permissionMode, isolation, env, mcpServers, agent, metadata);
  }

  public SessionConfig withPermissionMode(@Nullable PermissionMode permissionMode) {
    return new SessionConfig(
        model, systemPrompt, allowedTools, disallowedTools, maxTurns, workDir, permissionMode, isolation, env, mcpServers, agent, metadata);
  }

  public SessionConfig withIsolation(@Nullable IsolationLevel isolation) {
    return new SessionConfig(
        model, systemPrompt, allowedTools, disallowedTools, maxTurns, workDir, permissionMode, isolation, env, mcpServers, agent, metadata);
  }

  public SessionConfig withEnv(@Nullable Map<String, String> env) {
    return new SessionConfig(
        model, systemPrompt, allowedTools, disallowedTools, maxTurns, workDir, permissionMode, isolation, env, mcpServers, agent, metadata);
  }

  public SessionConfig withMcpServers(@Nullable Map<String, Map<String, Object>> mcpServers) {
    return new SessionConfig(
        model, systemPrompt, allowedTools, disallowedTools, maxTurns, workDir, permissionMode, isolation, env, mcpServers, agent, metadata);
  }

  public SessionConfig withAgent(@Nullable String agent) {
    return new SessionConfig(
        model, systemPrompt, allowedTools, disallowedTools, maxTurns, workDir, permissionMode, isolation, env, mcpServers, agent, metadata);
  }

  public SessionConfig withMetadata(@Nullable Map<String, Object> metadata) {
    return new SessionConfig(
        model, systemPrompt, allowedTools, disallowedTools, maxTurns, workDir, permissionMode, isolation, env, mcpServers, agent, metadata);
  }
}
