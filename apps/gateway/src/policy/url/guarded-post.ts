import type { Clock } from '../../ground/clock.ts';
import { dial, failure, unlessAborted } from './dial.ts';
import { type DialRules, dialTargets } from './dial-targets.ts';

type PostRules = Omit<DialRules, 'allowedHosts'> & { clock: Clock };

type Posted = {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** For everything together, milliseconds. */
  timeoutMs: number;
  /** Whether the operator says that this address may be one of his own network. */
  mayBePrivate: boolean;
};

/** More of an answer is not read. Characters. */
const longestAnswer = 4_096;

/** Posts to an address of the operator's, and returns the answer. Throws GatewayError. */
export type GuardedPost = (posted: Posted) => Promise<{ status: number; body: string }>;

/** As guarded as what is fetched (U1 to U5), and it follows no redirect: what is posted is meant for this address alone. */
export function createGuardedPost({ clock, ...rules }: PostRules): GuardedPost {
  return async ({ url, headers, body, timeoutMs, mayBePrivate }) => {
    const abort = new AbortController();
    const { signal } = abort;
    const patience = clock.after(timeoutMs, () =>
      abort.abort(failure(`it took longer than ${Math.round(timeoutMs / 1_000)} s`)),
    );
    try {
      const host = URL.parse(url)?.hostname.replace(/^\[|\]$/g, '') ?? '';
      const allowedHosts = new Set(mayBePrivate ? [host] : []);
      const targets = await unlessAborted(dialTargets(url, { ...rules, allowedHosts }), signal);
      const message = await dial(targets, { signal, post: { headers, body } });
      let answer = '';
      try {
        for await (const text of message.setEncoding('utf8')) {
          answer += text;
          if (answer.length > longestAnswer) break;
        }
      } finally {
        message.destroy();
      }
      return { status: message.statusCode ?? 0, body: answer.slice(0, longestAnswer) };
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    } finally {
      patience.cancel();
    }
  };
}
