import { expect, test } from 'vitest';
import { createManualClock } from '../../support/manual-clock.ts';
import { outline } from './outline.ts';
import { input, playPi, reads, settled, started } from './scripted-pi.ts';

/** A worker that is up and in a turn that Pi has begun. */
function playTurn(options: Parameters<typeof playPi>[0] = {}) {
  const play = playPi(options);
  play.ready();
  play.worker.prompt(input('one'));
  play.reply('prompt', { disposition: 'started' });
  play.say(started, reads('one'));
  return play;
}

test('[G8] nobody can go on with one that is starting or stopping', () => {
  const play = playPi();
  expect(play.saved()).toBeUndefined();
  play.ready();
  expect(play.saved()).toBeDefined();
  void play.worker.stop();
  expect(play.saved()).toBeUndefined();
});

test('[G8] the next gateway is told at once that Pi is ready, and says nothing to it', async () => {
  const first = playTurn();
  const next = playPi({ adopt: first.saved() });
  expect(next.events).toEqual([]);
  await Promise.resolve();
  expect(next.events).toEqual(first.events.filter(({ type }) => type === 'worker.ready'));
  expect(next.heard).toEqual([]);
});

test('[G8] what Pi waits for only so long is taken back when that is over, by whichever gateway', () => {
  const first = playTurn();
  first.say({ type: 'extension_ui_request', id: 'q', method: 'confirm', title: 'Sure?', timeout: 5_000 });
  const saved = first.saved();
  const withdrawn = { type: 'interaction.withdrawn', data: { id: 'q' } };
  const next = playPi({ adopt: saved, clock: createManualClock(1_003_000) });
  next.clock.advance(1_999);
  expect(next.events).not.toContainEqual(withdrawn);
  next.clock.advance(1);
  expect(next.events).toContainEqual(withdrawn);
  const late = playPi({ adopt: saved, clock: createManualClock(2_000_000) });
  late.clock.advance(0);
  expect(late.events).toContainEqual(withdrawn);
});

test('[G8] an abort that came too early is repeated by the next gateway', () => {
  const first = playPi();
  first.ready();
  first.worker.prompt(input('one'));
  first.worker.interrupt();
  const next = playPi({ adopt: first.saved() });
  next.say(started);
  expect(next.asked('abort')).toHaveLength(1);
});

test('[I3] a prompt that was left over is told before it is written, and then nobody can go on until it is', () => {
  const noted: string[] = [];
  let note = () => {};
  const play = playTurn({ onTold: () => note() });
  play.worker.steer(input('two'));
  play.reply('prompt', { disposition: 'queued' });
  const before = play.events.length;
  note = () => {
    noted.push(`${play.prompts().length} written, ${play.saved() ? 'saved' : 'not saved'}`);
  };
  play.say(settled);
  expect(outline(play.events.slice(before)).at(-1)).toBe('started two');
  expect(noted).toEqual(['2 written, not saved', '3 written, saved']);
});

test('[G8] a prompt that was left over is sent by the next gateway, once', () => {
  const first = playTurn();
  first.worker.steer({ ...input('two'), parts: [{ type: 'image', media_type: 'image/png', data: 'AAAA' }] });
  first.reply('prompt', { disposition: 'queued' });
  const next = playPi({ adopt: first.saved() });
  next.say(settled);
  expect(next.asked('prompt')).toMatchObject([{ message: 'two', images: [{ data: 'AAAA' }] }]);
  const third = playPi({ adopt: next.saved() });
  const { id } = next.asked('prompt')[0] ?? {};
  third.say({ type: 'response', id, command: 'prompt', success: true, data: { disposition: 'started' } });
  third.say(started, reads('two'), settled);
  expect(third.asked('prompt')).toEqual([]);
  expect(third.events.at(-1)).toMatchObject({ type: 'done', data: { input_ids: ['two'] } });
});
