import { readFileSync } from 'node:fs';
import type { InputPart } from '@hotplex/aep-protocol';
import type { FileRecord } from '../files/session-files.ts';
import type { SessionRecord } from '../store/store.ts';
import type { SessionOptions } from './session-options.ts';

type Where = Pick<SessionRecord, 'id' | 'workDir'>;
type Parts = readonly InputPart[];
type Options = Pick<SessionOptions, 'files' | 'definition'>;

/** Bytes; base64 makes five megabytes of it, which is what models take of one picture. */
const largestPicture = 3_750_000;

/**
 * Puts what a prompt names, and its agent cannot take as a picture, where that agent can read it. Throws INVALID_MESSAGE
 * for a file that this session does not have.
 */
export function placeAttachments(parts: Parts, { id, workDir }: Where, { files, definition }: Options): void {
  for (const part of parts) {
    if (part.type !== 'file') continue;
    const place = { sessionId: id, fileId: part.file_id };
    const file = files.find(place);
    if (!file || !isPicture(file, definition)) files.place(place, workDir);
  }
}

/** The parts of a prompt as agents know them: pictures as such, all other files by the path of their copy. Never throws. */
export function toAgentParts(
  parts: Parts,
  { id, workDir }: Where,
  { files, definition }: Options,
): InputPart[] {
  return parts.map((part) => {
    if (part.type !== 'file') return part;
    const place = { sessionId: id, fileId: part.file_id };
    const file = files.find(place);
    try {
      if (!file) throw new Error('removed');
      const { mediaType, name } = file;
      if (isPicture(file, definition)) {
        const data = readFileSync(files.contentPath(place)).toString('base64');
        return { type: 'image', media_type: mediaType, data, name };
      }
      // It waited perhaps, and the agent may have changed the copy meanwhile.
      return { type: 'text', text: describe(file, files.place(place, workDir)) };
    } catch {
      const name = JSON.stringify(file?.name ?? part.name ?? part.file_id);
      return { type: 'text', text: `The attached file ${name} is not there any more.` };
    }
  });
}

function describe({ name, mediaType, size }: FileRecord, path: string): string {
  return `Attached file ${JSON.stringify(name)} (${mediaType}, ${size} bytes), to be read only: ${path}`;
}

function isPicture({ mediaType, size }: FileRecord, { capabilities }: Options['definition']): boolean {
  const takesPictures = capabilities.modalities.includes('image');
  return takesPictures && mediaType.startsWith('image/') && size <= largestPicture;
}
