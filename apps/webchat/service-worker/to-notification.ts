import { enEntrance } from '../lib/texts/en/entrance.ts';
import { zhEntrance } from '../lib/texts/zh/entrance.ts';

/** A message of the browser, and the session that it leads to. */
export type Shown = {
  title: string;
  options: { body: string; tag: string; lang: string; icon: string; data: { sessionId: string } };
};

const words = { en: enEntrance.attention, zh: zhEntrance.attention };
const appName = 'HotPlex';

/** What somebody is shown of a message that was pushed; undefined if it is none of ours. */
export function toNotification(pushed: unknown): Shown | undefined {
  if (typeof pushed !== 'object' || pushed === null) return undefined;
  const { kind, session_id: sessionId, language, title } = pushed as Record<string, unknown>;
  if ((kind !== 'asks' && kind !== 'ended') || typeof sessionId !== 'string') return undefined;
  const lang = language === 'zh' ? 'zh' : 'en';
  return {
    title: typeof title === 'string' ? title : appName,
    // The page itself calls by the same tag: there is one message for each session.
    options: {
      body: words[lang][kind],
      tag: sessionId,
      lang,
      icon: '/icons/icon-192.png',
      data: { sessionId },
    },
  };
}

/** Where a session is shown. */
export const addressOf = (sessionId: string) => `/?s=${encodeURIComponent(sessionId)}`;
