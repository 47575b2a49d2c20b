import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { describe, expect, test } from 'vitest';
import { type ForeignTurn, SessionFeed } from '../../src/session/session-feed.ts';
import { prompt, status } from '../prompt-events.ts';
import { logOf, said, succeeded, turnOf } from '../turn-script.ts';

function openFeed() {
  const announced: ForeignTurn[] = [];
  const feed = new SessionFeed((turn) => announced.push(turn));
  const take = (envelopes: readonly ServerEnvelope[]) => {
    for (const envelope of envelopes) feed.take(envelope);
  };
  return { feed, announced, take };
}
const delivered = (input: string, turnId: string) =>
  logOf([prompt(input, 'go'), status(input, { turn_id: turnId })]);

describe('who is told of a turn', () => {
  test('[C1] the turn of another client is announced with its prompt, once', () => {
    const { announced, take } = openFeed();
    take([...delivered('i1', 'turn_1'), ...turnOf([...said('m1', 'a'), succeeded])]);
    expect(announced).toMatchObject([
      { turnId: 'turn_1', message: { id: 'i1', role: 'user', parts: [{ type: 'text', text: 'go' }] } },
    ]);
  });

  test('[I5] a prompt that was changed while it waited is announced as it was run', () => {
    const { announced, take } = openFeed();
    const edited = status('i1', { status: 'queued', content: 'stop' });
    take([
      ...logOf([prompt('i1', 'go'), edited, status('i1', { turn_id: 'turn_1' })]),
      ...turnOf([succeeded]),
    ]);
    expect(announced).toMatchObject([{ message: { parts: [{ type: 'text', text: 'stop' }] } }]);
  });

  test('[S1] a turn that the agent began by itself is announced without one', () => {
    const { announced, take } = openFeed();
    take(turnOf(said('m1', 'by the way')));
    expect(announced).toEqual([{ turnId: 'turn_1', message: undefined }]);
  });

  test('the turn of a prompt from here is announced to nobody; an abandoned one is', () => {
    const { feed, announced, take } = openFeed();
    const mine = feed.expect('i1');
    const left = feed.expect('i2');
    feed.abandon(left);
    take([...delivered('i1', 'turn_1'), ...turnOf([succeeded]), ...delivered('i2', 'turn_2')]);
    expect(mine.log?.id).toBe('turn_1');
    expect(announced.map(({ turnId }) => turnId)).toEqual(['turn_2']);
  });

  test('nothing is announced while somebody is about to read what runs', () => {
    const { feed, announced, take } = openFeed();
    const resumed = feed.resume();
    take(turnOf([]));
    resumed();
    expect(announced).toEqual([]);
    expect(feed.takeUnread().map(({ id }) => id)).toEqual(['turn_1']);
  });
});

describe('what became of a prompt', () => {
  test('[I3] cancelled: it has no turn, and that is no failure', () => {
    const { feed, take } = openFeed();
    const mine = feed.expect('i1');
    take(logOf([prompt('i1', 'go'), status('i1', { status: 'cancelled' })]));
    expect(mine).toMatchObject({ log: undefined, outcome: null });
  });

  test('[S6] indeterminate or failed: it says why', () => {
    const { feed, take } = openFeed();
    const [unknown, failed] = [feed.expect('i1'), feed.expect('i2')];
    take(
      logOf([
        status('i1', { status: 'indeterminate' }),
        status('i2', { status: 'failed', reason: 'no such agent' }),
      ]),
    );
    expect(unknown.outcome?.message).toMatch(/not known/);
    expect(failed.outcome?.message).toBe('no such agent');
  });

  test('[I1] sent again while it runs, it is its running turn; after its end, the one in the history', () => {
    const { feed, take } = openFeed();
    take(turnOf(said('m1', 'half')));
    const [running, over] = [feed.expect('i1'), feed.expect('i2')];
    feed.receipt({ input_id: 'i1', status: 'delivered', turn_id: 'turn_1', duplicate: true });
    feed.receipt({ input_id: 'i2', status: 'done', turn_id: 'turn_0', duplicate: true });
    expect(running.log?.envelopes).toHaveLength(4);
    expect(over).toMatchObject({ ranAs: 'turn_0', log: undefined });
  });
});

