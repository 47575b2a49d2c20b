import type { Script } from '../script.ts';

/** The name of the MCP server that is said to ask; there is none. */
export const formServer = 'demo';

const schema = {
  type: 'object',
  properties: {
    name: { type: 'string', title: 'Name on the cup', minLength: 1 },
    cups: { type: 'integer', title: 'Cups', minimum: 1, maximum: 8, default: 2 },
    milk: { type: 'boolean', title: 'With milk', default: false },
    size: { type: 'string', title: 'Size', enum: ['small', 'large'] },
  },
  required: ['name', 'cups'],
};

export const form: Script = {
  keyword: 'form',
  shows: 'a form that an MCP server asks you to fill in',
  async play(turn) {
    const answer = await turn.askForm({ server: formServer, message: 'How do you take your tea?', schema });
    switch (answer.action) {
      case 'accept':
        await turn.say(`You sent:\n\n\`\`\`json\n${JSON.stringify(answer.content ?? {}, null, 2)}\n\`\`\`\n`);
        return;
      case 'decline':
        await turn.say('You declined the form. That is fine.');
        return;
      case 'cancel':
        await turn.say('The form was cancelled.');
        return;
    }
  },
};
