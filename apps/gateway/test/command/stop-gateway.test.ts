import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { stopGateway } from '../../src/command/gateway/stop-gateway.ts';

const how = { signal: 'SIGTERM', now: false, drainMs: 0 } as const;

/** A process whose start time nobody tells, and what answers at the address of its record. */
async function open(answer: string) {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  const server = createServer((_, response) => response.writeHead(503).end(answer)).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const record = { pid: child.pid ?? 0, start_time: null, url, version: '1', started_at: '' };
  return { child, record: { ...record, ending: false, bound: false } };
}

test('where a pid may be a stranger’s, nothing is signalled unless a gateway answers', async () => {
  const { child, record } = await open('<html>');
  await expect(stopGateway(record, how)).rejects.toThrow(`process ${record.pid} may be another program`);
  // A signal that was sent would have been the first.
  const exit = once(child, 'exit');
  child.kill('SIGINT');
  expect(await exit).toEqual([null, 'SIGINT']);
});

test('a gateway that answers is ended, also while it is stopping', async () => {
  const { child, record } = await open('{"status":"stopping"}');
  const exit = once(child, 'exit');
  await stopGateway(record, how);
  expect(await exit).toEqual([null, 'SIGTERM']);
});
