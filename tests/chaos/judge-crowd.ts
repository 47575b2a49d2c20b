import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { AepError, SessionsApi } from '@hotplex/client-sdk';
import { apiKey, type RunningGateway } from '../support/start-gateway.ts';
import { wholeLog } from '../support/whole-log.ts';
import type { Crowd } from './crowd.ts';
import { judge } from './oracle.ts';
import { until } from './until.ts';

type At = Pick<RunningGateway, 'url'>;

/** Waited for, on a busy machine, rather than judged leniently. */
const restMs = 180_000;
/** Until everybody has heard of what happened at rest. */
const agreeMs = 20_000;

const apiOf = ({ url }: At) => new SessionsApi({ url, auth: apiKey });

/** Waits until the session has nothing to do and every client has everything. Returns what is not so, in words. */
export async function comeToRest({ sessionId, observers }: Crowd, gateway: At): Promise<string[]> {
  const api = apiOf(gateway);
  let restless: string[] = [];
  await until(
    async () => {
      let refusal: string[] = [];
      const session = await api.get(sessionId).catch((error: unknown) => {
        refusal = [String(error)];
      });
      restless = [
        ...refusal,
        ...(session?.state === 'running' || session?.queued !== 0 ? ['a turn is not over'] : []),
        ...observers.flatMap(({ unsettled, client }, index) => [
          ...(unsettled === 0 ? [] : [`client ${index} waits for ${unsettled} receipts`]),
          ...(client.lastSeq === session?.last_seq ? [] : [`client ${index} is ${client.connection.status}`]),
        ]),
      ];
      return restless.length === 0 ? session : undefined;
    },
    { withinMs: restMs },
  );
  return restless.map((what) => `${sessionId}: no rest: ${what}`);
}

type Witnesses = { gateways: readonly At[]; received: ReadonlyMap<string, number> };

/**
 * Judges all that the session ever said. `added`: what of it is new since it was judged last. An agent that is collected
 * meanwhile is an event, which not everybody hears of at once: what is wrong stays wrong.
 */
export async function judgeCrowd(
  crowd: Crowd,
  witnesses: Witnesses,
): Promise<{ added: ServerEnvelope[]; violations: string[] }> {
  let violations: string[] = [];
  let log: ServerEnvelope[] = [];
  await until(
    async () => {
      ({ log, violations } = await look(crowd, witnesses));
      return violations.length === 0 || undefined;
    },
    { withinMs: agreeMs },
  );
  const added = log.slice(crowd.judged);
  crowd.judged = log.length;
  return { added, violations: violations.map((what) => `${crowd.sessionId}: ${what}`) };
}

async function look(
  { sessionId, observers, prompts }: Crowd,
  { gateways, received }: Witnesses,
): Promise<{ log: ServerEnvelope[]; violations: string[] }> {
  const [log = [], ...others] = await Promise.all(gateways.map((gateway) => readLog(gateway, sessionId)));
  const seen = observers.map((observer) => observer.seen);
  const violations = [
    ...judge({ log, seen, prompts, received }),
    ...others.flatMap((other) => disagreements(log, other)),
  ];
  return { log, violations };
}

function disagreements(log: readonly ServerEnvelope[], other: readonly ServerEnvelope[]): string[] {
  if (isDeepStrictEqual(other, log)) return [];
  const at = log.findIndex((event, index) => !isDeepStrictEqual(event, other[index]));
  const [one, another] = [log, other].map((events) => {
    const event = events[at === -1 ? log.length : at];
    return `${events.length} events, ${event?.event.type ?? 'nothing'} there`;
  });
  return [`two gateways have different logs from ${log[at]?.seq ?? log.length + 1} on: ${one}, ${another}`];
}

/** Of several gateways one may be asked to try again, however much they are at rest. */
async function readLog(gateway: At, sessionId: string): Promise<ServerEnvelope[]> {
  let problem: unknown;
  const log = await until(
    () =>
      wholeLog(apiOf(gateway), sessionId).catch((error: unknown) => {
        if (!(error instanceof AepError && error.retryable)) throw error;
        problem = error;
      }),
    { withinMs: restMs },
  );
  if (!log) throw new Error(`the log of ${sessionId} is not to be had`, { cause: problem });
  return log;
}

/** How often the agents received each prompt, by their own account in this file. */
export function receivedPrompts(journal: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of readJournal(journal).split('\n')) {
    if (line === '') continue;
    const { id } = JSON.parse(line) as { id: string };
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

function readJournal(journal: string): string {
  try {
    return readFileSync(journal, 'utf8');
  } catch {
    return '';
  }
}
