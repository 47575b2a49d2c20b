import { floodPiece } from './flood-text.ts';
import { Failed, type Stage } from './stage.ts';

/** What outlives a turn: kept in a file, so that a killed demo remembers. */
export type Memory = { words: string | undefined; allowedForSession: boolean };

export type SceneContext = {
  stage: Stage;
  prompt: string;
  memory: Memory;
  remember(memory: Memory): void;
  pid: number;
};

/** A scene returns the code and message of its error, if it ends in one. */
type Scene = {
  shows: string;
  play(context: SceneContext): Promise<{ code: string; message: string } | undefined>;
};

const sample = `## What a table looks like

| agent | hot | cold |
|---|---|---|
| one | 40 ms | 700 ms |
| two | 20 ms | 900 ms |

1. Lists work,
2. and so does **bold**, *italic* and \`inline code\`.

\`\`\`typescript
export function greet(name: string): string {
  return \`Hello, \${name}!\`;
}
\`\`\`
`;

export const scenes: Readonly<Record<string, Scene>> = {
  markdown: {
    shows: 'formatted text with a table, a list and highlighted code',
    play: async ({ stage }) => void (await stage.say(sample)),
  },
  think: {
    shows: 'reasoning before the answer',
    async play({ stage }) {
      await stage.think(
        'Somebody wants to see how thinking looks. I will think for a moment, and then answer.',
      );
      await stage.say('That was my reasoning; you can fold it away.');
    },
  },
  tool: {
    shows: 'a tool whose output streams in, with colours',
    async play({ stage }) {
      const id = stage.call('Bash', { command: 'npm test' }, { kind: 'execute', title: 'npm test' });
      const lines = [
        '\u001b[1mrunning 3 tests\u001b[0m',
        '\u001b[32m✓\u001b[0m adds',
        '\u001b[32m✓\u001b[0m subtracts',
        '\u001b[31m✗\u001b[0m divides by zero',
      ];
      for (const line of lines) {
        stage.tell('tool_update', { id, output_delta: `${line}\n`, status: 'running' });
        await stage.pause(250);
      }
      stage.tell('tool_result', { id, output: `${lines.join('\n')}\n` });
      await stage.say('Two tests pass and one fails. Nothing was really run: this is a demo.');
    },
  },
  edit: {
    shows: 'a changed file as a diff',
    async play({ stage }) {
      const diff = [
        {
          path: 'src/greet.ts',
          old_text: "export const greeting = 'Hi';\n",
          new_text: "export const greeting = 'Hello';\nexport const farewell = 'Bye';\n",
        },
      ];
      const id = stage.call(
        'Edit',
        { file_path: 'src/greet.ts' },
        { kind: 'edit', title: 'src/greet.ts', locations: [{ path: 'src/greet.ts', line: 1 }], diff },
      );
      await stage.pause(300);
      stage.tell('tool_result', { id, output: 'The file was changed.', diff });
      await stage.say('I changed the greeting. No file was touched: this is a demo.');
    },
  },
  permission: {
    shows: 'a tool that asks before it runs',
    async play({ stage, memory, remember }) {
      const input = { command: 'touch made-by-the-demo.txt', description: 'Make a file' };
      const id = stage.call('Bash', input, { kind: 'execute', title: input.command, status: 'pending' });
      const options = [
        { id: 'allow_once', label: 'Allow once', kind: 'allow_once' },
        { id: 'allow_session', label: 'Allow for this session', kind: 'allow_always' },
        { id: 'deny', label: 'Deny', kind: 'reject_once' },
      ];
      const request = {
        tool_name: 'Bash',
        description: input.description,
        args: [JSON.stringify(input)],
        input_raw: input,
        tool_call_id: id,
        options,
      };
      const remembered = { id, allowed: true, optionId: 'allow_session', reason: '' };
      const answer = memory.allowedForSession ? remembered : await stage.ask('permission_request', request);
      if (answer.allowed !== true) {
        const reason =
          typeof answer.reason === 'string' && answer.reason !== '' ? answer.reason : 'you said no';
        stage.tell('tool_result', {
          id,
          output: `Denied: ${reason}`,
          error: `Denied: ${reason}`,
          denied: true,
        });
        await stage.say(`I did not run it: ${reason}.`);
        return;
      }
      if (answer.optionId === 'allow_session') remember({ ...memory, allowedForSession: true });
      await stage.pause(200);
      stage.tell('tool_result', { id, output: 'done' });
      await stage.say('You allowed it, so it would have run.');
    },
  },
  question: {
    shows: 'questions with choices',
    async play({ stage }) {
      const questions = [
        {
          question: 'Which colour should the button have?',
          header: 'Colour',
          options: [
            { label: 'Red', description: 'Loud' },
            { label: 'Blue', description: 'Calm' },
          ],
          multi_select: false,
        },
        {
          question: 'Which fruits do you like?',
          header: 'Fruits',
          options: [{ label: 'Apple' }, { label: 'Pear' }, { label: 'Plum' }],
          multi_select: true,
        },
      ];
      const { answers } = await stage.ask('question_request', { questions });
      await stage.say(
        answers
          ? `You chose: ${Object.values(answers as Record<string, string | string[]>)
              .flat()
              .join(', ')}.`
          : 'You skipped the questions.',
      );
    },
  },
  form: {
    shows: 'a form that an MCP server asks to be filled in',
    async play({ stage }) {
      const requested_schema = {
        type: 'object',
        properties: {
          name: { type: 'string', title: 'Your name' },
          newsletter: { type: 'boolean', title: 'Newsletter' },
        },
        required: ['name'],
      };
      const { action } = await stage.ask('elicitation_request', {
        mcp_server_name: 'demo',
        message: 'Who are you?',
        requested_schema,
      });
      await stage.say(action === 'accept' ? 'Thank you.' : 'You would rather not say.');
    },
  },
  plan: {
    shows: 'a list of things to do that is worked off',
    async play({ stage }) {
      const steps = ['Look at the code', 'Write a test', 'Make it pass'];
      for (let done = 0; done <= steps.length; done++) {
        const status = (index: number) =>
          index < done ? 'completed' : index === done ? 'in_progress' : 'pending';
        stage.tell('plan', { entries: steps.map((content, index) => ({ content, status: status(index) })) });
        await stage.pause(500);
      }
      await stage.say('All three are done.');
    },
  },
  agent: {
    shows: 'a sub-agent with work of its own',
    async play({ stage }) {
      const id = stage.call('Agent', { description: 'Look around' }, { kind: 'agent', title: 'Look around' });
      await stage.say('I am the sub-agent and look at the files.', { parent: id });
      const inner = stage.call(
        'Read',
        { file_path: 'README.md' },
        { kind: 'read', title: 'README.md', parent_id: id },
      );
      await stage.pause(200);
      stage.tell('tool_result', { id: inner, output: '# A project', parent_id: id });
      stage.tell('tool_result', { id, output: 'There is a README.' });
      await stage.say('My sub-agent found a README.');
    },
  },
  retry: {
    shows: 'a notice while the model is overloaded',
    async play({ stage }) {
      stage.tell('worker.notice', {
        kind: 'retry',
        message: 'The model is overloaded; trying again in 1 s (1 of 10).',
        details: { attempt: 1 },
      });
      await stage.pause(1_000);
      await stage.say('Now it worked.');
    },
  },
  retract: {
    shows: 'text that is taken back',
    async play({ stage }) {
      const id = await stage.say('This sentence will be taken back.');
      stage.tell('message.retract', { message_ids: [id], reason: 'the model started over' });
      await stage.say('This one stays.');
    },
  },
  error: {
    shows: 'a turn that fails',
    async play({ stage }) {
      await stage.say('This turn will fail now.');
      throw new Failed(
        'WORKER_TIMEOUT',
        'The demo’s made-up model did not answer; send another prompt to go on.',
      );
    },
  },
  slow: {
    shows: 'a slow answer that you can stop, or steer by sending more',
    async play({ stage }) {
      for (let line = 1; line <= 40; line++) {
        await stage.say(`Line ${line} of a slow answer. `, { wordMs: 90 });
        for (const words of stage.steered.splice(0)) await stage.say(`You added: ${words}. `);
      }
    },
  },
  huge: {
    shows: 'two megabytes of text',
    play: async ({ stage }) => void (await stage.say(`${'x'.repeat(99)}\n`.repeat(20_000))),
  },
  flood: {
    shows: 'many small pieces as fast as possible (flood 5000)',
    async play({ stage, prompt }) {
      const count = Math.min(1_000_000, Number(/\d+/.exec(prompt)?.[0] ?? 1_000));
      const id = stage.id('flood');
      stage.tell('message.start', { id, role: 'assistant', content_type: 'text' });
      for (let index = 0; index < count; index++) {
        stage.tell('message.delta', { message_id: id, content: floodPiece(index) });
        if (index % 100 === 99) await new Promise((resolve) => setImmediate(resolve));
      }
      stage.tell('message.end', { message_id: id });
    },
  },
  remember: {
    shows: 'memory: say "remember" and something, then "recall", also after the process was killed',
    async play({ stage, prompt, memory, remember }) {
      const words = prompt.replace(/^.*?remember\s*/is, '').trim();
      remember({ ...memory, words });
      await stage.say(`I will remember ${JSON.stringify(words)}.`);
    },
  },
  recall: {
    shows: 'what it was told to remember',
    play: async ({ stage, memory }) =>
      void (await stage.say(
        memory.words === undefined ? 'I was told nothing.' : `You told me: ${memory.words}`,
      )),
  },
  pid: {
    shows: 'the number of the agent’s process',
    play: async ({ stage, pid }) => void (await stage.say(`My process is ${pid}.`)),
  },
  crash: {
    shows: 'an agent that crashes; the next prompt brings it back',
    async play({ stage }) {
      await stage.say('Something goes very wrong now.');
      process.stderr.write('demo-agent: made-up failure, as you asked\n');
      process.exit(3);
    },
  },
};

/** The scene a prompt asks for: its first word that names one. */
export function findScene(prompt: string): Scene {
  const word = prompt
    .toLowerCase()
    .match(/[a-z]+/g)
    ?.find((name) => Object.hasOwn(scenes, name));
  return (word === undefined ? undefined : scenes[word]) ?? welcome;
}

const welcome: Scene = {
  shows: 'this text',
  async play({ stage, prompt }) {
    const list = Object.entries(scenes).map(([name, { shows }]) => `- \`${name}\` – ${shows}`);
    await stage.say(
      [
        '**This is a demo.** There is no model behind it, only a script that shows what HotPlex can do.',
        'To talk to a real agent, install one, for example Claude Code:\n\n```bash\nnpm install -g @anthropic-ai/claude-code\n```\n\nsign in to it once (`claude`), then choose it in a new session.',
        `Try one of these words:\n\n${list.join('\n')}`,
        `You said: ${prompt}`,
      ].join('\n\n'),
      { wordMs: 6 },
    );
  },
};
