import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { InputPart } from '@hotplex/aep-protocol';
import { expect, test } from 'vitest';
import { configSchema } from '../../src/config-schema.ts';
import { systemClock as clock } from '../../src/ground/clock.ts';
import { createIds } from '../../src/ground/ids.ts';
import type { ProcessOptions } from '../../src/process/child-process.ts';
import { createSpawnProcess } from '../../src/process/spawn-process.ts';
import { placeAttachments, toAgentParts } from '../../src/session/attachments.ts';
import { toPromptContent } from '../../src/worker/acp-session/prompt-content.ts';
import { promptLine } from '../../src/worker/claude-code/outgoing.ts';
import { toRequest } from '../../src/worker/demo/to-request.ts';
import { toPromptParts } from '../../src/worker/opencode-server/prompt-parts.ts';
import { promptCommand } from '../../src/worker/pi/outgoing.ts';
import { toPromptText } from '../../src/worker/prompt-text.ts';
import type { WorkerInput } from '../../src/worker/worker.ts';
import { createWorkers } from '../../src/workers.ts';
import { RecordedWorker } from '../contracts/recorded-worker.ts';
import { openFiles, png } from '../files/open-files.ts';
import { temporaryFolder } from '../store/support/temporary-folder.ts';

/** How each adapter says a prompt to its agent; and in which words it gives it a picture, if it can. */
const adapters: Record<string, { say(input: WorkerInput): unknown; picture?: (data: string) => object }> = {
  claude_code: {
    say: (input) => JSON.parse(promptLine('id', input)),
    picture: (data) => ({ type: 'image', source: { type: 'base64', media_type: 'image/png', data } }),
  },
  opencode_server: {
    say: toPromptParts,
    picture: (data) => ({
      ...{ type: 'file', mime: 'image/png', filename: 'cat.png', url: `data:image/png;base64,${data}` },
    }),
  },
  opencode_cli: { say: toPromptText },
  pi: {
    say: (input) => promptCommand(input, 'steer'),
    picture: (data) => ({ type: 'image', data, mimeType: 'image/png' }),
  },
  acp: { say: toPromptContent },
  acpx: { say: toPromptContent },
  demo: { say: toRequest, picture: (data) => ({ type: 'picture', media_type: 'image/png', data }) },
};

/** The workers as the gateway makes them, with programs that do nothing; what would have been started is kept. */
function openWorkers(folder: string) {
  const spawned: ProcessOptions[] = [];
  const spawn = createSpawnProcess({ clock });
  const command = '/bin/true';
  const { definitions, find } = createWorkers({
    config: configSchema.parse({
      worker: { claude_code: { command }, opencode: { command }, pi: { command } },
    }),
    ...{ clock, ids: createIds(), stateDir: folder, lasting: true },
    environment: { HOME: folder, PATH: '/usr/bin:/bin' },
    spawn: () => (options, listener) => {
      spawned.push(options);
      return spawn({ ...options, file: command, args: [] }, listener);
    },
  });
  return { definitions, find, spawned };
}

/** A prompt of a session that was given a picture and a text. */
async function attach(type: string) {
  const { files, give, root } = openFiles();
  const { find } = openWorkers(root);
  const { definition } = find(type);
  const workDir = join(root, 'work');
  mkdirSync(workDir);
  const [picture, notes] = [await give(png, 'cat.png'), await give('the tea is in the pot', 'notes.txt')];
  const named: InputPart[] = [picture, notes].map(({ id, name }) => ({ type: 'file', file_id: id, name }));
  const where = { id: 's', workDir };
  placeAttachments(named, where, { files, definition });
  const parts = toAgentParts(named, where, { files, definition });
  const pathOf = ({ id, name }: { id: string; name: string }) =>
    join(workDir, '.hotplex', 'attachments', 's', id, name);
  return { parts, definition, picturePath: pathOf(picture), notesPath: pathOf(notes) };
}

test('[F4] every adapter is in the table', () => {
  const { definitions } = openWorkers(temporaryFolder());
  expect(definitions.map(({ type }) => type).sort()).toEqual(Object.keys(adapters).sort());
});

test.each(Object.entries(adapters))(
  '[F4] %s is given a file by the path of a copy that it can only read',
  async (type, { say }) => {
    const { parts, notesPath } = await attach(type);
    const said = JSON.stringify(say({ inputId: 'id', content: 'What is attached?', parts }));
    expect(said).toContain('What is attached?');
    expect(said).toContain(`(text/plain, 21 bytes), to be read only: ${notesPath}`);
    expect(readFileSync(notesPath, 'utf8')).toBe('the tea is in the pot');
    expect(statSync(notesPath).mode & 0o777).toBe(0o400);
  },
);

test.each(Object.entries(adapters))(
  '[F4] %s is given a picture as its agent takes it, or else as a file',
  async (type, { say, picture }) => {
    const { parts, definition, picturePath } = await attach(type);
    const said = JSON.stringify(say({ inputId: 'id', content: 'What is attached?', parts }));
    expect(definition.capabilities.modalities.includes('image')).toBe(picture !== undefined);
    if (picture) expect(said).toContain(JSON.stringify(picture(png.toString('base64'))));
    else {
      expect(said).toContain(`(image/png, ${png.length} bytes), to be read only: ${picturePath}`);
      expect(readFileSync(picturePath)).toEqual(png);
    }
  },
);

test('[F4] opencode_cli reads of its files on its standard input', async () => {
  const folder = temporaryFolder();
  const { find, spawned } = openWorkers(folder);
  await using worker = new RecordedWorker(find('opencode_cli').definition, { workDir: folder });
  worker.prompt('What is attached?', [{ type: 'text', text: 'Attached file "notes.txt"' }]);
  expect(spawned.at(-1)?.stdin).toBe('What is attached?\n\nAttached file "notes.txt"');
});
