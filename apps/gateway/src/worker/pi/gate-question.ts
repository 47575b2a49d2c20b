import type { PiTool } from './gate-api.ts';

/** The name of the tool that lets the agent ask. */
export const askTool = 'ask_user';

const question = {
  type: 'object',
  properties: {
    question: { type: 'string', description: 'The whole question' },
    header: { type: 'string', description: 'One or two words for it' },
    options: {
      type: 'array',
      items: {
        type: 'object',
        properties: { label: { type: 'string' }, description: { type: 'string' } },
        required: ['label'],
      },
      description: 'What to choose from; leave it empty for a free answer',
    },
    multi_select: { type: 'boolean', description: 'Whether several options may be chosen' },
  },
  required: ['question'],
};

/** Pi has no tool for questions; with this one the agent can ask the person in front of the gateway. */
export const askUser: PiTool = {
  name: askTool,
  label: 'Ask the user',
  description:
    'Asks the user one or more questions and waits for the answers. Use it when a choice is theirs.',
  parameters: {
    type: 'object',
    properties: { questions: { type: 'array', items: question, minItems: 1 } },
    required: ['questions'],
  },
  async execute(toolCallId, { questions }, signal, _onUpdate, { ui }) {
    const answers = await ui.select(JSON.stringify({ kind: 'question', toolCallId, questions }), [], {
      signal,
    });
    const text = answers === undefined ? 'The user did not answer.' : `The user answered: ${answers}`;
    return { content: [{ type: 'text', text }], details: {} };
  },
};
