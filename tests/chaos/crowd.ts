import { randomUUID } from 'node:crypto';
import type { Delivery } from '@hotplex/aep-protocol';
import { SessionsApi } from '@hotplex/client-sdk';
import { floodText } from '../../apps/gateway/src/worker/demo/flood-text.ts';
import { apiKey } from '../support/start-gateway.ts';
import { Observer } from './observer.ts';
import type { Prompt } from './oracle.ts';
import type { Random } from './random.ts';

/** One session, the clients that follow it, and what they sent. */
export type Crowd = { sessionId: string; observers: Observer[]; prompts: Prompt[] };

const deliveries: readonly Delivery[] = ['queue', 'queue', 'queue', 'steer', 'interrupt', 'reject'];

/** A session whose clients reach the gateway through a network of this port. */
export async function gatherCrowd({
  url,
  port,
  clients,
  random,
}: {
  url: string;
  port: number;
  clients: number;
  random: Random;
}): Promise<Crowd> {
  const { id } = await new SessionsApi({ url, auth: apiKey }).create({ workerType: 'demo' });
  const observers = Array.from(
    { length: clients },
    () => new Observer({ port, sessionId: id, random: () => random.next() }),
  );
  return { sessionId: id, observers, prompts: [] };
}

/** Somebody sends a prompt; now and then somebody else sends the same, and somebody stops the agent. */
export function act({ observers, prompts }: Crowd, random: Random): void {
  const somebody = random.pick(observers);
  if (random.next() < 0.1) {
    somebody.client.interrupt().catch(() => {});
    return;
  }
  const inputId = randomUUID();
  const count = random.between(1, 400);
  const asks = random.next() < 0.15;
  const content = asks ? 'permission' : `flood ${count} every ${random.between(0, 4)}`;
  const prompt: Prompt = { inputId, says: asks ? null : floodText(count), accepted: false };
  prompts.push(prompt);
  const onAccepted = () => {
    prompt.accepted = true;
  };
  const delivery = random.pick(deliveries);
  somebody.prompt(content, { inputId, delivery, onAccepted });
  if (random.next() < 0.3) random.pick(observers).prompt(content, { inputId, delivery, onAccepted });
}
