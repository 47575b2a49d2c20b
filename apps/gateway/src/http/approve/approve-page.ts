import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { ApprovalView, AskedView, Outcome } from '../../approvals/approval-links.ts';
import type { ApproveTexts } from './approve-texts.ts';

const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}*{box-sizing:border-box}
body{max-width:42rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.25rem}dt{font-size:.85rem;opacity:.7}dd{margin:0 0 .75rem;overflow-wrap:anywhere}
pre{margin:0;padding:.75rem;border:1px solid #8886;border-radius:.5rem;white-space:pre-wrap;max-height:20rem;overflow:auto}
fieldset{margin:0;min-width:0;border:1px solid #8886;border-radius:.5rem}label{display:block;padding:.25rem 0}
form{display:flex;flex-wrap:wrap;gap:.75rem}form fieldset,form p{flex:1 0 100%;margin:0}
button{flex:1 0 8rem;min-height:2.75rem;font:inherit;border:1px solid #888;border-radius:.5rem;cursor:pointer}
button[value=allow]{background:#16653a;color:#fff;border-color:#16653a}
[role=status]{padding:.75rem;border:1px solid #8886;border-radius:.5rem}`;

/** What a browser may do with these pages: show them in this style, and send the form to us. */
export const approvePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

type Page = ReturnType<typeof html>;

const frame = ({ language }: ApproveTexts, title: string, content: Page): Page =>
  html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>HotPlex</title><style>${raw(style)}</style></head>
<body><h1>${title}</h1>${content}</body></html>
`;

/** A page that says one thing and asks for nothing. */
export const noticePage = (texts: ApproveTexts, words: string): Page =>
  frame(texts, 'HotPlex', html`<p role="status">${words}</p>`);

type ApprovePage = {
  view: ApprovalView;
  token: string;
  /** The button that a link was for. */
  preferred: 'allow' | 'deny';
  /** What is wrong with what was sent. */
  problem?: string | undefined;
};

/** What is asked with buttons to answer it; of what is decided no more than how, by whom and when. */
export function approvePage(texts: ApproveTexts, { view, ...form }: ApprovePage): Page {
  const title = texts.title[view.kind];
  if (view.outcome) return frame(texts, title, decidedOf(texts, view.outcome));
  const asked = formOf(texts, { view, ...form });
  const list = listOf(factsOf(texts, view));
  // A permission is read before it is given; a question is all in its form.
  return frame(texts, title, view.kind === 'question' ? html`${asked}${list}` : html`${list}${asked}`);
}

function decidedOf(texts: ApproveTexts, { allowed, by, at }: Outcome): Page {
  const hook = by?.startsWith('hook:') ? by.slice('hook:'.length) : undefined;
  const who = hook === undefined ? (by ?? texts.nobody) : texts.viaHook(hook);
  const words = allowed ? texts.allowed(who) : texts.denied(who);
  const when = at === null ? undefined : timeOf(texts, at);
  return html`<p role="status">${words}</p>${listOf([[texts.decidedAt, when]])}`;
}

type Fact = [name: string, value: Page | string | undefined];

const listOf = (facts: readonly Fact[]): Page =>
  html`<dl>${facts.flatMap(([name, value]) => (value ? [html`<dt>${name}</dt><dd>${value}</dd>`] : []))}</dl>`;

const timeOf = ({ locale }: ApproveTexts, at: number) =>
  `${new Date(at).toLocaleString(locale, { timeZone: 'UTC', dateStyle: 'medium', timeStyle: 'medium' })} UTC`;

function factsOf(texts: ApproveTexts, view: AskedView): Fact[] {
  const { session, tool, description, command, cwd, targets, reason, askedAt, expiresAt } = view;
  return [
    [texts.tool, tool && (description === undefined ? tool : `${tool}: ${description}`)],
    [texts.command, command === undefined ? undefined : html`<pre>${command}</pre>`],
    [texts.runsIn, cwd],
    [
      texts.touches,
      targets.length === 0 ? undefined : html`${targets.map((target) => html`<div>${target}</div>`)}`,
    ],
    [texts.because, reason],
    [texts.session, session.title ?? undefined],
    [texts.owner, session.owner],
    [texts.agent, session.agent],
    [texts.workDir, session.workDir],
    [texts.askedAt, timeOf(texts, askedAt)],
    [texts.goodUntil, timeOf(texts, expiresAt)],
  ];
}

type FormPage = ApprovePage & { view: AskedView };

function formOf(texts: ApproveTexts, { view, token, preferred, problem }: FormPage): Page {
  const { kind, questions, mayAllow, isWhole, digest } = view;
  const instead = isWhole ? texts.elsewhere : texts.hidden;
  const yes = kind === 'question' ? texts.answer : texts.allowOnce;
  const button = (value: 'allow' | 'deny', words: string) =>
    html`<button name="answer" value="${value}"${preferred === value ? raw(' autofocus') : ''}>${words}</button>`;
  const asked = questions.map(
    ({ question, options, multi_select: isMany }, at) =>
      html`<fieldset><legend>${question}</legend>${options.map(
        ({ label, description }, number) =>
          html`<label><input type="${isMany ? 'checkbox' : 'radio'}" name="choice-${at}" value="${number}"> ${label}${
            description === undefined ? '' : ` – ${description}`
          }</label>`,
      )}</fieldset>`,
  );
  return html`<form method="post" action="/approve"><input type="hidden" name="link" value="${token}"><input type="hidden" name="seen" value="${digest}">${asked}${
    problem === undefined ? '' : html`<p role="status">${problem}</p>`
  }${mayAllow ? button('allow', yes) : html`<p>${instead}</p>`}${button('deny', texts.deny)}</form>`;
}
