import { expect, test } from 'vitest';
import { auditWords } from '../../../lib/admin/audit-action.ts';
import { auditReasonWords } from '../../../lib/admin/audit-reason.ts';
import { zhAdmin } from '../../../lib/admin/texts/zh.ts';
import { zh } from '../../../lib/texts/zh.ts';

const { actions, reasons } = zhAdmin.audit;
const told = (action: string) => auditWords(action, actions);

test('what was done is told in the language of the page, whomever or whatever it was done to', () => {
  expect(told('permission')).toBe(actions.permission);
  expect(told('control interrupt')).toBe(actions['control interrupt']);
  expect(told('command compact')).toBe(actions['command compact']);
  expect(told('keys create key_1')).toBe(actions['keys create']);
  expect(told('token revoke --user alice')).toBe(actions['token revoke']);
  expect(told('sessions list as alice')).toBe(actions['sessions list']);
  expect(told('config session.idle_timeout')).toBe(actions.config);
});

test('a route is the same at either port, at another node, with or without a body in the answer', () => {
  expect(told('POST /api/sessions/:id/fork')).toBe(actions['POST /api/sessions/{id}/fork']);
  expect(told('DELETE /api/sessions/:id/shares/:share_id')).toBe(
    actions['DELETE /api/sessions/{id}/shares/{share_id}'],
  );
  const look = actions['GET /api/admin/sessions/{id}'];
  for (const action of [
    'GET /api/admin/sessions/:id',
    'HEAD /admin/sessions/:id',
    'GET /admin/sessions/:id?node=b',
  ])
    expect(told(action)).toBe(look);
});

test('an action that the page does not know has no words, whatever it begins with', () => {
  const unknown = [
    'POST /moon',
    'DELETE /api/sessions/:id/moon',
    'control moon',
    'constructor',
    'moon as alice',
    '',
  ];
  expect(unknown.map(told)).toEqual(unknown.map(() => undefined));
});

test('why is told by its word, by a status or by the code of an error; a change of a setting tells itself', () => {
  const why = (reason: string) => auditReasonWords(reason, reasons, zh.errors.messages);
  expect(why('timeout')).toBe(reasons.timeout);
  expect(why('404')).toBe(reasons[404]);
  expect(why('SESSION_BUSY')).toBe(zh.errors.messages.SESSION_BUSY);
  expect(why('"5m" → "10m"')).toBeUndefined();
});
