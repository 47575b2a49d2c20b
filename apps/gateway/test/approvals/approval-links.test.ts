import { expect, test } from 'vitest';
import { sha256 } from '../../src/ground/sha256.ts';
import { interactionRecord } from '../store/support/records.ts';
import { openLinks } from './open-links.ts';

const unknown = expect.objectContaining({
  ...{ code: 'UNAUTHORIZED', message: 'this link is not good, or not any more' },
});
const allow = { allow: true, choices: [] };
const options = [
  { id: 'always', label: 'Allow for this session', kind: 'allow_always' },
  { id: 'once', label: 'Allow once', kind: 'allow_once' },
];

test('a link has 256 random bits, of which only the digest is kept, and the same for both answers', () => {
  const { make, store } = openLinks();
  const urls = make();
  expect(urls?.allow_url).toMatch(
    /^https:\/\/chat\.example\.com\/approve\?link=hotplex_approve_[\w-]{43}&answer=allow$/,
  );
  expect(urls?.deny_url).toBe(urls?.allow_url.replace('answer=allow', 'answer=deny'));
  const token = new URL(urls?.allow_url ?? '').searchParams.get('link') ?? '';
  expect(store.approvalLink(sha256(token))).toMatchObject({ requestId: 'perm_1', hook: 'team-chat' });
  expect(store.approvalLink(token)).toBeUndefined();
});

test('[P1] it answers once, and says afterwards how; another link of the same request says the same', () => {
  const { links, answer, newToken, given, clock } = openLinks();
  const [token, other] = [newToken(), newToken()];
  expect(links.look(token).outcome).toBeNull();
  const outcome = { allowed: true, by: 'hook:team-chat', at: clock.now() };
  expect(answer(token, allow).outcome).toEqual(outcome);
  clock.advance(60_000);
  for (const each of [token, other])
    expect(answer(each, { allow: false, choices: [] }).outcome).toEqual(outcome);
  expect(given).toEqual([
    { answer: { kind: 'permission', id: 'perm_1', allowed: true }, by: 'hook:team-chat' },
  ]);
});

test('[P1] who was faster is shown, whoever it was', () => {
  const { answer, newToken, given, decide } = openLinks();
  const token = newToken();
  decide({ kind: 'permission', id: 'perm_1', allowed: false }, 'ann');
  expect(answer(token, allow).outcome).toMatchObject({ allowed: false, by: 'ann' });
  expect(given).toHaveLength(1);
});

test('[P5] it allows this once and never for the session, whatever the agent offers', () => {
  const offered = openLinks({ request: { id: 'perm_1', tool_name: 'Bash', options } });
  offered.answer(offered.newToken(), allow);
  expect(offered.given[0]?.answer).toMatchObject({ allowed: true, optionId: 'once' });

  const forMore = openLinks({ request: { id: 'perm_1', tool_name: 'Bash', options: options.slice(0, 1) } });
  const token = forMore.newToken();
  expect(forMore.links.look(token)).toMatchObject({ mayAllow: false });
  expect(() => forMore.answer(token, allow)).toThrow(expect.objectContaining({ code: 'INVALID_MESSAGE' }));
  expect(forMore.answer(token, { allow: false, choices: [] }).outcome).toMatchObject({
    allowed: false,
  });
});

test('[P5] it answers what was shown and nothing else, in whichever way that came about', () => {
  const { links, newToken, given, store, clock } = openLinks({
    request: { id: 'perm_1', tool_name: 'Bash', input_raw: { command: 'ls' } },
  });
  const token = newToken();
  const view = links.look(token);
  const seen = view.outcome === null ? view.digest : '';
  const changed = interactionRecord('perm_1', {
    ...{ createdAt: clock.now(), deadlineAt: clock.now() + 3_600_000 },
    request: { id: 'perm_1', tool_name: 'Bash', input_raw: { command: 'rm -r ~' } },
  });
  store.commit('session-1', { interactions: [changed] }, clock.now());
  for (const isAllowed of [true, false])
    for (const shown of [seen, ''])
      expect(() => links.answer(token, { allow: isAllowed, choices: [], seen: shown })).toThrow(
        expect.objectContaining({ code: 'INVALID_MESSAGE', details: { reason: 'changed' } }),
      );
  expect(given).toEqual([]);
});

