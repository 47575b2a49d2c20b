import { expect, test } from 'vitest';
import { Socket } from '../src/socket.ts';
import type { WebSocketLike } from '../src/web-socket.ts';

class SilentLink implements WebSocketLike {
  onopen: ((event: object) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: WebSocketLike['onclose'] = null;
  onerror: WebSocketLike['onerror'] = null;
  send(): void {}
  close(): void {}
}

/** A link on which nothing comes by itself, with a clock that a test turns. */
function openLink() {
  const told: string[] = [];
  let now = 1_000_000;
  let next: { at: number; fire: () => void } | undefined;
  const links: SilentLink[] = [];
  class Link extends SilentLink {
    constructor() {
      super();
      links.push(this);
    }
  }
  new Socket({
    ...{ url: 'ws://gateway', headers: {}, quietMs: 1_000, webSocket: Link },
    clock: {
      now: () => now,
      after(ms, fire) {
        next = { at: now + ms, fire };
        return () => {
          next = undefined;
        };
      },
    },
    onOpen: () => told.push('open'),
    onEnvelope: () => {},
    onUnknown: () => {},
    onQuiet: () => told.push('quiet'),
    onClose: (code) => told.push(`close ${code}`),
  });
  links[0]?.onopen?.({});
  return {
    told,
    hear: () => links[0]?.onmessage?.({ data: '{}' }),
    /** Turns the clock up to its next timer, and fires that. */
    wait() {
      const due = next;
      if (!due) return;
      now = Math.max(now, due.at);
      due.fire();
    },
    /** Somebody sets the clock; what is waited for takes as long as before. */
    set(by: number) {
      now += by;
      if (next) next.at += by;
    },
  };
}

test('[C2] a link without a word is asked about once, and is dead after the second silence', () => {
  const { told, wait } = openLink();
  wait();
  expect(told).toEqual(['open', 'quiet']);
  wait();
  expect(told).toEqual(['open', 'quiet', 'close 1006']);
});

test('a word in between puts the silence off', () => {
  const { told, hear, wait } = openLink();
  wait();
  hear();
  wait();
  expect(told).toEqual(['open', 'quiet', 'quiet']);
});

test('a clock that is set back keeps no dead link alive', () => {
  const { told, set, wait } = openLink();
  set(-3_600_000);
  for (let timers = 0; timers < 3; timers++) wait();
  expect(told).toEqual(['open', 'quiet', 'close 1006']);
});
