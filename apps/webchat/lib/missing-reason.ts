import type { Texts } from './texts/en.ts';

/** Why an agent cannot be started, in the language of the page where it is the usual reason, else in the gateway's words. */
export function missingReason(reason: string, texts: Texts['newSession']): string {
  const program = /^(\S+) was not found in PATH$/.exec(reason)?.[1];
  return program === undefined ? reason : texts.notFound(program);
}