test('[P5] a request that is younger than its link is another one', () => {
  const { links, newToken, store, clock, make } = openLinks();
  const token = newToken();
  clock.advance(1);
  const again = interactionRecord('perm_1', { createdAt: clock.now(), deadlineAt: clock.now() + 60_000 });
  store.commit('session-1', { interactions: [again] }, clock.now());
  expect(() => links.look(token)).toThrow(unknown);
  // Nor does a clock that was set back meanwhile end a link before it begins.
  const ahead = { ...again, createdAt: clock.now() + 1_000 };
  store.commit('session-1', { interactions: [ahead] }, clock.now());
  const fresh = new URL(make()?.allow_url ?? '').searchParams.get('link') ?? '';
  expect(links.look(fresh).outcome).toBeNull();
});

test('[A6] whoever comes up to a day late is no guesser, also when other links were made since', () => {
  const { links, newToken, clock, lifetimeMs } = openLinks({ deadlineAt: Date.UTC(2026, 1) });
  const token = newToken();
  clock.advance(lifetimeMs + 24 * 3_600_000);
  newToken();
  const expired = expect.objectContaining({ details: { reason: 'expired' } });
  expect(() => links.look(token)).toThrow(expired);
  clock.advance(1);
  newToken();
  expect(() => links.look(token)).toThrow(expect.not.objectContaining({ details: { reason: 'expired' } }));
});

test('[P1] once it is decided nothing is told but how', () => {
  const { links, answer, newToken } = openLinks();
  const token = newToken();
  answer(token, allow);
  expect(Object.keys(links.look(token)).sort()).toEqual(['kind', 'outcome']);
});

test('it ends after a while, with its request, and with its session, in the words for what never was', () => {
  const late = openLinks();
  const token = late.newToken();
  late.clock.advance(late.lifetimeMs - 1);
  expect(late.links.look(token).outcome).toBeNull();
  late.clock.advance(1);
  expect(() => late.answer(token, allow)).toThrow(unknown);
  expect(late.given).toEqual([]);

  const short = openLinks({ deadlineAt: Date.UTC(2026, 0) + 60_000 });
  expect(short.make()?.expires_at).toBe('2026-01-01T00:01:00.000Z');

  const gone = openLinks();
  const orphan = gone.newToken();
  gone.store.commit('session-1', { session: { state: 'deleted' } }, gone.clock.now());
  expect(() => gone.links.look(orphan)).toThrow(unknown);
  for (const guess of ['', 'hotplex_approve_', sha256(orphan)])
    expect(() => gone.links.look(guess)).toThrow(unknown);
});

test('there is none for what the policy or somebody decided, is too late for, or takes a form', () => {
  const decided = { status: 'resolved', resolution: { allowed: false, by: null, reason: 'policy' } } as const;
  expect(openLinks(decided).make()).toBeUndefined();
  expect(openLinks({ deadlineAt: Date.UTC(2026, 0) }).make()).toBeUndefined();
  expect(openLinks({ kind: 'elicitation' }).make()).toBeUndefined();
});

test('a question is answered with what it offers, or not at all', () => {
  const questions = [
    { question: 'Which?', options: [{ label: 'Red' }, { label: 'Blue' }] },
    { question: 'What else?', options: [{ label: 'A' }, { label: 'B' }, { label: 'C' }], multi_select: true },
  ];
  const asked = () => openLinks({ kind: 'question', request: { id: 'perm_1', questions } });
  const { answer, newToken, given } = asked();
  const token = newToken();
  for (const choices of [[], [['0']], [['0'], ['7']], [['Red'], ['0']]])
    expect(() => answer(token, { allow: true, choices })).toThrow(
      expect.objectContaining({ code: 'INVALID_MESSAGE' }),
    );
  expect(answer(token, { allow: true, choices: [['1'], ['0', '2']] }).outcome?.allowed).toBe(true);
  expect(given[0]?.answer).toMatchObject({ answers: { 'Which?': 'Blue', 'What else?': ['A', 'C'] } });
  const freeText = openLinks({
    kind: 'question',
    request: { id: 'perm_1', questions: [{ question: 'Why?', options: [] }] },
  });
  expect(freeText.links.look(freeText.newToken())).toMatchObject({ mayAllow: false });
  const denied = asked();
  denied.answer(denied.newToken(), { allow: false, choices: [] });
  expect(denied.given[0]?.answer).toMatchObject({ answers: null });
});

test('what is shown has no secrets in it, and one link is not looked at all the time', () => {
  const input = { command: 'curl -H "Authorization: Bearer abcdefghijklmnopqrstuvwxyz"' };
  const { links, newToken } = openLinks({ request: { id: 'perm_1', tool_name: 'Bash', input_raw: input } });
  const token = newToken();
  const command = JSON.stringify(links.look(token));
  expect(command).toContain('curl');
  expect(command).not.toContain('abcdefghijklm');
  const look = () => links.look(token);
  for (let times = 1; times < 30; times += 1) look();
  expect(look).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
});
