import type { ServerData } from '@hotplex/aep-protocol';
import { AepClient } from '@hotplex/client-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway({ env: { HOTPLEX_POLICY_MODE: 'auto_allow_safe' } });
});
afterAll(() => gateway[Symbol.asyncDispose]());

describe('[C1] commands that others let pass', () => {
  /** What becomes of a command that an agent asks for, where the policy may allow by itself. */
  async function judge(
    command: string,
  ): Promise<{ decision: string | undefined; byPolicy: boolean; asked: Asked }> {
    using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey, reconnect: false });
    const asked = Promise.withResolvers<Asked>();
    const resolved = Promise.withResolvers<ServerData<'permission.resolved'>>();
    client.onEvent(({ event }) => {
      if (event.type === 'permission.resolved') resolved.resolve(event.data);
      if (event.type !== 'permission_request') return;
      asked.resolve(event.data);
      if (event.data.policy?.decision === 'ask')
        void client.respondToPermission(event.data.id, { allowed: false });
    });
    await client.connect();
    client.prompt(`permission \`${command}\``).done.catch(() => {});
    const { allowed, by } = await resolved.promise;
    const request = await asked.promise;
    return { decision: request.policy?.decision, byPolicy: allowed && by === null, asked: request };
  }
  type Asked = ServerData<'permission_request'>;

  test.each([
    ['[C3] [GHSA-796m-2973-wc5q] env -S', `env -S 'sh -c "rm -rf ~"'`, 'deny'],
    ['[C3] [CVE-2026-22175] a shell in a box of tools', `busybox sh -c 'rm -rf ~'`, 'deny'],
    ['[C2] [CVE-2026-28463] a variable that is expanded later', 'head -c 99 $HOME/.ssh/id_rsa', 'deny'],
    ['[C2] [CVE-2026-28463] a pattern that is expanded later', 'tail ~/.ss*/id_*', 'deny'],
    ['[C1] [CVE-2025-54795] a command between two echoes', 'echo ""; rm -rf ~; echo ""', 'deny'],
    ['[C6] [CVE-2025-64755] sed that writes', 'sed "s/a/b/w $HOME/.zshenv" notes', 'deny'],
    ['[C2] [CVE-2025-66032] blanks out of $IFS', 'cat$IFS$HOME/.ssh/id_rsa', 'deny'],
    ['[C6] [CVE-2025-66032] a program behind a shortened option', 'sort -S1 --compress-prog=sh notes', 'ask'],
    ['[C3] [CVE-2025-58764] a command in an argument of a harmless one', 'ls "$(rm -rf ~)"', 'deny'],
    ['[C3] [CVE-2026-24887] find that runs', `find . -name x -exec sh -c 'rm -rf ~' \\;`, 'deny'],
    ['[C6] [CVE-2026-24887] find that writes', 'find . -fprint ~/.bashrc', 'deny'],
    ['[C2] [CVE-2026-25722] a write behind cd', 'cd .claude && echo x > settings.json', 'ask'],
    [
      '[C6] [CVE-2026-25723] sed in a pipe that writes',
      `echo x | sed 's/x/y/w .claude/settings.json'`,
      'ask',
    ],
    ['[C5] [claude-code-adversa] the sixty-first command', `${'true; '.repeat(60)}rm -rf ~`, 'deny'],
    ['[C1] [opencode#39931] what comes after two dashes', 'git log -- notes; rm -rf ~', 'deny'],
    ['[C1] [claude-code#94314] what comes after a semicolon', 'npm test; rm -rf ~', 'deny'],
  ])('%s: %s is not allowed (%s)', async (_, command, decision) => {
    expect(await judge(command)).toMatchObject({ decision, byPolicy: false });
  });

  test('[P4] [crystal-peak] who decides sees what a removal hits, also where the change of folder before it fails', async () => {
    const { asked } = await judge('cd missing; rm -rf a/*.cap');
    const hit = ['missing/a/*.cap', 'a/*.cap'].map((path) => `${gateway.workDir}/${path}`);
    expect(asked.policy).toMatchObject({ cwd: gateway.workDir, targets: hit });
    expect(await judge('cd missing; rm -rf *')).toMatchObject({ decision: 'ask', byPolicy: false });
  });
});
