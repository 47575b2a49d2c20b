import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { systemClock } from '../../apps/gateway/src/ground/clock.ts';
import { createIds } from '../../apps/gateway/src/ground/ids.ts';
import { openSqliteStore } from '../../apps/gateway/src/store/sqlite-store.ts';
import type { EventRecord } from '../../apps/gateway/src/store/store.ts';

/** UUIDs, and what is random in the ids of prompts. */
const names = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=\bin_)[0-9a-f]{20,}/g;
const turnsPerCommit = 100;

/**
 * Lengthens a session to so many turns, each a copy of one after its first that was really had, under ids of its own. Through the
 * store, as a gateway would; none may have the database open.
 */
export async function seedLongSession(dataDir: string, sessionId: string, turns: number): Promise<void> {
  const store = await openSqliteStore({ path: join(dataDir, 'hotplex.db'), clock: systemClock });
  const ids = createIds();
  const said = turnsOf(store.events(sessionId, 0, 100_000));
  const [, ...models] = said;
  let seq = store.find(sessionId)?.lastSeq ?? 0;
  for (let made = said.length; made < turns; made += turnsPerCommit) {
    const events: EventRecord[] = [];
    for (let turn = made; turn < Math.min(made + turnsPerCommit, turns); turn += 1) {
      for (const event of anew(models[turn % models.length] ?? [])) {
        seq += 1;
        events.push({ ...event, seq, id: ids.event() });
      }
    }
    store.commit(sessionId, { events }, systemClock.now());
  }
  store.close();
}

/** A prompt, and all until the next one. */
function turnsOf(events: readonly EventRecord[]): EventRecord[][] {
  const turns: EventRecord[][] = [];
  for (const event of events) {
    if (event.type === 'input') turns.push([]);
    turns.at(-1)?.push(event);
  }
  return turns;
}

/** The same events, about another turn. */
function anew(events: readonly EventRecord[]): EventRecord[] {
  const renamed = new Map<string, string>();
  const rename = (text: string) =>
    text.replace(names, (known) => {
      const name = renamed.get(known) ?? randomUUID();
      renamed.set(known, name);
      return name;
    });
  return events.map((event) => ({
    ...event,
    data: rename(event.data),
    turnId: event.turnId === null ? null : rename(event.turnId),
  }));
}
