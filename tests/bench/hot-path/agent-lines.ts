const line = (event: object) => `${JSON.stringify(event)}\n`;

/** What an agent says first in a turn. */
export const beginning =
  line({ type: 'hello', version: '1', session: 'c', models: [], prompts: [], tools: [] }) +
  line({ type: 'text_start', id: 'text_1' });

/** A piece of its answer. */
export const piece = line({
  type: 'text',
  id: 'text_1',
  text: ' the quick brown fox jumps over the lazy dog',
});
