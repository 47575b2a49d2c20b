import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { cwd } from 'node:process';
import type { Turn } from '../turn.ts';

/** Adds a line to a file of the work dir, which is made if it is not there. */
export async function editForReal(
  turn: Turn,
  { path, words }: { path: string; words: string },
): Promise<void> {
  const place = resolve(cwd(), path);
  const rest = relative(cwd(), place);
  if (rest === '' || rest.startsWith('..') || isAbsolute(rest))
    return void (await turn.say(`\`${path}\` is not in the folder I work in; I leave it alone.`));
  const before = await readFile(place, 'utf8').catch(() => null);
  const after = `${before ?? ''}${words}\n`;
  const diff = [{ path, old_text: before, new_text: after }];
  const input = { path, old_text: before ?? '', new_text: after };
  const start = { name: 'edit_file', kind: 'edit', title: `Edit ${path}` } as const;
  const write = turn.callTool({ ...start, input, path, diff });
  await turn.pause(800);
  try {
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, after);
  } catch (error) {
    write.end({ output: String(error), error: String(error) });
    return void (await turn.say(`I could not write \`${path}\`.`));
  }
  write.end({ output: `Edited ${path}.`, diff });
  await turn.say(`Done: \`${path}\` has one more line.`);
}
