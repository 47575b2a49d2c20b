import { describe, expect, test } from 'vitest';
import { createConversation } from '../../../src/worker/claude-code/conversation.ts';
import { toElicitationAnswer } from '../../../src/worker/claude-code/elicitation.ts';
import { decodeRecord } from '../../../src/worker/claude-code/messages.ts';
import { takeAnswer } from '../../../src/worker/claude-code/take-answer.ts';
import { translate } from '../../../src/worker/claude-code/translate.ts';
import { playCli } from './scripted-cli.ts';

const requested_schema = { type: 'object', properties: { name: { type: 'string' } } };
const record = (more: object) =>
  decodeRecord(
    JSON.stringify({
      type: 'control_request',
      request_id: 'r',
      request: { subtype: 'elicitation', mcp_server_name: 'forms', message: 'Who?', ...more },
    }),
  );

describe('a form of an MCP server', () => {
  test('[E1] is told with its schema, or with the page to visit', () => {
    const form = translate(createConversation({ workDir: '/' }), record({ mode: 'form', requested_schema }));
    expect(form).toEqual([
      {
        type: 'elicitation_request',
        data: { id: 'r', mcp_server_name: 'forms', message: 'Who?', mode: 'form', requested_schema },
      },
    ]);
    const page = { mode: 'url', url: 'https://example.com/', elicitation_id: 'e' };
    const [event] = translate(createConversation({ workDir: '/' }), record(page));
    expect(event).toMatchObject({ data: page });
  });

  test.each([
    [{ action: 'accept', content: { name: 'Ada' } } as const, { action: 'accept', content: { name: 'Ada' } }],
    [{ action: 'accept' } as const, { action: 'accept', content: {} }],
    [{ action: 'decline', content: { name: 'Ada' } } as const, { action: 'decline' }],
    [{ action: 'cancel' } as const, { action: 'cancel' }],
  ])('[E4] answered with %j', (response, answer) => {
    expect(toElicitationAnswer({ kind: 'elicitation', id: 'r', ...response })).toEqual(answer);
  });

  test('[E4] answered as something else, it is cancelled', () => {
    expect(toElicitationAnswer({ kind: 'permission', id: 'r', allowed: true })).toEqual({ action: 'cancel' });
  });

  test('[E4] is answered once', () => {
    const conversation = createConversation({ workDir: '/' });
    translate(conversation, record({ requested_schema }));
    const response = { kind: 'elicitation', id: 'r', action: 'decline' } as const;
    expect(JSON.parse(takeAnswer(conversation, response) ?? '')).toEqual({
      type: 'control_response',
      response: { subtype: 'success', request_id: 'r', response: { action: 'decline' } },
    });
    expect(takeAnswer(conversation, response)).toBeUndefined();
  });
});

describe('MCP servers of the session', () => {
  const mcp_servers = { forms: { command: '/bin/forms', env: { KEY: 'secret' } } };

  function start() {
    const played = playCli({ config: { mcp_servers } });
    played.worker.prompt({ inputId: 'one', content: 'one' });
    played.ready();
    const asked = played.asked('mcp_set_servers')[0];
    const reply = (response: object) =>
      played
        .cli()
        .say({ type: 'control_response', response: { request_id: asked?.request_id, ...response } });
    return { ...played, asked, reply };
  }

  test('[H3] reach the CLI before the first prompt, and not by its arguments', () => {
    const { asked, reply, prompts, cli, events } = start();
    expect(asked?.request).toEqual({ subtype: 'mcp_set_servers', servers: mcp_servers });
    expect(prompts()).toEqual([]);
    expect(cli().options.args.join(' ')).not.toContain('secret');
    reply({ subtype: 'success', response: { added: ['forms'], removed: [], errors: {} } });
    expect(prompts()).toHaveLength(1);
    expect(events.map(({ type }) => type)).toEqual(['worker.ready']);
  });

  test('[H3] that do not start are told by name, and the session goes on', () => {
    const { reply, prompts, events } = start();
    reply({ subtype: 'success', response: { errors: { forms: 'ENOENT' } } });
    expect(prompts()).toHaveLength(1);
    expect(events.at(-1)).toEqual({
      type: 'worker.notice',
      data: {
        kind: 'info',
        message: 'The MCP server forms could not be started: ENOENT',
        details: { reason: 'mcp_server_failed', server: 'forms', error: 'ENOENT' },
      },
    });
  });

  test('[H3] that the CLI refuses are an error that names the field', () => {
    const { reply, prompts, events } = start();
    reply({ subtype: 'error', error: 'no servers today' });
    expect(prompts()).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({
      type: 'error',
      data: { code: 'CONFIG_INVALID', details: { field: 'mcp_servers' } },
    });
  });
});
