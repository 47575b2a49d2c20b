import { connect, headers, type Msg } from '@nats-io/transport-node';
import { expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { readAll } from '../support/read-all.ts';
import { joinNats, openNatsRig } from './support/open-nats-rig.ts';

/** Somebody who reaches the same NATS and has not the secret: hears all, and may say all. */
async function openStranger(url: string) {
  const connection = await connect({ servers: url });
  const heard: Msg[] = [];
  connection.subscribe('>', { callback: (_, message) => void heard.push(message) });
  await connection.flush();
  return { connection, heard, [Symbol.asyncDispose]: () => connection.close() };
}

it('who reaches NATS without the secret reads nothing, and nothing that he says is taken', async () => {
  await using rig = await openNatsRig();
  await using stranger = await openStranger(rig.server.url);
  const [one, two] = [await rig.join('one'), await rig.join('two')];
  const told: string[] = [];
  const taken: string[] = [];
  two.onTold('words', (data) => told.push(data));
  two.onConnect(async (stream, from) => {
    taken.push(from);
    stream.end((await readAll(stream)).toString().toUpperCase());
  });
  await eventually(() => two.nodes().length).toBe(2);
  one.tell('words', 'a word between us');
  const stream = await one.connect(two.self.life);
  stream.write('a secret ');
  await eventually(() => taken).toEqual([one.self.life]);

  // Everything that was said, once more, and changed; and where things are said, something of his own.
  const { heard } = stranger;
  const subjects = () =>
    new Set(heard.map(({ subject }) => subject).filter((subject) => subject.startsWith('hotplex.')));
  await eventually(() => subjects().size).toBeGreaterThan(3);
  for (const { subject, data } of [...heard].filter((message) => message.subject.startsWith('hotplex.'))) {
    const changed = Uint8Array.from(data);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    for (const said of [data, changed, Buffer.from('{"nonce":1}'), Buffer.alloc(0)])
      stranger.connection.publish(subject, said, { reply: 'answers' });
  }
  await stranger.connection.flush();

  stream.end('of the session');
  expect((await readAll(stream)).toString()).toBe('A SECRET OF THE SESSION');
  one.tell('words', 'another one');
  await eventually(() => told).toEqual(['a word between us', 'another one']);
  expect(taken).toEqual([one.self.life]);
  expect(heard.filter(({ subject }) => subject === 'answers')).toEqual([]);
  const all = Buffer.concat(heard.map(({ data }) => data)).toString('latin1');
  for (const word of ['secret', 'SECRET', 'a word between us', 'workspace']) expect(all).not.toContain(word);
});

it('a lease that he makes, repeats or takes out deceives nobody', async () => {
  await using rig = await openNatsRig();
  await using stranger = await openStranger(rig.server.url);
  const [one, two] = [await rig.join('one'), await rig.join('two')];
  await eventually(() => one.nodes().length).toBe(2);
  const { life } = two.self;
  const subject = `$KV.hotplex_${one.cluster}_leases.`;
  const say = (of: string, data?: Uint8Array, operation?: string) => {
    const marked = headers();
    if (operation) marked.set('KV-Operation', operation);
    return stranger.connection.request(subject + of, data, { timeout: 1_000, headers: marked });
  };
  const gone: string[] = [];
  one.onGone((node) => gone.push(node.life));
  await say(
    '9f3d2f4e-5d4c-4a8e-9a57-2f1f6f0a6b11',
    Buffer.from(JSON.stringify({ ...two.self, leaseMs: 1e9, renewals: 1 })),
  );
  const renewals = stranger.heard.filter((message) => message.subject === subject + life);
  await say('9f3d2f4e-5d4c-4a8e-9a57-2f1f6f0a6b12', renewals[0]?.data);
  expect(one.nodes()).toHaveLength(2);

  // What he takes out, its node gives up by itself, and is there as another life.
  await say(life, undefined, 'DEL');
  await eventually(() => two.self.life).not.toBe(life);
  expect(gone).toEqual([]);
  await eventually(() => gone).toEqual([life]);
  // What it said before does not bring it back.
  await say(life, renewals.at(-1)?.data);
  expect(await one.find(life)).toBeUndefined();
  await eventually(() =>
    one
      .nodes()
      .map((node) => node.life)
      .sort(),
  ).toEqual([one.self.life, two.self.life].sort());
});

it('nodes with another secret do not meet', async () => {
  await using rig = await openNatsRig();
  const one = await rig.join('one');
  const other = await joinNats({ url: rig.server.url, secret: 'another secret of 32 characters or more' });
  expect(other.cluster).not.toBe(one.cluster);
  expect(other.nodes()).toEqual([other.self]);
  await expect(other.connect(one.self.life)).rejects.toMatchObject({ code: 'RECONNECT_REQUIRED' });
  expect(one.nodes()).toEqual([one.self]);
  await other.close();
});
