import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { ServerData } from '@hotplex/aep-protocol';
import { AepClient, AepError } from '@hotplex/client-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
});

type Asked = ServerData<'permission_request'>;
type Resolved = ServerData<'permission.resolved'>;

/** Asks the demo for a command; what a person is asked is answered by `answer`. */
async function run(
  { url }: RunningGateway,
  command: string,
  answer: (client: AepClient, asked: Asked) => void,
) {
  using client = new AepClient({ url, workerType: 'demo', auth: apiKey });
  const asked: Asked[] = [];
  const resolved: Resolved[] = [];
  client.onEvent(({ event }) => {
    if (event.type === 'permission.resolved') resolved.push(event.data);
    if (event.type !== 'permission_request') return;
    asked.push(event.data);
    answer(client, event.data);
  });
  await client.connect();
  const { text } = await client.prompt(`permission \`${command}\``).done;
  return { asked: asked[0], resolved, text };
}

const allow = (client: AepClient, { id }: Asked) =>
  void client.respondToPermission(id, { allowed: true }).catch((error: unknown) => {
    expect(error).toBeInstanceOf(AepError);
  });

describe('the policy before the demo', () => {
  test('[E4] what it refuses nobody can allow', async () => {
    const { asked, resolved, text } = await run(gateway, 'rm -rf ~', allow);
    expect(asked?.policy).toMatchObject({ decision: 'deny', rule: 'N1', cwd: gateway.workDir });
    expect(resolved).toMatchObject([{ allowed: false, by: null, reason: 'policy' }]);
    expect(text).toContain('The policy forbids this (N1)');
  });

  test('[P4] what it asks about is shown as it would run', async () => {
    const { asked, resolved } = await run(gateway, 'git push --force', allow);
    expect(asked?.policy).toMatchObject({ decision: 'ask', command: 'git push --force' });
    expect(asked?.policy?.reason).not.toBe('');
    expect(resolved).toMatchObject([{ allowed: true, reason: 'answered' }]);
  });

  test('[P6] what it does not mind is asked, or allowed at once where the operator says so', async () => {
    const usual = await run(gateway, 'ls', allow);
    expect(usual.resolved).toMatchObject([{ allowed: true, reason: 'answered' }]);
    await using safe = await startGateway({ env: { HOTPLEX_POLICY_MODE: 'auto_allow_safe' } });
    const quick = await run(safe, 'ls', () => {});
    expect(quick.resolved).toMatchObject([{ allowed: true, by: null, reason: 'policy' }]);
    expect((await run(safe, 'rm -rf ~', allow)).resolved).toMatchObject([{ allowed: false }]);
  });

  test('[N10] the port that the system chose is the gateway’s own', async () => {
    const { asked } = await run(gateway, `curl ${gateway.url}/api/sessions`, allow);
    expect(asked?.policy).toMatchObject({ decision: 'deny', rule: 'N10' });
  });

  test('[P5] a changed input is refused like any other', async () => {
    const refused: string[] = [];
    const { resolved } = await run(gateway, 'ls', (client, { id }) => {
      const updatedInput = { command: 'rm -rf ~' };
      client.respondToPermission(id, { allowed: true, updatedInput }).catch((error: AepError) => {
        refused.push(error.code);
        void client.respondToPermission(id, { allowed: false });
      });
    });
    expect(refused).toEqual(['POLICY_DENIED']);
    expect(resolved).toMatchObject([{ allowed: false, reason: 'answered' }]);
  });
});

describe('hotplex audit', () => {
  const audit = (args: readonly string[]) =>
    runCli(['audit', ...args], {
      home: gateway.workDir,
      env: { HOTPLEX_DB_PATH: join(gateway.dataDir, 'hotplex.db') },
    });
  const records = async () => {
    const { out } = await audit(['export', '--jsonl']);
    return out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  };

  test('[L1] while the gateway runs it has every decision once, and is whole', async () => {
    const before = (await records()).length;
    await run(gateway, 'ls', allow);
    await run(gateway, 'rm -rf ~', allow);
    const decided = (await records()).slice(before).filter(({ action }) => action === 'permission');
    expect(decided).toMatchObject([
      { actor: expect.stringMatching(/^key:/), decision: 'allow', reason: 'answered', rules: ['none'] },
      { actor: null, decision: 'deny', reason: 'policy', rules: ['N1'] },
    ]);
    const { code, out } = await audit(['verify']);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringMatching(/is whole: \d+ records/) });
  });

  test('[L1] says what is wrong with one that was tampered with, and where it was cut off', async () => {
    const { out } = await audit(['verify']);
    const head = /head ([0-9a-f]{64})/.exec(out)?.[1] ?? '';
    expect(await audit(['verify', '--head', head])).toMatchObject({ code: 0 });
    await gateway.stop();
    const change = `
      const database = require('better-sqlite3')(process.argv[1]);
      database.exec('drop trigger if exists audit_is_not_changed; drop trigger if exists audit_is_not_removed');
      if (process.argv[2] === 'cut') database.exec('delete from audit where position = (select max(position) from audit)');
      if (process.argv[2] === 'change') database.exec("update audit set actor = 'somebody else' where position = 1");`;
    const tamper = (how: string) =>
      execFileSync(process.execPath, ['-e', change, join(gateway.dataDir, 'hotplex.db'), how], {
        cwd: new URL('../../apps/gateway', import.meta.url),
      });
    tamper('cut');
    expect(await audit(['verify'])).toMatchObject({ code: 0 });
    expect(await audit(['verify', '--head', head])).toMatchObject({
      ...{ code: 1, out: expect.stringContaining('it ends before') },
    });
    tamper('change');
    expect(await audit(['verify'])).toMatchObject({
      ...{ code: 1, out: expect.stringContaining('record 1 is not as it was written') },
    });
  });

  test.each([[[]], [['export']], [['tea']], [['verify', 'x']]])(
    '%j is told how it is called',
    async (args) => {
      const { code, err } = await audit(args);
      expect(code).toBe(2);
      expect(err).toMatch(/hotplex audit/);
    },
  );
});
