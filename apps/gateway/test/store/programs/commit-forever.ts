/**
 * Commits to the store at a path until it is killed. Commit n has n % 5 + 1 events, names itself in the totals and
 * leaves an input `n`; its number and last seq are printed as soon as `commit` has returned.
 */
import { writeSync } from 'node:fs';
import { systemClock } from '../../../src/ground/clock.ts';
import { openSqliteStore } from '../../../src/store/sqlite-store.ts';
import { eventRecords, inputRecord, sessionRecord } from '../support/records.ts';

const [path = ''] = process.argv.slice(2);
const store = await openSqliteStore({ path, clock: systemClock });
if (!store.find('session-1')) store.create(sessionRecord());
const session = store.find('session-1') ?? sessionRecord();

let lastSeq = session.lastSeq;
for (let count = session.totals.turn_count + 1; ; count += 1) {
  const events = eventRecords(lastSeq + 1, lastSeq + (count % 5) + 1);
  lastSeq += events.length;
  const totals = { ...session.totals, turn_count: count };
  store.commit('session-1', { events, session: { totals }, inputs: [inputRecord(`${count}`)] }, count);
  writeSync(1, `${count} ${lastSeq}\n`);
}