describe('turns nobody has read', () => {
  test('a turn that was given back can be taken once more, also after its end', () => {
    const { feed, take } = openFeed();
    take(turnOf(said('m1', 'a')));
    const [log] = feed.takeUnread();
    if (log) feed.giveBack(log);
    take(logOf([succeeded], { turnId: 'turn_1', firstSeq: 9 }));
    expect(feed.takeUnread()).toEqual([log]);
    expect(log).toMatchObject({ ended: true });
    expect(feed.takeUnread()).toEqual([]);
  });

  test('only the newest eight that ended are kept; the history has the others', () => {
    const { feed, take } = openFeed();
    for (let turn = 1; turn <= 10; turn++) take(turnOf([succeeded], { turnId: `turn_${turn}` }));
    expect(feed.takeUnread().map(({ id }) => id)).toEqual([3, 4, 5, 6, 7, 8, 9, 10].map((n) => `turn_${n}`));
  });

  test('[B2] they are no more than eight million characters, those that still run among them', () => {
    const { feed, take } = openFeed();
    const long = said('m1', 'x'.repeat(5_000_000));
    take(turnOf([...long, succeeded], { turnId: 'turn_1' }));
    take(turnOf(long, { turnId: 'turn_2' }));
    expect(feed.takeUnread().map(({ id }) => id)).toEqual(['turn_2']);
    const running = feed.running('turn_2');
    if (running) feed.giveBack(running);
    take(logOf(long, { turnId: 'turn_2', firstSeq: 9 }));
    expect([feed.running('turn_2'), feed.takeUnread(), feed.hasBegun('turn_2')]).toEqual([
      undefined,
      [],
      true,
    ]);
  });

  test('[B2] of a turn that is being read nothing is let go', () => {
    const { feed, take } = openFeed();
    take(turnOf(said('m1', 'a')));
    const log = feed.running('turn_1');
    if (log) log.readers = 1;
    take(logOf(said('m2', 'x'.repeat(9_000_000)), { turnId: 'turn_1', firstSeq: 9 }));
    expect(feed.takeUnread()).toEqual([log]);
  });

  test('[B2] turns of long ago are forgotten, and what runs is not', () => {
    const { feed, take } = openFeed();
    take(turnOf([], { turnId: 'runs' }));
    for (let turn = 1; turn <= 1_000; turn++) take(turnOf([succeeded], { turnId: `turn_${turn}` }));
    expect(['runs', 'turn_1', 'turn_2'].map((id) => feed.hasBegun(id))).toEqual([true, false, true]);
  });

  test('[R3] after a gap in the log, what ran is over for its readers', () => {
    const { feed, take } = openFeed();
    take(turnOf(said('m1', 'a')));
    feed.endAll();
    expect(feed.takeUnread()).toMatchObject([{ id: 'turn_1', ended: true }]);
  });

  test('[S2] a session that ended under a turn ends it', () => {
    const { feed, take } = openFeed();
    take([...turnOf([]), ...logOf([{ type: 'state', data: { state: 'terminated' } }], { firstSeq: 5 })]);
    expect(feed.takeUnread()).toMatchObject([{ ended: true }]);
  });
});

test('[E4] a paused turn is announced when somebody else answered what it waited for', () => {
  const { feed, announced, take } = openFeed();
  feed.expect('i1');
  take([...delivered('i1', 'turn_1'), ...turnOf([], { firstSeq: 3 })]);
  const log = feed.running('turn_1');
  if (log) feed.pause(log, 1);
  const answer = { id: 'p1', allowed: true, by: 'bob', reason: 'answered' } as const;
  take(logOf([{ type: 'permission.resolved', data: answer }], { turnId: 'turn_1', firstSeq: 9 }));
  expect(announced).toEqual([{ turnId: 'turn_1', message: undefined }]);
  expect(feed.unpause('turn_1')).toBeUndefined();
});
