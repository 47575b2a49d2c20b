import { setTimeout as sleep } from 'node:timers/promises';
import { SessionsApi } from '@hotplex/client-sdk';
import type { Random } from '../../chaos/random.ts';
import { apiKey } from '../../support/start-gateway.ts';
import { openVisit, piecesPerSecond, type Visit } from './visit.ts';

/** What was done so far. */
export type Deeds = {
  turns: number;
  connections: number;
  agentsEnded: number;
  sessionsDeleted: number;
  /** Why sessions were given up. */
  problems: string[];
};

export type Life = {
  url: string;
  random: Random;
  /** The share of the time in which its agent speaks. */
  speaks: number;
  deeds: Deeds;
  /** Aborted when it is enough; a turn that runs is waited for. */
  signal: AbortSignal;
};

const workerType = 'claude_code';
/** So many pieces are a turn: from two to ten seconds. */
const fewest = 20;
const most = 100;
const pieceMs = 1_000 / piecesPerSecond;
const meanTurnMs = ((fewest + most) / 2) * pieceMs;
/** How often, of all turns, its client goes in it, or after it. */
const leavesInTurn = 0.4;
const leavesAfterTurn = 0.4;
const longestAwayMs = 3_000;
/** How often its agent is ended after a turn, and how often the session is deleted. */
const endsAgent = 0.1;
const deletesSession = 0.05;

/** One session after the other, in turns with rests between them, until it is enough; at least one turn of one. */
export async function live(life: Life): Promise<void> {
  const { random, deeds, signal } = life;
  // They do not all begin at once.
  await rest(life, random.next() * meanRestMs(life));
  do await liveOnce(life).catch((error: unknown) => deeds.problems.push(String(error)));
  while (!signal.aborted);
}

/** A session from its opening to its deletion. Throws if its client missed anything, or was refused something. */
async function liveOnce(life: Life): Promise<void> {
  const { url, random, deeds, signal } = life;
  const sessions = new SessionsApi({ url, auth: apiKey });
  const { id } = await sessions.create({ workerType });
  using visit = openVisit({
    ...{ url, workerType, sessionId: id, auth: apiKey },
    onCome: () => {
      deeds.connections += 1;
    },
  });
  do {
    await takeTurn(visit, life);
    if (random.next() < endsAgent) {
      await visit.endAgent();
      deeds.agentsEnded += 1;
    }
    if (random.next() < leavesAfterTurn) visit.leave();
    await rest(life, 2 * random.next() * meanRestMs(life));
  } while (!signal.aborted && random.next() >= deletesSession);
  visit.leave();
  await sessions.remove(id);
  deeds.sessionsDeleted += 1;
}

async function takeTurn(visit: Visit, life: Life): Promise<void> {
  const { random, deeds } = life;
  const pieces = random.between(fewest, most);
  await visit.prompt(pieces);
  if (random.next() < leavesInTurn) {
    await rest(life, random.next() * pieces * pieceMs);
    visit.leave();
    await rest(life, random.next() * longestAwayMs);
    await visit.come();
  }
  await visit.heardAll(pieces);
  deeds.turns += 1;
}

const meanRestMs = ({ speaks }: Life) => (meanTurnMs * (1 - speaks)) / speaks;

/** Shorter, if it is enough. */
const rest = ({ signal }: Life, ms: number) => sleep(ms, undefined, { signal }).catch(() => {});
