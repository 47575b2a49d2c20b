import { expect, test } from 'vitest';
import { toSessionView } from '../../src/http/session-view.ts';
import { openSession } from './open-session.ts';

/** What a session tells of it, of an agent that can be taken to a terminal and of one that cannot. */
function tell(...events: Parameters<ReturnType<typeof openSession>['worker']['say']>) {
  const { worker, session, revive } = openSession();
  session.prompt({ inputId: '1', content: 'hello', author: 'me' });
  worker.say(...events);
  const toTerminalCommand = (id: string) => ['agent', '--resume', id];
  const cannot = toSessionView(session).terminal_command;
  const able = revive({ definition: { ...worker.definition, toTerminalCommand } });
  return { cannot, can: toSessionView(able).terminal_command };
}

test('a session says how to go on in a terminal once its agent has a conversation, where that is possible', () => {
  expect(tell()).toEqual({ cannot: null, can: null });
  expect(tell({ type: 'worker.session', data: { id: 'native' } })).toEqual({
    cannot: null,
    can: ['agent', '--resume', 'native'],
  });
});
