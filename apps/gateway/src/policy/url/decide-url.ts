import type { PolicyContext, ToolCall, Verdict } from '../policy.ts';
import { classifyUrl, type UrlZone } from './classify-url.ts';

const answers: Readonly<Record<UrlZone, Omit<Verdict, 'targets'>>> = {
  public: { decision: 'allow', rule: 'none', reason: 'nothing speaks against this address' },
  private: { decision: 'deny', rule: 'U2', reason: 'the address is not one of the public internet' },
  metadata: { decision: 'deny', rule: 'N10', reason: 'a cloud gives out its credentials at this address' },
  gateway: { decision: 'deny', rule: 'N10', reason: 'this is the gateway itself' },
};

/** A call of an agent's web tool. */
export type UrlCall = Pick<Extract<ToolCall, { kind: 'url' }>, 'url'>;

/** May an agent's web tool fetch this? From the text alone: what a name resolves to, `vetUrl` asks (U1, U2, U5). */
export function decideUrl({ url }: UrlCall, context: Pick<PolicyContext, 'gatewayPorts'>): Verdict {
  const place = classifyUrl(url, context);
  if (place.zone === 'unreadable') return { decision: 'deny', rule: 'U1', reason: place.problem };
  return { ...answers[place.zone], targets: [place.url.href] };
}
