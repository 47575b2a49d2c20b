// acpx as far as one session needs it. A prompt `endless` ends, and `cancel` answers, once its file is there.
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const { FAKE_ACPX: folder = '' } = process.env;
const args = process.argv.slice(2);
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

/** Resolves once this file is in the folder. */
const file = (name) =>
  new Promise((resolve) => {
    const watcher = watch(folder, look);
    function look() {
      if (!existsSync(join(folder, name))) return;
      watcher.close();
      resolve();
    }
    look();
  });

if (args.includes('__queue-owner')) {
  await new Promise(() => setInterval(() => {}, 60_000));
} else if (args.includes('sessions')) {
  say({ action: 'session_ensured', acpxRecordId: 'record' });
} else if (args.includes('cancel')) {
  await file('cancelled');
  say({ action: 'cancel_result', cancelled: false });
} else if (args.includes('prompt')) {
  const words = await text(process.stdin);
  say({ jsonrpc: '2.0', id: 1, method: 'session/prompt', params: {} });
  if (words.includes('endless')) await file('ended');
  say({ jsonrpc: '2.0', id: 1, result: { stopReason: 'end_turn' } });
}
