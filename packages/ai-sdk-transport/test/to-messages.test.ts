import { expect, test } from 'vitest';
import { toMessages } from '../src/to-messages.ts';
import { prompt, status } from './prompt-events.ts';
import { read } from './read-message.ts';
import { logOf, said, succeeded, turnOf } from './turn-script.ts';

test('[I2] each prompt stands before the turn it began; queued and cancelled ones are no messages', async () => {
  const first = turnOf([...said('m1', 'one'), succeeded], { turnId: 'turn_1', firstSeq: 5 });
  const second = turnOf([...said('m2', 'two'), succeeded], { turnId: 'turn_2', firstSeq: 20 });
  const { messages, activeTurn, lastSeq } = await toMessages([
    ...logOf([prompt('i1', 'a'), status('i1', { turn_id: 'turn_1' }), prompt('i2', 'b'), prompt('i3', 'c')]),
    ...first,
    ...logOf(
      [
        status('i1', { status: 'done', turn_id: 'turn_1' }),
        status('i3', { status: 'cancelled' }),
        prompt('i4', 'd'),
        status('i2', { status: 'queued', content: 'b, edited' }),
        status('i2', { turn_id: 'turn_2' }),
      ],
      { firstSeq: 12 },
    ),
    ...second,
  ]);
  expect(messages.map(({ id, role }) => [role, id])).toEqual([
    ['user', 'i1'],
    ['assistant', 'turn_1'],
    ['user', 'i2'],
    ['assistant', 'turn_2'],
  ]);
  expect(messages[0]).toMatchObject({
    metadata: { author: 'ada', inputId: 'i1', createdAt: 1_700_000_000_001 },
  });
  expect(messages[2]?.parts).toEqual([{ type: 'text', text: 'b, edited' }]);
  expect(activeTurn).toBeUndefined();
  expect(lastSeq).toBe(24);
});

test('[R3] a running turn is named and left out, its prompt is not', async () => {
  const { messages, activeTurn } = await toMessages([
    ...logOf([prompt('i1', 'a'), status('i1', { turn_id: 'turn_1' })]),
    ...turnOf(said('m1', 'half'), { firstSeq: 3 }),
  ]);
  expect(messages.map(({ id }) => id)).toEqual(['i1']);
  expect(activeTurn).toEqual({ id: 'turn_1', firstSeq: 3 });
});

test('[S6] a prompt that never became a turn stays, and says why', async () => {
  const { messages } = await toMessages(
    logOf([prompt('i1', 'a'), status('i1', { status: 'indeterminate' })]),
  );
  expect(messages).toMatchObject([
    { id: 'i1', metadata: { error: { message: expect.stringContaining('before') } } },
  ]);
});

test('[S2] a session that ended under a turn closes it', async () => {
  const cut = turnOf(said('m1', 'half'));
  const end = logOf([{ type: 'state', data: { state: 'terminated' } }], { firstSeq: 9 });
  const { messages, activeTurn } = await toMessages([...cut, ...end]);
  expect(messages).toMatchObject([{ id: 'turn_1', metadata: { success: false } }]);
  expect(activeTurn).toBeUndefined();
});

test('[I3] a steering prompt is in the message of its turn, not beside it', async () => {
  const steered = logOf([prompt('i2', 'left!', 'steer'), status('i2', { turn_id: 'turn_1' })], {
    firstSeq: 5,
  });
  const end = logOf([succeeded], { turnId: 'turn_1', firstSeq: 7 });
  const log = [...turnOf(said('m1', 'a')), ...steered, ...end];
  expect((await toMessages(log)).messages).toEqual([await read(log)]);
});

test('[I3] a prompt that waited stands after the answer it waited for', async () => {
  const waiting = logOf([prompt('i2', 'b')], { firstSeq: 5 });
  const { messages } = await toMessages([
    ...logOf([prompt('i1', 'a'), status('i1', { turn_id: 'turn_1' })]),
    ...turnOf(said('m1', 'one'), { firstSeq: 3 }),
    ...waiting,
    ...logOf([succeeded], { turnId: 'turn_1', firstSeq: 9 }),
    ...logOf([status('i2', { turn_id: 'turn_2' })], { firstSeq: 10 }),
    ...turnOf([succeeded], { turnId: 'turn_2', firstSeq: 11 }),
  ]);
  expect(messages.map(({ id }) => id)).toEqual(['i1', 'turn_1', 'i2', 'turn_2']);
});

test('[S1] a turn that the agent began by itself is a message without a prompt', async () => {
  const { messages } = await toMessages(turnOf([...said('m1', 'The build is done.'), succeeded]));
  expect(messages.map(({ id, role }) => [role, id])).toEqual([['assistant', 'turn_1']]);
});

test('envelopes may come page by page', async () => {
  async function* pages() {
    yield* turnOf([...said('m1', 'a'), succeeded]);
  }
  expect((await toMessages(pages())).messages).toHaveLength(1);
});

test('[I5] turns that were set aside stay, and say by which event; what comes after them does not', async () => {
  const turn = (number: number) => [
    ...logOf([prompt(`i${number}`, 'a'), status(`i${number}`, { turn_id: `turn_${number}` })], {
      firstSeq: number * 20,
    }),
    ...turnOf([...said(`m${number}`, 'one'), succeeded], {
      turnId: `turn_${number}`,
      firstSeq: number * 20 + 2,
    }),
  ];
  const rewound = { type: 'session.rewound', data: { turn_id: 'turn_2', turns: 2 } } as const;
  const { messages } = await toMessages([
    ...[...turn(1), ...turn(2), ...turn(3)],
    ...logOf([rewound], { firstSeq: 79 }),
    ...turn(4),
  ]);
  expect(messages.map(({ id, metadata }) => [id, metadata?.setAsideBy])).toEqual([
    ['i1', undefined],
    ['turn_1', undefined],
    ['i2', 79],
    ['turn_2', 79],
    ['i3', 79],
    ['turn_3', 79],
    ['i4', undefined],
    ['turn_4', undefined],
  ]);
});
