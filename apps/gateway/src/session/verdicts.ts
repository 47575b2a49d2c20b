import type { ServerData } from '@hotplex/aep-protocol';
import * as z from 'zod';
import { GatewayError } from '../ground/gateway-error.ts';
import type { Verdict } from '../policy/policy.ts';
import type { InteractionRecord, SessionRecord } from '../store/store.ts';
import type { InteractionResponse, ToolCall } from '../worker/worker.ts';
import type { PermissionRequest } from './interactions.ts';
import type { SessionOptions } from './session-options.ts';

type Shown = NonNullable<ServerData<'permission_request'>['policy']>;
type Asked = Pick<PermissionRequest, 'calls'>;
type Parts = Pick<SessionOptions, 'judge' | 'autoAllowSafe' | 'definition' | 'noteDecision' | 'clock'>;

const tool = z.object({ tool_name: z.string() });

/** What the policy says of the tool calls of one session, and what follows from it. */
export class Verdicts {
  readonly #options: Parts;
  readonly #record: () => SessionRecord;

  constructor(options: Parts, record: () => SessionRecord) {
    this.#options = options;
    this.#record = record;
  }

  /** As clients are shown it (requirement P4); operators are told, too. */
  of({ calls = [], data }: Asked & { data: { tool_name: string } }): Shown {
    const verdict = this.#judge(calls);
    const { decision, rule, reason, command, targets } = verdict;
    const { noteDecision, clock } = this.#options;
    const { id: sessionId, ownerId, workerType } = this.#record();
    const said = { tool: data.tool_name, decision, rule, reason };
    noteDecision({ time: clock.now(), sessionId, ownerId, workerType, ...said });
    const cwd = calls.flatMap((call) => ('cwd' in call ? [call.cwd] : []))[0];
    return {
      ...{ decision, rule, reason },
      ...(command !== undefined && { command }),
      ...(cwd !== undefined && { cwd }),
      ...(targets !== undefined && { targets: [...targets] }),
    };
  }

  /** Whether a tool that asks nobody may not go on: it is refused, or a person has to stand in for a judgement that failed. */
  stops({ calls = [] }: Asked, { decision, rule }: Shown): boolean {
    // Of tools that nobody knows there is nothing to judge.
    const isUnknown = calls.length > 0 && calls.every(({ kind }) => kind === 'other');
    return decision === 'deny' || (decision === 'ask' && rule === 'P7' && !isUnknown);
  }

  /** Whether it needs a person; if not, what the policy answers. */
  answer(id: string, { decision, rule, reason }: Shown): InteractionResponse | undefined {
    if (decision === 'deny') {
      return {
        kind: 'permission',
        id,
        allowed: false,
        reason: `The policy forbids this (${rule}): ${reason}.`,
      };
    }
    const isSafe = decision === 'allow' && this.#options.autoAllowSafe();
    return isSafe ? { kind: 'permission', id, allowed: true } : undefined;
  }

  /** A person may change what is asked for, but not into something that is refused. Throws POLICY_DENIED. */
  requireAllowed({ request }: InteractionRecord, answer: InteractionResponse): void {
    if (answer.kind !== 'permission' || !answer.allowed || answer.updatedInput === undefined) return;
    const name = tool.safeParse(request).data?.tool_name ?? '';
    const { definition } = this.#options;
    const calls =
      definition.toToolCalls?.({ name, input: answer.updatedInput }, this.#record().workDir) ?? [];
    const { decision, rule, reason } = this.#judge(calls);
    if (decision !== 'deny') return;
    throw new GatewayError('POLICY_DENIED', `this input is refused: ${reason}`, { details: { rule } });
  }

  #judge(calls: readonly ToolCall[]): Verdict {
    return this.#options.judge(calls, this.#record().workDir);
  }
}
