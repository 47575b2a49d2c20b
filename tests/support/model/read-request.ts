import type { Situation } from './script.ts';

/** What the model was asked, as far as scripts and tests look at it. */
export type ModelRequest = Situation & {
  /** Undefined if no prompt carried a directive. */
  scenario: string | undefined;
  model: string;
  stream: boolean;
  /** The whole body, for tests that look for a text in it. */
  body: string;
};

type Message = { role: string; texts: string[]; images: number };

const directive = /@@([a-z0-9-]+)(?:\(([^)]*)\))?/g;

/** Finds the directive in force, the newest one, and how far its script is. */
export function readRequest(body: string): Omit<ModelRequest, 'attempt'> {
  const { model, stream, messages, system } = JSON.parse(body) as Record<string, unknown>;
  const conversation = Array.isArray(messages) ? messages.map(toMessage) : [];
  const users = conversation.filter(({ role }) => role === 'user');
  const said = users
    .map(({ texts }) => texts.filter((part) => !part.startsWith('<')).join('\n'))
    .map((words) => words.replace(directive, '').trim())
    .filter((words) => words !== '');
  const from = conversation.findLastIndex(({ role, texts }) => role === 'user' && find(texts) !== undefined);
  const found = find(conversation[from]?.texts ?? []);
  return {
    scenario: found?.[1],
    argument: found?.[2] ?? '',
    step: conversation.slice(from + 1).filter(({ role }) => role === 'assistant').length,
    said,
    images: conversation.reduce((sum, { images }) => sum + images, 0),
    system: toMessage({ role: 'system', content: system }).texts.join('\n'),
    model: String(model),
    stream: stream === true,
    body,
  };
}

function find(texts: readonly string[]): RegExpExecArray | undefined {
  return [...texts.join('\n').matchAll(directive)].at(-1);
}

function toMessage(value: unknown): Message {
  const { role, content } = value as { role: string; content: unknown };
  if (typeof content === 'string') return { role, texts: [content], images: 0 };
  const blocks = Array.isArray(content) ? (content as { type?: unknown; text?: unknown }[]) : [];
  const texts = blocks.flatMap(({ text }) => (typeof text === 'string' ? [text] : []));
  return { role, texts, images: blocks.filter(({ type }) => type === 'image').length };
}
