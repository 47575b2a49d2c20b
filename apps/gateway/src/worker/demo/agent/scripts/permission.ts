import type { Script } from '../script.ts';

const tool = 'Bash';
const usual = 'touch made-by-the-demo.txt';

export const permission: Script = {
  keyword: 'permission',
  example: 'permission `ls`',
  shows: 'a command that is asked about before it runs; “for this session” is remembered',
  async play(turn, rest) {
    const command = /`([^`]+)`/.exec(rest)?.[1] ?? usual;
    const { memory } = turn.surroundings;
    const input = { command, description: 'A command' };
    const call = turn.callTool({ name: tool, kind: 'execute', title: command, input });
    let allowed = command;
    if (!memory.remembered.allowed.includes(command)) {
      const answer = await turn.askPermission({ tool, call: call.id, description: input.description, input });
      if (answer.allow === 'no') {
        const reason = answer.reason || 'you said no';
        call.end({ output: `Denied: ${reason}`, denied: true, error: `Denied: ${reason}` });
        await turn.say(`I did not run it: ${reason}.`);
        return;
      }
      if (answer.allow === 'session') memory.update({ allowed: [...memory.remembered.allowed, command] });
      if (typeof answer.input?.command === 'string') allowed = answer.input.command;
    }
    await turn.pause(200);
    call.end({ output: 'done' });
    const next = memory.remembered.allowed.includes(command)
      ? 'I will not ask again in this session.'
      : 'Next time I will ask again.';
    await turn.say(`You allowed it, so \`${allowed}\` would have run. ${next}`);
  },
};
