// How much later the first word of a turn comes because the work dir is looked at: `node apps/gateway/bench/snapshot-cost.ts [FILES]`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AepClient } from '@hotplex/client-sdk';
import { apiKey, startGateway } from '../../../tests/support/start-gateway.ts';

const files = Number(process.argv[2] ?? 1_000);
const turns = 40;

/** Milliseconds from each prompt to its first word, in a session whose agent is hot. */
async function firstWords(enabled: boolean): Promise<number[]> {
  await using gateway = await startGateway({ env: { HOTPLEX_SNAPSHOTS_ENABLED: String(enabled) } });
  for (let at = 0; at < files; at++) {
    const folder = join(gateway.workDir, `d${at % 50}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${at}.txt`), `${at}\n`.repeat(200));
  }
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey });
  await client.connect();
  await client.prompt('pid').done;
  const times: number[] = [];
  for (let at = 0; at < turns; at++) {
    const began = performance.now();
    const turn = client.prompt('pid');
    for await (const { event } of turn) {
      if (event.type !== 'message.delta') continue;
      times.push(performance.now() - began);
      break;
    }
    await turn.done;
  }
  return times.sort((a, b) => a - b);
}

for (const enabled of [false, true, false, true]) {
  const times = await firstWords(enabled);
  const at = (part: number) => times[Math.floor(times.length * part)]?.toFixed(1);
  console.log(
    `snapshots ${enabled ? 'on ' : 'off'}: 10 % ${at(0.1)} ms, median ${at(0.5)} ms, 90 % ${at(0.9)} ms of ${times.length} turns`,
  );
}
