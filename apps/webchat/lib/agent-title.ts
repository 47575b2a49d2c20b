import type { Texts } from './texts/en.ts';

/** An agent's name for people: most are names of products, which the gateway tells; others the page has words for. */
export function agentTitle(
  { type, title = type }: { type: string; title?: string | undefined },
  { titles }: Pick<Texts['newSession'], 'titles'>,
): string {
  return titles[type] ?? title;
}
