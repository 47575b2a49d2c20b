import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { announceGateway, findGateway } from '../src/gateway-record.ts';

function open(bound = false) {
  const dataDir = mkdtempSync(join(tmpdir(), 'hotplex-record-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const url = 'http://127.0.0.1:1';
  return {
    dataDir,
    file: join(dataDir, 'gateway.json'),
    announced: announceGateway(dataDir, { url, version: '1', now: 0, bound, log_file: null }),
  };
}

test('a gateway takes its own record away, and never that of the next one', () => {
  const { dataDir, file, announced } = open();
  const record = JSON.parse(readFileSync(file, 'utf8'));
  const next = JSON.stringify({ ...record, pid: process.ppid, start_time: null });
  writeFileSync(file, next);
  announced.withdraw();
  expect(readFileSync(file, 'utf8')).toBe(next);
  writeFileSync(file, JSON.stringify(record));
  announced.withdraw();
  expect(findGateway(dataDir)).toBeUndefined();
});

test('the record says whether the gateway is there for one command; one of an older version is there for all', () => {
  const { dataDir, file } = open(true);
  expect(findGateway(dataDir)).toMatchObject({ bound: true });
  const { bound: _, log_file: __, ...older } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify(older));
  expect(findGateway(dataDir)).toMatchObject({ bound: false, log_file: null });
});
