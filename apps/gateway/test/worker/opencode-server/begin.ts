import type { RecordedWorker } from '../../contracts/recorded-worker.ts';
import type { FakeServer } from './fake-server.ts';

export const session = { sessionID: 'ses_1' };

/** A turn that has begun: its prompt's id, and how to say what the agent writes. */
export async function begin(
  server: FakeServer,
  { silent = false, agent = server.start() }: { silent?: boolean; agent?: RecordedWorker } = {},
) {
  await agent.next('worker.ready');
  const { from } = agent.prompt('hello');
  const { body } = await server.request(/prompt_async/);
  const prompt = String(body.messageID);
  // Sorts behind the prompt, as everything does that is made later.
  const id = prompt.replace(/.$/, '~');
  const info = (more: object = {}) => ({
    ...{ id, ...session, role: 'assistant', parentID: prompt, providerID: 'test', modelID: 'one' },
    ...{ time: { created: 2 }, ...more },
  });
  const part = (text: string, end?: number) => ({
    ...{ id: 'prt_1', messageID: id, ...session, type: 'text', text, time: { start: 3, end } },
  });
  const done = { time: { created: 2, completed: 9 }, finish: 'stop' };
  server.say('session.status', { ...session, status: { type: 'busy' } });
  if (!silent) {
    server.say('message.updated', { info: info() });
    server.say('message.part.updated', { part: part('') });
  }
  const delta = (words: string, partID = 'prt_1') => {
    server.say('message.part.delta', {
      ...session,
      messageID: id,
      partID,
      field: 'text',
      delta: words,
    });
  };
  const finish = () => {
    server.say('message.updated', { info: info(done) });
    server.say('session.idle', session);
  };
  return { agent, from, info, part, delta, finish, done, prompt };
}

/** The call of a sub-agent that has ended. */
export function taskPart(messageID: string) {
  const state = {
    ...{ status: 'completed', input: { description: 'sub job' }, output: 'Done it.' },
    ...{ metadata: { sessionId: 'ses_child' }, time: { start: 1, end: 2 } },
  };
  return { id: 'prt_t', messageID, ...session, type: 'tool', tool: 'task', callID: 'call_t', state };
}

/** All that the sub-agent said. */
export function childMessage(id: string) {
  const place = { messageID: `${id}c`, sessionID: 'ses_child' };
  return {
    info: { id: `${id}c`, sessionID: 'ses_child', role: 'assistant', time: { created: 3, completed: 4 } },
    parts: [{ id: 'prt_c', ...place, type: 'text', text: 'Done it.', time: { start: 3, end: 4 } }],
  };
}
