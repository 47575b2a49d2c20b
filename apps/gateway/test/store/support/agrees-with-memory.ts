import fc from 'fast-check';
import { expect } from 'vitest';
import { GatewayError } from '../../../src/ground/gateway-error.ts';
import { createMemoryStore } from '../../../src/store/memory-store.ts';
import type { CredentialStore, SessionStore } from '../../../src/store/store.ts';
import { eventRecords, inputRecord, interactionRecord, sessionRecord } from './records.ts';

type Store = SessionStore & CredentialStore;

const sessionId = fc.constantFrom('a', 'b', 'c');
const key = fc.constantFrom('x', 'y', 'z');
const time = fc.integer({ min: 1, max: 20 });
const status = fc.constantFrom('queued', 'delivered', 'done');
const states = fc.constantFrom('created', 'running', 'idle');

const patch = fc.record(
  {
    title: fc.option(fc.string()),
    state: states,
    turn: fc.option(fc.record({ id: fc.string(), firstSeq: fc.nat() })),
    nativeSessionId: fc.option(key),
    epoch: key,
    config: fc.record({ model: key }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);

type Step = (store: Store) => unknown;

/** A step that prints as what it does, so that a counterexample can be read. */
function step(name: string, run: Step): Step {
  return Object.assign(run, { [fc.toStringMethod]: () => name });
}

const create = fc
  .record({ id: sessionId, ownerId: key, updatedAt: time })
  .map((fields) => step(`create(${JSON.stringify(fields)})`, (store) => store.create(sessionRecord(fields))));

/** `skip` other than 0 makes the events not follow. */
const commit = fc
  .record({
    id: sessionId,
    count: fc.nat(3),
    skip: fc.constantFrom(0, 0, 0, 0, 1, -1),
    session: patch,
    inputs: fc.array(fc.record({ id: key, status }), { maxLength: 2 }),
    interactions: fc.array(fc.record({ id: key, status: fc.constantFrom('open', 'resolved') }), {
      maxLength: 2,
    }),
    now: time,
  })
  .map(({ id, count, skip, session, inputs, interactions, now }) =>
    step(`commit(${JSON.stringify({ id, count, skip, session, inputs, interactions, now })})`, (store) => {
      const first = (store.find(id)?.lastSeq ?? 0) + 1 + skip;
      return store.commit(
        id,
        {
          events: eventRecords(first, first + count - 1),
          session,
          inputs: inputs.map((input) => inputRecord(input.id, { status: input.status })),
          interactions: interactions.map((one) => interactionRecord(one.id, { status: one.status })),
        },
        now,
      );
    }),
  );

const others = fc.oneof(
  sessionId.map((id) => step(`remove(${id})`, (store) => store.remove(id))),
  fc.tuple(key, time).map(([digest, expiresAt]) =>
    step(`save(${digest}, ${expiresAt})`, (store) =>
      store.saveRefresh({
        digest,
        subject: 'x',
        role: 'viewer',
        signedInAt: 0,
        endsAt: null,
        expiresAt,
      }),
    ),
  ),
  key.map((digest) => step(`take(${digest})`, (store) => store.takeRefresh(digest))),
  fc
    .tuple(key, time)
    .map(([jti, at]) => step(`revoke(${jti}, ${at})`, (store) => store.revokeToken(jti, at))),
  fc
    .tuple(key, time)
    .map(([subject, at]) => step(`end(${subject}, ${at})`, (store) => store.revokeSubject(subject, at))),
  key.map((subject) => step(`ended(${subject})`, (store) => store.revokedUntil(subject))),
  time.map((now) => step(`sweep(${now})`, (store) => store.sweepCredentials(now))),
);

const steps = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: create },
    { weight: 6, arbitrary: commit },
    { weight: 3, arbitrary: others },
  ),
  { maxLength: 40 },
);

function outcome(run: Step, store: Store): unknown {
  try {
    return run(store);
  } catch (error) {
    if (error instanceof GatewayError) return error.code;
    throw error;
  }
}

/** Everything a store says about itself. */
function contents(store: Store): unknown {
  return {
    lists: [
      store.list({ limit: 9 }),
      store.list({ limit: 2, before: { updatedAt: 10, id: 'b' } }),
      store.list({ limit: 9, ownerId: 'x', state: 'running' }),
    ],
    sessions: ['a', 'b', 'c'].map((id) => ({
      session: store.find(id),
      oldest: store.oldestSeq(id),
      events: store.events(id, 1, 5),
      inputs: [store.inputs(id, ['queued', 'done']), store.input(id, 'x')],
      interactions: [store.openInteractions(id), store.interaction(id, 'y')],
    })),
    revoked: ['x', 'y', 'z'].map((jti) => store.isRevoked(jti)),
  };
}

/** A store does the same as the memory store for any sequence of calls; `open` gives an empty one each time. */
export async function agreesWithMemory(open: () => Promise<Store>, numRuns: number): Promise<void> {
  const seed = Number(process.env.HOTPLEX_TEST_SEED ?? Date.now() % 2 ** 31);
  console.info(`HOTPLEX_TEST_SEED=${seed}`);
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const memory = createMemoryStore();
      const store = await open();
      try {
        for (const one of sequence) expect(outcome(one, store)).toEqual(outcome(one, memory));
        expect(contents(store)).toEqual(contents(memory));
      } finally {
        store.close();
      }
    }),
    { seed, numRuns },
  );
}
