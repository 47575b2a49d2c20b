import { expect, test } from 'vitest';
import { createMcpServerGuard } from '../src/mcp-server-guard.ts';

const check = createMcpServerGuard([8888]);
const servers = (url: unknown) => ({ mcp_servers: { docs: { type: 'http', url } } });

test.each([
  ['http://169.254.169.254/mcp', 'credentials'],
  ['http://[::ffff:a9fe:a9fe]/mcp', 'credentials'],
  ['http://metadata.google.internal/', 'credentials'],
  ['http://localhost:8888/ws', 'the gateway itself'],
  ['ws://0x7f.1:8888/ws', 'the gateway itself'],
  ['http://me:secret@example.com/', 'user name'],
  ['http://example.com\\@localhost:8888/', 'backslash'],
  ['file:///etc/passwd', 'http'],
  ['', 'http'],
])('[U1] [U5] an MCP server at %s is refused', (url, words) => {
  expect(() => check(servers(url))).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      details: { field: 'mcp_servers.docs' },
      message: expect.stringContaining(words),
    }),
  );
});

test.each([
  servers('https://mcp.example.com/sse'),
  servers('http://localhost:3000/mcp'),
  servers('http://10.0.0.7/mcp'),
  servers('wss://mcp.example.com/'),
  servers(undefined),
  { mcp_servers: { files: { command: '/bin/mcp', args: ['--root', '/'] } } },
  { model: 'x' },
  {},
])('an MCP server elsewhere is the client’s to choose: %j', (config) => {
  expect(check(config)).toBeUndefined();
});
