import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AepError } from '@hotplex/client-sdk';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ChatView } from '../../src/command/chat/chat-view.ts';
import { readSlash, slashCommands } from '../../src/command/chat/slash-commands.ts';
import { deleteQuestion } from '../../src/command/sessions/delete-question.ts';
import { showVerdict } from '../../src/command/show-verdict.ts';
import { readValue } from '../../src/command/terminal/answer-form.ts';
import { chosen } from '../../src/command/terminal/answer-questions.ts';
import { ignoreDecided } from '../../src/command/terminal/ignore-decided.ts';
import { MarkdownStyle, plainMarkdown } from '../../src/command/terminal/markdown-style.ts';
import { escapeUnseen, plainLine, plainText } from '../../src/command/terminal/plain-text.ts';
import { ProgressBar } from '../../src/command/terminal/progress-bar.ts';
import { showTo } from '../../src/command/terminal/show-to.ts';
import { RotatingFile } from '../../src/rotating-file.ts';

describe('[C7] text of an agent in a terminal', () => {
  test.each([
    ['\x1b[31mred\x1b[0m', 'red'],
    ['\x1b]0;a title\x07text', 'text'],
    ['over\rwritten\r\nnext', 'over\nwritten\nnext'],
    ['bell\x07 back\b\x7f', 'bell\\u{7} back\\u{8}\\u{7f}'],
    ['ab\u202edc', 'ab\\u{202e}dc'],
    ['tab\tand\nline', 'tab\tand\nline'],
    ['👩‍👩‍👧 日本語 العربية', '👩‍👩‍👧 日本語 العربية'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['a\u061cb\u00adc\u180ed\u{e0061}e', 'a\\u{61c}b\\u{ad}c\\u{180e}d\\u{e0061}e'],
  ])('%j is shown as %j', (text, shown) => {
    expect(plainText(text)).toBe(shown);
  });

  test('whatever it is, and however it comes in pieces, nothing in it is obeyed', () => {
    const text = fc.string({
      unit: fc.constantFrom('\x1b', '[', ']', '3', '1', 'm', '\x9b', '\x07', 'x', ';', '\r'),
    });
    fc.assert(
      fc.property(text, fc.nat(20), (all, at) => {
        const shown = plainText(all.slice(0, at)) + plainText(all.slice(at));
        expect(shown).not.toMatch(/(?![\n\t])\p{Cc}/u);
      }),
    );
  });

  test('a command has every character of it, also those that join letters and those that colour them', () => {
    const [command, shown] = [
      'r\u200dm\u200c -\u061cr\u00adf\u180e \u{e0061}\x1b[8m/',
      'r\\u{200d}m\\u{200c} -\\u{61c}r\\u{ad}f\\u{180e} \\u{e0061}\\u{1b}[8m/',
    ];
    expect(escapeUnseen(command)).toBe(shown);
    const verdict = { decision: 'ask', rule: 'none', reason: 'because', targets: [] } as const;
    expect(showVerdict({ ...verdict, command })).toContain(`  runs     ${shown}`);
  });

  const envelope = { version: 'aep/v1', id: 'e', session_id: 's', seq: 1, timestamp: 0 } as const;
  const capabilities = {
    ...{ protocol_version: 'aep/v1', worker_type: 'demo', max_frame_size: 1 },
    ...{ supports_resume: true, supports_delta: true, supports_tool_call: true, supports_ping: true },
    ...{ queue: true, interrupt: true, replay: true, modalities: [] },
  } as const;
  const evil = '\x1b]0;owned\x07fine\u202e';
  const plain = 'fine\\u{202e}';

  test('is obeyed neither in the chat nor in the question before something is deleted', async () => {
    const said: string[] = [];
    const say = (words: string) => void said.push(words);
    const fine = () => Promise.resolve();
    const screen = { say, write: say };
    const view = new ChatView({
      screen,
      paint: (_, text) => text,
      markdown: plainMarkdown,
      isOwn: () => false,
    });
    const data = { id: 'p', allowed: false, by: evil, reason: 'answered' } as const;
    view.show({ ...envelope, event: { type: 'permission.resolved', data } });
    const caps = { ...capabilities, modalities: [], permission_modes: [evil] };
    const session = { session_id: 's', state: 'idle', server_caps: caps } as const;
    await slashCommands.mode?.run(
      { client: { session, command: fine, interrupt: fine }, say, rename: fine, leave() {} },
      '',
    );
    expect(said).toEqual([`  denied (${plain})`, `  ${plain}`]);
    expect(deleteQuestion({ id: 's', title: evil })).toBe(`Delete s (${plain}) for good? [y/n] `);
  });

  test.each([
    [true, plain],
    [false, evil],
  ])('what is exported is as it was, but in a terminal: %s', (isTTY, shown) => {
    const written: string[] = [];
    showTo({ isTTY, write: (text) => written.push(String(text)) > 0 }, evil);
    expect(written).toEqual([shown]);
  });

  test('in one line it is one line', () => {
    expect(plainLine('a\nb\t c', 4)).toBe('a b…');
  });
});

describe('Markdown as it streams', () => {
  const paint = (look: string, text: string) =>
    look === 'plain' || text === '' ? text : `<${look}>${text}</>`;
  const styled = (pieces: readonly string[]) => {
    const style = new MarkdownStyle(paint);
    // Where a look ends and begins anew at once it is the same look.
    return (pieces.map((piece) => style.push(piece)).join('') + style.end()).replace(
      /<\/><(\w+)>/g,
      (all, look, at, whole: string) =>
        whole.slice(0, at).lastIndexOf(`<${look}>`) === whole.slice(0, at).lastIndexOf('<') ? '' : all,
    );
  };

  test('has its headings, bold words and code', () => {
    const text = '# One\n\nis **bold** and `co*de` 2*3\n```ts\nlet **x**;\n```\nend';
    expect(styled([text])).toBe(
      '<heading># One</>\n\nis <bold>bold</> and <code>co*de</> 2*3\n<faint>```ts</>\n<code>let **x**;</>\n<faint>```</>\nend',
    );
  });

  test('is the same in whatever pieces it comes', () => {
    const text = fc.string({ unit: fc.constantFrom('#', ' ', '*', '`', '```', '\n', 'a', 'bc') });
    fc.assert(
      fc.property(text, fc.array(fc.nat(30), { maxLength: 4 }), (all, cuts) => {
        const places = [0, ...cuts.filter((cut) => cut < all.length).sort((a, b) => a - b), all.length];
        const pieces = places.slice(1).map((to, at) => all.slice(places[at], to));
        expect(styled(pieces)).toBe(styled([all]));
      }),
    );
  });
});

test('options are chosen by number, or in other words', () => {
  const question = { question: '?', options: [{ label: 'Red' }, { label: 'Blue' }] };
  expect(chosen('2', question)).toBe('Blue');
  expect(chosen('7', question)).toBe('7');
  expect(chosen('green ', question)).toBe('green');
  expect(chosen('1, 2,tea', { ...question, multi_select: true })).toEqual(['Red', 'Blue', 'tea']);
});

test('a field of a form takes what is of its kind', () => {
  expect(readValue('3', { type: 'integer' })).toBe(3);
  expect(readValue('3.5', { type: 'integer' })).toBeUndefined();
  expect(readValue('yes', { type: 'boolean' })).toBe(true);
  expect(readValue('maybe', { type: 'boolean' })).toBeUndefined();
  expect(readValue('large', { type: 'string', enum: ['small'] })).toBeUndefined();
});

test('an answer that came too late is none to tell of; one that the gateway refused is', () => {
  const refusal = (code: 'ALREADY_RESOLVED' | 'FORBIDDEN') => new AepError({ code, message: 'no' });
  expect(ignoreDecided(refusal('ALREADY_RESOLVED'))).toBeUndefined();
  expect(ignoreDecided(new DOMException('decided elsewhere', 'AbortError'))).toBeUndefined();
  expect(() => ignoreDecided(refusal('FORBIDDEN'))).toThrow('no');
  expect(() => ignoreDecided(new TypeError('a bug'))).toThrow('a bug');
});

test('/words are of the chat, of the agent, or corrected; a path is something to say', () => {
  expect(readSlash('/rename  two words', [])).toMatchObject({ rest: 'two words' });
  expect(readSlash('/review now', ['review'])).toBeUndefined();
  expect(readSlash('/etc/hosts is wrong', [])).toBeUndefined();
  expect(readSlash('/hlep', [])).toContain('did you mean /help?');
  expect(readSlash('/constructor', [])).toContain('There is no /constructor');
});

test('a log file is put aside when it is large, and no line is lost', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'x.log');
  const file = new RotatingFile(path, { maxBytes: 10, keep: 2 });
  for (let line = 1; line <= 7; line++) file.write(`line${line}\n`);
  file.close();
  const contents = ['', '.1', '.2'].map((ending) => readFileSync(`${path}${ending}`, 'utf8'));
  expect(contents).toEqual(['line7\n', 'line6\n', 'line5\n']);
});

test('progress is shown in a terminal, in one line that is taken away; elsewhere nothing is', () => {
  const written: string[] = [];
  const terminal = (isTTY: boolean) => ({
    isTTY,
    columns: 40,
    write: (text: string) => written.push(text) > 0,
  });
  const bar = new ProgressBar(terminal(true), 'copying');
  for (const share of [0.5, 0.501, 1]) bar.show(share);
  bar.end();
  expect(written).toHaveLength(3);
  expect(written[0]).toContain('50%');
  expect(written.at(-1)).toBe('\r\x1b[K');
  const before = written.length;
  new ProgressBar(terminal(false), 'copying').show(0.5);
  expect(written).toHaveLength(before);
});
