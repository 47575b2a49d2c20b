import { isolationLevels } from '@hotplex/aep-protocol';
import { z } from 'zod';
import { parseAllowedHost } from './allowed-host.ts';
import { flag, list } from './values.ts';

/**
 * What agents and git of a work dir obey or run by themselves, outside of any sandbox, when a person uses them there later
 * (B5): settings with hooks, servers to start, extensions, hooks of git and the configuration that can name others. By the
 * tools' own documentation; what they ask a person about first (.envrc, .vscode, .idea) is not among it.
 */
export const guardedByDefault: readonly string[] = [
  ...['.git/hooks/', '.git/config', '.git/modules/', '.mcp.json'],
  ...['.claude/settings.json', '.claude/settings.local.json', '.claude/hooks/'],
  ...['opencode.json', 'opencode.jsonc', '.opencode/opencode.json', '.opencode/opencode.jsonc'],
  ...['.opencode/plugin/', '.opencode/plugins/', '.opencode/tool/', '.opencode/tools/'],
  ...['.pi/extensions/', '.pi/settings.json'],
  ...['.codex/config.toml', '.codex/hooks.json', '.cursor/mcp.json', '.cursor/hooks.json'],
  ...['.gemini/settings.json', '.gemini/extensions/', '.gemini/.env'],
];

const allowedHosts = list.pipe(
  z.array(
    z.string().transform((text, { addIssue }) => {
      const host = parseAllowedHost(text);
      if (host) return host;
      addIssue(
        `${text} is neither a host such as api.example.com, *.example.com or 10.0.0.7, nor one with :port`,
      );
      return z.NEVER;
    }),
  ),
);

/** What keeps agents from the rest of the machine; a part of the section `worker` of the configuration. */
export const isolationSettings = {
  isolation: z
    .enum(['auto', ...isolationLevels])
    .default('auto')
    .describe(
      'What keeps agents from the rest of the machine, at least: a session may choose more. auto: sandbox where it works, else process, with a warning. See docs/security.md.',
    ),
  allow_bypass: flag
    .default(false)
    .describe(
      'Whether sessions may choose the mode in which an agent never asks (bypassPermissions), where the isolation is sandbox or container.',
    ),
  sandbox: z
    .strictObject({
      network: z
        .enum(['open', 'allow-list', 'none'])
        .default('open')
        .describe(
          'What network agents have: open, that of the machine; allow-list, the hosts of allowed_hosts; none, which no hosted model can do with.',
        ),
      allowed_hosts: allowedHosts
        .default([])
        .describe(
          'What agents reach with the network allow-list: names, *.domain or addresses, with :port for others than 80 and 443.',
        ),
      readable: list.default([]).describe('Further places that agents may read.'),
      writable: list.default([]).describe('Further places in which agents may write.'),
      guarded_names: list
        .default([...guardedByDefault])
        .describe(
          'What agents may not write in the work dir, whether it exists or not; / at the end means a folder.',
        ),
    })
    .prefault({}),
  container: z
    .strictObject({
      command: z
        .string()
        .default('docker')
        .describe(
          'The program that runs containers, or a name on PATH: docker, podman or another that takes the same.',
        ),
      image: z
        .string()
        .optional()
        .describe('The image with the agents in it; must be set for isolation container.'),
      network: z.string().default('bridge').describe('The network of the containers, as --network takes it.'),
      args: list.default([]).describe('Further arguments of its run command, such as --pids-limit=512.'),
    })
    .prefault({}),
};
