import type { AepClient } from '@hotplex/client-sdk';
import { closestTo } from '../../ground/edit-distance.ts';
import { plainLine } from '../terminal/plain-text.ts';

type SlashContext = {
  client: Pick<AepClient, 'command' | 'interrupt' | 'session'>;
  say(words: string): void;
  rename(title: string): Promise<void>;
  leave(): void;
};

type SlashCommand = {
  words?: string;
  purpose: string;
  run(context: SlashContext, rest: string): Promise<void> | void;
};

/** What can be asked of the chat itself, beside what the agent knows. */
export const slashCommands: Readonly<Record<string, SlashCommand>> = {
  help: {
    purpose: 'this',
    run: ({ say, client }) => say(helpText(client.session?.server_caps.commands ?? [])),
  },
  model: {
    words: '[ID]',
    purpose: 'which models there are, or take another one',
    async run({ client, say }, id) {
      if (id !== '') return client.command('set_model', id);
      const { models = [] } = client.session?.server_caps ?? {};
      say(
        models.map((model) => `  ${plainLine(model.id)}  ${plainLine(model.name ?? '')}`).join('\n') ||
          '  The agent names none.',
      );
    },
  },
  mode: {
    words: '[MODE]',
    purpose: 'which permission modes there are, or take another one',
    async run({ client, say }, mode) {
      if (mode !== '') return client.command('set_permission', mode);
      const { permission_modes: modes = [] } = client.session?.server_caps ?? {};
      say(`  ${modes.map((each) => plainLine(each)).join(', ') || 'The agent has none.'}`);
    },
  },
  stop: { purpose: 'stop the turn, as Ctrl+C does', run: ({ client }) => client.interrupt() },
  compact: { purpose: 'have the agent sum up what was said', run: ({ client }) => client.command('compact') },
  rename: {
    words: 'TITLE',
    purpose: 'give the session another title',
    run: ({ rename, say }, title) => (title === '' ? say('  /rename TITLE') : rename(title)),
  },
  session: {
    purpose: 'which session this is',
    run: ({ client, say }) => say(`  ${client.session?.session_id}`),
  },
  quit: { purpose: 'leave; the session stays. Also Ctrl+D', run: ({ leave }) => leave() },
};

/** What a line that begins with `/` asks of the chat; a sentence if it asks nothing of anybody, undefined if it is for the agent. */
export function readSlash(
  line: string,
  ofAgent: readonly string[],
): (SlashCommand & { rest: string }) | string | undefined {
  const [, name = '', rest = ''] = /^\/(\S*)\s*([\s\S]*)$/.exec(line) ?? [];
  const own = Object.hasOwn(slashCommands, name) ? slashCommands[name] : undefined;
  if (own) return { ...own, rest };
  if (ofAgent.some((known) => known.replace(/^\//, '') === name)) return undefined;
  // A path is something to talk about.
  if (name.includes('/')) return undefined;
  const close = closestTo(name, [...Object.keys(slashCommands), ...ofAgent]);
  return `There is no /${plainLine(name)}${close === undefined ? '' : `; did you mean /${plainLine(close)}?`}: see /help.`;
}

function helpText(ofAgent: readonly { name: string; description?: string | undefined }[]): string {
  const own = Object.entries(slashCommands).map(
    ([name, { words = '', purpose }]) => [`/${name} ${words}`, purpose] as const,
  );
  const theirs = ofAgent.map(
    ({ name, description = '' }) => [`/${name.replace(/^\//, '')}`, description] as const,
  );
  return [...own, ...theirs]
    .map(([call, purpose]) => `  ${plainLine(call).padEnd(16)} ${plainLine(purpose)}`)
    .join('\n');
}
