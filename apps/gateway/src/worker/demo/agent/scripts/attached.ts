import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { DemoPart } from '../../messages.ts';
import type { Script } from '../script.ts';

/** As the gateway writes down where a file lies that came with a prompt. */
const placed = /^Attached file (".*?") \(.*\), to be read only: (.+)$/;

/** What it says is worked out from the bytes it has, so that whoever sent them knows that they arrived. */
export const attached: Script = {
  keyword: 'attached',
  shows: 'what came with your message: pictures and files',
  async play(turn) {
    const lines = await Promise.all(turn.parts.map(describe));
    await turn.say(lines.length === 0 ? 'Nothing came with your message.' : lines.join('\n'));
  },
};

async function describe(part: DemoPart): Promise<string> {
  if (part.type === 'picture')
    return `- a picture, ${part.media_type}, ${measure(Buffer.from(part.data, 'base64'))}`;
  const [, name, path] = placed.exec(part.text) ?? [];
  if (path === undefined) return `- ${part.text}`;
  try {
    return `- the file ${name}, ${measure(await readFile(path))}`;
  } catch (error) {
    return `- the file ${name}, which I cannot read: ${error}`;
  }
}

function measure(bytes: Buffer): string {
  return `${bytes.length} bytes, SHA-256 ${createHash('sha256').update(bytes).digest('hex')}`;
}
