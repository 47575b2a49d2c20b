import { open } from 'node:fs/promises';
import { longestIgnoreText } from './ignore-rules.ts';
import { asFile } from './real-folder.ts';

/** What a `.gitignore` says; nothing if it is a link, no plain file, or longer than anybody writes one. */
export async function readIgnoreFile(path: string): Promise<string> {
  const handle = await open(path, asFile).catch(() => undefined);
  if (!handle) return '';
  try {
    const stats = await handle.stat();
    return stats.isFile() && stats.size <= longestIgnoreText ? await handle.readFile('utf8') : '';
  } catch {
    return '';
  } finally {
    await handle.close();
  }
}
