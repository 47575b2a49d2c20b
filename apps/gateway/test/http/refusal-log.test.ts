import { expect, test } from 'vitest';
import { createRefusalLog } from '../../src/http/refusal-log.ts';
import { createManualClock } from '../support/manual-clock.ts';

function openLog() {
  const clock = createManualClock();
  const lines: Record<string, unknown>[] = [];
  const warn = (fields: Record<string, unknown>) => void lines.push(fields);
  const tell = createRefusalLog({ clock, logger: { debug() {}, info() {}, error() {}, warn } });
  return { clock, lines, tell };
}

const foreign = { status: 403, reason: 'no', host: 'localhost:1', origin: 'https://evil.example' };

test('[W1] who was refused at the door is told once a minute', () => {
  const { clock, lines, tell } = openLog();
  tell(foreign);
  tell(foreign);
  expect(lines).toEqual([foreign]);
  clock.advance(60_000);
  tell(foreign);
  expect(lines).toHaveLength(2);
});

test('[L2] a flood of made-up origins fills no disk, and none of them is told at length', () => {
  const { lines, tell } = openLog();
  for (let each = 0; each < 1_000; each += 1) tell({ ...foreign, origin: `${each}${'x'.repeat(4_096)}` });
  tell({ ...foreign, host: undefined });
  expect(lines).toHaveLength(20);
  expect(JSON.stringify(lines).length).toBeLessThan(20 * 256);
});
