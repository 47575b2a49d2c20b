import { expect, test } from 'vitest';
import { decisionText } from '../../lib/decision-text.ts';
import { formFields, toFormContent } from '../../lib/form-fields.ts';
import { permissionChoices, permissionKey } from '../../lib/permission-choices.ts';
import { emptyDraft, toAnswer, toggleChoice } from '../../lib/question-draft.ts';

test('[C7] a decision shows the command word for word, and every other argument', () => {
  expect(decisionText({ command: 'ls -a', timeout: 5 })).toBe('ls -a\n\ntimeout: 5');
  expect(decisionText({ file_path: 'a.ts' })).toBe('{\n  "file_path": "a.ts"\n}');
});

test('[C7] no argument can pass for another: values are quoted, and names that are no plain words too', () => {
  const input = { command: 'ls', note: 'fine\nallowed: true', 'a: b': { deep: [1] } };
  expect(decisionText(input)).toBe('ls\n\nnote: "fine\\nallowed: true"\n"a: b": {"deep":[1]}');
});

test('an answer for the session is offered only where the agent can remember it', () => {
  expect(permissionChoices([]).session).toBeUndefined();
  expect(permissionChoices([{ id: 'x', label: 'Always', kind: 'allow_always' }]).session).toEqual({
    optionId: 'x',
  });
  expect(['y', 'A', 'n', 'q'].map(permissionKey)).toEqual(['once', 'session', 'deny', undefined]);
});

test('one choice replaces another; of many each is its own', () => {
  const one = toggleChoice(toggleChoice(emptyDraft, 'a', false), 'b', false);
  expect(toAnswer(one, false)).toBe('b');
  const many = toggleChoice(toggleChoice(toggleChoice(emptyDraft, 'a', true), 'b', true), 'a', true);
  expect(toAnswer({ ...many, own: ' c ' }, true)).toEqual(['b', 'c']);
  expect(toAnswer(emptyDraft, true)).toBeUndefined();
});

test('a form of an MCP server becomes fields, and what was entered becomes values of their types', () => {
  const fields = formFields({
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', title: 'Name' },
      age: { type: 'integer' },
      level: { type: 'string', enum: ['low', 'high'], enumNames: ['Low', 'High'] },
      notify: { type: 'boolean', default: true },
    },
  });
  expect(fields.map(({ name, kind, required }) => [name, kind, required])).toEqual([
    ['name', 'text', true],
    ['age', 'integer', false],
    ['level', 'choice', false],
    ['notify', 'boolean', false],
  ]);
  expect(toFormContent(fields, { name: 'Ada', age: '36' })).toEqual({ name: 'Ada', age: 36, notify: true });
});
