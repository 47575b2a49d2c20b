import type { Script } from '../script.ts';

export const agent: Script = {
  keyword: 'agent',
  shows: 'a sub-agent at work: its words and tools stand inside its own call',
  async play(turn) {
    await turn.say('I send a sub-agent to find the biscuits.');
    const task = 'Find the biscuits';
    const call = turn.callTool({ name: 'agent', kind: 'agent', title: task, input: { task } });
    const parent = call.id;
    const started = turn.surroundings.elapsed();
    const step = { type: 'step', id: turn.surroundings.newId('step'), kind: 'subagent', name: task } as const;
    turn.write({ ...step, status: 'running', parent });

    await turn.think(['Biscuits are usually on the highest shelf.'], parent);
    await turn.say('I look on the highest shelf.', { parent });
    const search = turn.callTool({
      name: 'search_files',
      kind: 'search',
      title: 'Search shelf/**/biscuit*',
      input: { pattern: 'shelf/**/biscuit*' },
      parent,
    });
    await turn.pause(900);
    search.end({ output: 'shelf/top/biscuits.tin\n' });
    await turn.say('Found them: `shelf/top/biscuits.tin`.', { parent });

    const duration = Math.round(turn.surroundings.elapsed() - started);
    turn.write({ ...step, status: 'completed', duration, parent });
    call.end({ output: 'The biscuits are in shelf/top/biscuits.tin.' });
    await turn.say('The sub-agent found the biscuits on the highest shelf.');
  },
};
