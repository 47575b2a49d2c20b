import type { Texts } from './texts/en.ts';

export type ErrorWords = {
  code: string | undefined;
  /** What happened, in the language of the page where its code or its reason is known. */
  message: string;
  /** The words it came with, unless they are the message. */
  detail: string | undefined;
  remedy: string | undefined;
};

/** The codes whose `details.reason` says what was in the way; with others the word means something else. */
const withReason = ['INVALID_MESSAGE', 'NOT_SUPPORTED'];

/** What to tell a person about something that was thrown: what happened, in whose words, its code, and what to do. */
export function toErrorWords(error: unknown, texts: Texts['errors']): ErrorWords {
  const nothing = { code: undefined, detail: undefined, remedy: undefined };
  if (typeof error !== 'object' || error === null) return { ...nothing, message: texts.unknown };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const told = 'message' in error && typeof error.message === 'string' ? error.message : '';
  const unloaded = 'name' in error && error.name === 'ChunkLoadError';
  if (unloaded || (error instanceof TypeError && /fetch|network|load failed/i.test(told))) {
    return { ...nothing, message: texts.network };
  }
  if (code === undefined) return { ...nothing, message: told || texts.unknown };
  const details = detailsOf(error);
  const reason = withReason.includes(code) ? texts.reasons[reasonIn(details)] : undefined;
  const known = reason ?? texts.messages[code];
  return {
    code,
    message: known ?? (told || texts.unknown),
    detail: known === undefined || told === '' ? undefined : told,
    // What is in the way is said already; to do the same once more would not help.
    remedy: reason === undefined ? remedyOf(code, details, texts) : undefined,
  };
}

type Details = Readonly<Record<string, unknown>>;

/** What the gateway says of an error beside its code, field by field; empty where it says nothing. */
export function detailsOf(error: unknown): Details {
  const { details } = (error ?? {}) as { details?: unknown };
  return typeof details === 'object' && details !== null ? (details as Details) : {};
}

/** NOTE: `unknown` is said of turns and of how files were. */
function reasonIn({ reason, field }: Details): string {
  return reason === 'unknown' && field === 'turn_id' ? 'unknown_turn' : String(reason);
}

function remedyOf(code: string, details: Details, texts: Texts['errors']): string | undefined {
  const { retry_after_ms: wait, setting } = details;
  if (typeof wait === 'number') return texts.retryIn(Math.max(1, Math.ceil(wait / 1_000)));
  const known = texts.remedies[code];
  return known !== undefined && typeof setting === 'string' ? texts.withSetting(known, setting) : known;
}
