import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createNewcomer, shellBlocks } from '../support/newcomer.ts';
import { freePort } from '../support/operators.ts';
import { main } from '../support/run-cli.ts';

const pageText = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

test('docs/operations.md, word for word', async () => {
  using somebody = createNewcomer({ url: '' });
  const { folder } = somebody;
  const [bin, backups] = [join(folder, 'bin'), join(folder, 'backups')];
  for (const each of [bin, backups]) mkdirSync(each);
  const hotplex = join(bin, 'hotplex');
  writeFileSync(hotplex, `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`);
  chmodSync(hotplex, 0o755);
  // Other ports: this machine may have a gateway.
  const operators = `127.0.0.1:${await freePort()}`;
  const env = {
    ...{ PATH: `${bin}:${somebody.env.PATH}`, DEMO_PACE: '0', HOTPLEX_AGENT: 'demo' },
    ...{ HOTPLEX_GATEWAY_ADDR: '127.0.0.1:0', HOTPLEX_ADMIN_ADDR: operators },
    ...{ HOTPLEX_WORKER_ISOLATION: 'process', HOTPLEX_GATEWAY_DRAIN_TIMEOUT: '1s' },
  };
  const page = (heading: string) => {
    const blocks = shellBlocks('operations.md', heading);
    expect(blocks, heading).not.toEqual([]);
    return blocks.map((lines) =>
      lines.replaceAll('127.0.0.1:9999', operators).replaceAll('/backups', backups),
    );
  };
  const [backup = '', restore = ''] = page('Backup and restore');
  // One shell, as somebody has who reads the page with the product open.
  const lines = [
    ...page('In the background'),
    'hotplex gateway start -d',
    'ID=$(hotplex run --json "remember the milk" | sed \'s/.*"session_id":"\\([^"]*\\).*/\\1/\') WHO=local',
    "HEAD=$(hotplex audit verify | grep -o '[0-9a-f]\\{64\\}')",
    ...page('Who did what'),
    ...page('Changing the configuration'),
    backup,
    ...page("The operators' port"),
    ...page('When something is wrong'),
    'echo "there: $(ls -Am ~/.hotplex/data | tr "\\n" " ")"',
    'echo "left: $(hotplex sessions list --json)"',
    restore,
    'echo "restored: $(hotplex sessions list --json)"',
    'hotplex run --session "$ID" recall',
    ...page('Updating, and what happens to agents'),
    'echo "ended: $(hotplex gateway status || echo $?)"',
  ].join('\n');
  const stop = () => somebody.type('hotplex gateway stop --now', { env });
  const printed = await somebody.type(lines, { env }).finally(stop);
  for (const words of [
    /Its log is .*gateway\.log/,
    /the audit log is whole: \d+ records/,
    /hotplex-\d{4}-\d\d-\d\d\.db: \d+ bytes, checked/,
    /"debug":\{"available":true,"has_worker":true/,
    /"by":"user","usage":\[\{"day":"[^"]+","name":"local","turns":1,/,
    /local is signed out everywhere/,
    /^hotplex_[0-9a-f]{12}_/m,
    /^left: \[\]$/m,
    /^restored: .*"title":"remember the milk"/m,
    /You asked me to remember:\s+- the milk/,
    /"status":"draining","running_turns":0/,
    /^ended: No gateway runs\.\n3$/m,
  ])
    expect(printed).toMatch(words);
  const [places = ''] = /^\| file \| what \|\n[\s\S]*?\n\n/m.exec(pageText) ?? [];
  const files = /^there: (.*)$/m.exec(printed)?.[1]?.split(', ') ?? [];
  for (const file of files) expect(places).toContain(`\`${file.trim().replace(/^hotplex\.db(?=-)/, '')}`);
}, 240_000);
