import type { Script } from '../script.ts';
import { editForReal } from './edit-for-real.ts';

const path = 'src/kettle.ts';
const before = `export function boil(water: Water): Water {
  if (water.celsius >= 100) return water;
  return boil({ ...water, celsius: water.celsius + 1 });
}
`;
const after = `/** Heats the water until it boils. */
export function boil(water: Water): Water {
  return { ...water, celsius: Math.max(water.celsius, 100) };
}
`;
const diff = [{ path, old_text: before, new_text: after }];

/** A path that is asked for, and the line to add; a word alone is no path. */
const asked = /^(\S*[./]\S*)(?:\s+(.*))?$/s;

export const edit: Script = {
  keyword: 'edit',
  shows: 'a file edit with its diff; `edit notes.txt some words` asks, and adds a line to a real file',
  async play(turn, rest) {
    const [, file, line = 'One more line.'] = asked.exec(rest) ?? [];
    if (file !== undefined) return editForReal(turn, { path: file, line });
    const read = turn.callTool({
      name: 'read_file',
      kind: 'read',
      title: `Read ${path}`,
      input: { path },
      path,
    });
    await turn.pause(500);
    read.end({ output: before });
    await turn.say('The recursion is not needed; I make it a single step.');
    const write = turn.callTool({
      name: 'edit_file',
      kind: 'edit',
      title: `Edit ${path}`,
      input: { path, old_text: before, new_text: after },
      path,
      diff,
    });
    await turn.pause(800);
    write.end({ output: `Edited ${path}.`, diff });
    await turn.say(`Done: \`${path}\` is shorter now. (The file is made up.)`);
  },
};
