import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/*
 * Loaded before a runner in TypeScript (`node --import`), it changes one place of one file while that is read:
 * MUTATION={"file": "…/client.ts", "from": "…", "to": "…"}. A kit that does not notice is not worth its name.
 */

const { file, from, to } = JSON.parse(process.env.MUTATION ?? '{}') as Record<'file' | 'from' | 'to', string>;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.startsWith('file:') || !fileURLToPath(url).endsWith(file)) return loaded;
    const source = readFileSync(new URL(url), 'utf8');
    if (source.split(from).length !== 2) throw new Error(`${file} does not have this once: ${from}`);
    return { ...loaded, source: source.replace(from, () => to) };
  },
});
