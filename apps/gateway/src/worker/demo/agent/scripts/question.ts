import type { Script } from '../script.ts';

const questions = [
  {
    question: 'Which colour should the button have?',
    header: 'Colour',
    multi_select: false,
    options: [
      { label: 'Red', description: 'Loud' },
      { label: 'Blue', description: 'Calm' },
    ],
  },
  {
    question: 'Which fruits do you like?',
    header: 'Fruits',
    multi_select: true,
    options: [{ label: 'Apple' }, { label: 'Pear' }, { label: 'Plum' }],
  },
];

export const question: Script = {
  keyword: 'question',
  shows: 'questions with one answer and with several',
  async play(turn) {
    const { answers } = await turn.askQuestion(questions);
    if (answers === null) {
      await turn.say('You skipped the questions.');
      return;
    }
    const lines = Object.entries(answers).map(
      ([asked, answer]) => `- ${asked} **${[answer].flat().join(', ') || 'nothing'}**`,
    );
    await turn.say(`You chose:\n\n${lines.join('\n')}`);
  },
};
