import type { Delivery, ServerEnvelope } from '@hotplex/aep-protocol';
import { AepClient } from '@hotplex/client-sdk';
import { apiKey } from '../support/start-gateway.ts';

/** One client of one session, and every logged event it was ever handed. */
export class Observer {
  readonly client: AepClient;
  readonly seen: ServerEnvelope[] = [];

  constructor({ port, sessionId, random }: { port: number; sessionId: string; random: () => number }) {
    this.client = new AepClient({
      ...{ url: `http://127.0.0.1:${port}`, workerType: 'demo', sessionId, auth: apiKey, lastSeq: 0 },
      ...{ reconnect: { minMs: 20, maxMs: 400 }, random },
    });
    this.client.onEvent((envelope) => this.seen.push(envelope));
    this.client.onEvent((envelope) => this.#answer(envelope));
    // A refusal, or a lost prompt, is the oracle's to judge, from the log.
    this.client.connect().catch(() => {});
  }

  /** How many of its prompts have neither been accepted nor refused. */
  unsettled = 0;

  prompt(
    content: string,
    { onAccepted, ...options }: { inputId: string; delivery: Delivery; onAccepted(): void },
  ): void {
    const turn = this.client.prompt(content, options);
    turn.accepted.then(onAccepted, () => {});
    this.unsettled += 1;
    const settled = () => {
      this.unsettled -= 1;
    };
    turn.accepted.then(settled, settled);
  }

  /** Every client answers what is asked: one of them is first, the others are told so. */
  #answer({ event }: ServerEnvelope): void {
    if (event.type !== 'permission_request') return;
    this.client.respondToPermission(event.data.id, { allowed: true }).catch(() => {});
  }
}
