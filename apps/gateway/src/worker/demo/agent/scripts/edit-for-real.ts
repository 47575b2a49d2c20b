import { existsSync } from 'node:fs';
import { cwd } from 'node:process';
import type { Turn } from '../turn.ts';
import { findInWorkDir, openForMore } from '../work-dir-file.ts';

const tool = 'edit_file';

/** Adds a line to a file of the work dir, which is made if it is not there, once a person allowed just that. */
export async function editForReal(turn: Turn, asked: { path: string; line: string }): Promise<void> {
  if ((await findInWorkDir(asked.path, cwd())) === undefined)
    return void (await turn.say(`\`${asked.path}\` is not in the folder I work in; I leave it alone.`));
  const title = `Edit ${asked.path}`;
  const call = turn.callTool({ name: tool, kind: 'edit', title, input: asked, path: asked.path });
  const description = 'Add a line to a file';
  const answer = await turn.askPermission({ tool, call: call.id, description, input: asked, once: true });
  if (answer.allow === 'no') {
    const reason = answer.reason || 'you said no';
    call.end({ output: `Denied: ${reason}`, denied: true, error: `Denied: ${reason}` });
    return void (await turn.say(`I did not write it: ${reason}.`));
  }
  const { path = asked.path, line = asked.line } = { ...answer.input };
  await turn.pause(800);
  try {
    if (typeof path !== 'string' || typeof line !== 'string') throw new Error('path and line must be words');
    const diff = await addLine(path, line);
    call.end({ output: `Edited ${path}.`, diff: [diff] });
  } catch (error) {
    call.end({ output: String(error), error: String(error) });
    return void (await turn.say(`I could not write \`${path}\`.`));
  }
  await turn.say(`Done: \`${path}\` has one more line.`);
}

/** Throws if that is not in the work dir, or cannot be written. */
async function addLine(path: string, line: string) {
  const place = await findInWorkDir(path, cwd());
  if (place === undefined) throw new Error(`${path} is not in the folder I work in`);
  const isNew = !existsSync(place);
  // NOTE: `await using` is not known to Node 22, which runs this file as it is.
  const file = await openForMore(place, cwd());
  try {
    const before = await file.readFile('utf8');
    await file.appendFile(`${line}\n`);
    return { path, old_text: isNew ? null : before, new_text: `${before}${line}\n` };
  } finally {
    await file.close();
  }
}
