import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { watchFiles } from '../src/watch-files.ts';
import { createManualClock } from './support/manual-clock.ts';

function watch(prepare: (folder: string) => string) {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-watch-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const clock = createManualClock();
  const file = prepare(folder);
  let changes = 0;
  const stop = watchFiles({ files: [file], clock, onChange: () => (changes += 1) });
  return { folder, file, stop, look: () => clock.advance(2_000), changes: () => changes };
}

const plain = (folder: string) => {
  writeFileSync(join(folder, 'a.yaml'), 'one');
  return join(folder, 'a.yaml');
};

test('a file that is written in pieces is told of once, when it is whole', () => {
  const { file, look, changes } = watch(plain);
  look();
  writeFileSync(file, 'first half,');
  look();
  writeFileSync(file, 'first half, second half');
  look();
  expect(changes()).toBe(0);
  look();
  look();
  expect(changes()).toBe(1);
});

test('a file that takes the place of another by its name is seen, as editors do it', () => {
  const { folder, file, look, changes } = watch(plain);
  writeFileSync(join(folder, 'draft'), 'two');
  renameSync(join(folder, 'draft'), file);
  look();
  look();
  expect(changes()).toBe(1);
});

test('a link that leads elsewhere is seen, as those of a ConfigMap', () => {
  const { folder, look, changes } = watch((where) => {
    for (const name of ['..one', '..two']) {
      mkdirSync(join(where, name));
      writeFileSync(join(where, name, 'a.yaml'), name);
    }
    symlinkSync('..one', join(where, '..data'));
    symlinkSync('..data/a.yaml', join(where, 'a.yaml'));
    return join(where, 'a.yaml');
  });
  symlinkSync('..two', join(folder, '..data.tmp'));
  renameSync(join(folder, '..data.tmp'), join(folder, '..data'));
  look();
  look();
  expect(changes()).toBe(1);
});

test('a file that goes and comes back as another is told of, and nothing after the end', () => {
  const { file, look, stop, changes } = watch(plain);
  rmSync(file);
  look();
  writeFileSync(file, 'two again');
  look();
  look();
  expect(changes()).toBe(1);
  stop();
  writeFileSync(file, 'three, once more');
  look();
  look();
  expect(changes()).toBe(1);
});
