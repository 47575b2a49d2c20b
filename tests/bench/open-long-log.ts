import { AepClient } from '@hotplex/client-sdk';
import { apiKey } from '../support/start-gateway.ts';
import type { Rig } from './rig.ts';
import { seedLongSession } from './seed-long-session.ts';
import { type RunningHotplex, startHotplex } from './subjects/hotplex.ts';

export type LongLog = AsyncDisposable & { running: RunningHotplex; sessionId: string; lastSeq: number };

/** Prose, a table with code, tools, thoughts. */
const prompts = ['help', 'markdown', 'tool', 'think', 'help'];

/** A gateway with a session whose log has so many events, or a few more: turns that were really had, over and over. */
export async function openLongLog(rig: Rig, events: number): Promise<LongLog> {
  const running = await startHotplex(rig);
  const { gateway } = running;
  const options = { workerType: 'demo', auth: apiKey };
  using speaker = new AepClient({ ...options, url: gateway.url });
  const { session_id: sessionId } = await speaker.connect();
  // The log is lengthened with what comes after a first turn.
  await speaker.prompt('help').done;
  const before = speaker.lastSeq;
  for (const prompt of prompts) await speaker.prompt(prompt).done;
  const eventsPerTurn = (speaker.lastSeq - before) / prompts.length;
  speaker.close();
  await gateway.stop();
  await seedLongSession(gateway.dataDir, sessionId, Math.ceil(events / eventsPerTurn));
  await gateway.restart();
  using reader = new AepClient({ ...options, url: gateway.url, sessionId });
  const { last_seq: lastSeq = 0 } = await reader.connect();
  return {
    ...{ running, sessionId, lastSeq },
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  };
}
