import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'vitest';
import { openSnapshots } from './open-snapshots.ts';

const path = fc.constantFrom('a', 'b', 'c', 'd/a', 'd/b', 'd/e/a', 'f', 'f/a');
const content = fc.constantFrom('', 'one\n', 'one\ntwo\n', 'x'.repeat(50));
const edit = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), path, content }),
  fc.record({ kind: fc.constant('remove' as const), path }),
);
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

/** Every file of a folder, by its path. */
function filesOf(folder: string, below = ''): Record<string, string> {
  return Object.assign(
    {},
    ...readdirSync(join(folder, below)).map((name) => {
      const at = below === '' ? name : `${below}/${name}`;
      if (statSync(join(folder, at)).isDirectory()) return filesOf(folder, at);
      return { [at]: readFileSync(join(folder, at), 'utf8') };
    }),
  );
}

test('whatever is done to the files, going back to a turn brings back exactly what was there', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(edit, { maxLength: 6 }), { minLength: 1, maxLength: 4 }),
      fc.nat(),
      async (turns, pick) => {
        const { seen, session, snapshots, start, turn, workDir, write, remove } = openSnapshots();
        const apply = (each: Edit) => {
          const { path: at } = each;
          const [folder = ''] = at.split('/');
          // A file may stand where a folder is to be, and the other way round.
          if (existsSync(join(workDir, folder)) && !statSync(join(workDir, folder)).isDirectory())
            remove(folder);
          if (existsSync(join(workDir, at))) remove(at);
          if (each.kind === 'write') write(at, each.content);
        };
        await start();
        const before: Record<string, string>[] = [];
        for (const [index, edits] of turns.entries()) {
          before.push(filesOf(workDir));
          await turn(`turn_${index}`, () => edits.forEach(apply));
        }
        const last = filesOf(workDir);
        const to = pick % turns.length;
        const { left, undo, state } = await snapshots.revert(session, {
          ...{ to: `turn_${to}`, seen: await seen() },
        });
        const found = filesOf(workDir);
        if (left.length > 0) throw new Error(`left: ${JSON.stringify(left)}`);
        const same = (a: object, b: object) =>
          JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
        if (!same(found, before[to] ?? {}))
          throw new Error(`${JSON.stringify(found)} is not ${JSON.stringify(before[to])}`);
        await snapshots.revert(session, { to: undo, seen: state });
        if (!same(filesOf(workDir), last)) throw new Error('undone, it is not as it was');
      },
    ),
    { numRuns: 40 },
  );
});
