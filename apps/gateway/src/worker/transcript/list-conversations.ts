import type { TerminalConversation } from '../terminal-conversations.ts';
import { newestFiles, type TranscriptFile } from './newest-files.ts';

/** The conversations of a folder, newest first, as far as `describe` knows what to say of their files; at most `most`. */
export async function listConversations(
  folder: string,
  most: number,
  describe: (file: TranscriptFile) => Promise<TerminalConversation | undefined>,
): Promise<TerminalConversation[]> {
  const found: TerminalConversation[] = [];
  for (const file of await newestFiles(folder)) {
    if (found.length === most) break;
    // What cannot be read is not one of them.
    const conversation = await describe(file).catch(() => undefined);
    if (conversation) found.push(conversation);
  }
  return found;
}
