import type { Script } from '../script.ts';

export const recall: Script = {
  keyword: 'recall',
  shows: 'what it was asked to remember',
  async play(turn) {
    const { facts } = turn.surroundings.memory.remembered;
    const text =
      facts.length === 0
        ? 'You have not asked me to remember anything.'
        : `You asked me to remember:\n\n${facts.map((fact) => `- ${fact}`).join('\n')}`;
    await turn.say(text);
  },
};
