import type { TerminalConversation, TerminalConversations } from '../terminal-conversations.ts';
import { listConversations } from '../transcript/list-conversations.ts';
import { newestFiles, type TranscriptFile } from '../transcript/newest-files.ts';
import { readJsonLines } from '../transcript/read-json-lines.ts';
import { readRecords } from '../transcript/read-records.ts';
import { toPastTurns } from './past-turns.ts';
import { toSessionFolder } from './session-folder.ts';
import { promptOf, transcriptEntry } from './transcript-entry.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** So many bytes of a conversation are looked at for its first prompt. */
const lookAhead = 1_048_576;

/** The conversations that Pi keeps in files of its own folder (observed with 1.5.2), named `<time>_<id>.jsonl`. */
export function createPiConversations(environment: Environment): TerminalConversations {
  const folderOf = (workDir: string) =>
    toSessionFolder(environment, workDir) ?? environment.PI_CODING_AGENT_SESSION_DIR ?? '';
  return {
    list: (workDir, most) => listConversations(folderOf(workDir), most, (file) => describe(file, workDir)),
    async read(workDir, id) {
      const files = await newestFiles(folderOf(workDir));
      const file = files.find(({ name }) => idOf(name) === id);
      const entries = file && (await readRecords(file.path, transcriptEntry));
      if (entries?.[0]?.cwd !== workDir) return undefined;
      return toPastTurns(entries, { workDir, id });
    },
  };
}

const idOf = (name: string) => name.slice(name.indexOf('_') + 1, -'.jsonl'.length);

/** Undefined for one of another work dir, and one in which nobody said anything. */
async function describe(
  { name, path, updatedAt }: TranscriptFile,
  workDir: string,
): Promise<TerminalConversation | undefined> {
  let isHere = false;
  for await (const line of readJsonLines(path, lookAhead)) {
    const entry = transcriptEntry.safeParse(line).data;
    isHere ||= entry?.cwd === workDir;
    if (!entry || !isHere) return undefined;
    const about = promptOf(entry);
    if (about !== undefined) return { id: idOf(name), about, updatedAt };
  }
  return undefined;
}
