import type { SessionConfig } from '@hotplex/aep-protocol';
import {
  type Pattern,
  permissionOf,
  type ToolRule,
  toPattern,
  toPermissions,
  toToolRule,
} from '../opencode/tool-rule.ts';
import type { PermissionRequest } from './messages.ts';

/** Modes that change how often a person is asked, and never to "not at all". */
export const askingModes = ['default', 'acceptEdits', 'plan', 'dontAsk'];

/**
 * What the server asks us about, whatever tool and sub-agent needs it; the answer is ours or a person's. Merged into
 * the operator's own configuration, whose patterns stay in force where they stand behind its `*`. Given to the server
 * as a whole, because rules of a session do not reach its sub-agents. `*_*` are the tools of MCP servers.
 */
export const askedPermissions: Readonly<Record<string, unknown>> = {
  '*_*': 'ask',
  bash: { '*': 'ask' },
  edit: { '*': 'ask' },
  external_directory: { '*': 'ask' },
  // Nobody is asked about these, but the policy is.
  read: { '*': 'ask' },
  ...{ grep: 'ask', glob: 'ask', list: 'ask', lsp: 'ask' },
  ...{ task: 'ask', skill: 'ask', todowrite: 'ask', todoread: 'ask' },
  // These take no patterns.
  ...{ webfetch: 'ask', websearch: 'ask', codesearch: 'ask', doom_loop: 'ask' },
  // They switch the agent, which is the session's to do.
  plan_enter: 'deny',
  plan_exit: 'deny',
};

/** What looks at files of the work dir, for others `external_directory` is asked as well; and what changes nothing itself. */
const harmless: ReadonlySet<string> = new Set([
  ...['read', 'grep', 'glob', 'list', 'lsp'],
  ...['task', 'skill', 'todowrite', 'todoread'],
]);

export type Verdict = 'ask' | 'allow' | { deny: string };

/** What was decided in the course of a session. Plain JSON. */
export type RememberedPolicy = { mode: string; always: AllowedAlways[] };
type AllowedAlways = Pick<PermissionRequest, 'permission' | 'always'>;

type PolicyOptions = RememberedPolicy & {
  allowedTools: readonly string[];
  disallowedTools: readonly string[];
};

/** One session's answers to what needs no person. "Always" stays here: the server's own would hold for the whole folder. */
export class PermissionPolicy {
  mode: string;
  readonly #allowed: readonly ToolRule[];
  readonly #disallowed: readonly Pattern[];
  readonly #always: AllowedAlways[];

  constructor({ mode, always, allowedTools, disallowedTools }: PolicyOptions) {
    this.mode = mode;
    this.#always = [...always];
    this.#allowed = allowedTools.map(toToolRule);
    this.#disallowed = toPermissions(disallowedTools).map(toPattern);
  }

  /** Remembers for this session what a person allowed: of commands these very ones and not what begins like them (P5). */
  allowAlways({ permission, always, patterns }: PermissionRequest): void {
    this.#always.push({ permission, always: permission === 'bash' ? patterns : always });
  }

  get remembered(): RememberedPolicy {
    return { mode: this.mode, always: [...this.#always] };
  }

  /** Whether the session may not use a tool of this permission at all. */
  forbids(permission: string): boolean {
    return this.#disallowed.some((name) => name.test(permission));
  }

  decide(request: PermissionRequest, toolName: string): Verdict {
    const { permission } = request;
    if (this.forbids(permission)) return { deny: `${toolName} may not be used in this session.` };
    if (this.mode === 'bypassPermissions' || harmless.has(permission)) return 'allow';
    if (this.mode === 'plan' && permission === 'edit') {
      return { deny: 'This session only plans: files may not be changed. Present the plan instead.' };
    }
    if (this.mode === 'acceptEdits' && permission === 'edit') return 'allow';
    if (this.#isAllowed(request, toolName)) return 'allow';
    if (this.#isRemembered(request)) return 'allow';
    if (this.mode === 'dontAsk') return { deny: `${toolName} needs a permission that nobody can give now.` };
    return 'ask';
  }

  /** A tool that may be used may not for that reason leave the work dir. */
  #isAllowed({ permission, patterns }: PermissionRequest, toolName: string): boolean {
    if (permission !== permissionOf(toolName)) return false;
    const rules = this.#allowed.filter(({ tool }) => tool === toolName || tool === permission);
    return (
      rules.length > 0 &&
      patterns.every((asked) =>
        rules.some(({ pattern }) => pattern === undefined || toPattern(pattern).test(asked)),
      )
    );
  }

  #isRemembered({ permission, patterns }: PermissionRequest): boolean {
    const known = this.#always
      .filter((entry) => entry.permission === permission)
      .flatMap(({ always }) => always.map(permission === 'bash' ? exactly : toPattern));
    return patterns.length > 0 && patterns.every((asked) => known.some((pattern) => pattern.test(asked)));
  }
}

const exactly = (text: string): Pattern => ({ test: (asked) => asked === text });

/** The policy that a session's configuration asks for, and what became of it. */
export function policyOf(config: SessionConfig, remembered?: RememberedPolicy): PermissionPolicy {
  return new PermissionPolicy({
    ...(remembered ?? { mode: config.permission_mode ?? 'default', always: [] }),
    allowedTools: config.allowed_tools ?? [],
    disallowedTools: config.disallowed_tools ?? [],
  });
}
