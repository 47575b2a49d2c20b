import { randomUUID } from 'node:crypto';
import type { Delivery } from '@hotplex/aep-protocol';
import { SessionsApi } from '@hotplex/client-sdk';
import { floodText } from '../../apps/gateway/src/worker/demo/flood-text.ts';
import { apiKey } from '../support/start-gateway.ts';
import { Observer } from './observer.ts';
import type { Prompt } from './oracle.ts';
import type { Random } from './random.ts';

/** One session, the clients that follow it, and what they sent. */
export type Crowd = {
  sessionId: string;
  observers: Observer[];
  prompts: Prompt[];
  /** How many of its events were judged already. */
  judged: number;
};

const deliveries: readonly Delivery[] = ['queue', 'queue', 'queue', 'steer', 'interrupt', 'reject'];

/** Older news is replayed, or the agent has paused. */
const freshMs = 300;

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
  return { sessionId: id, observers, prompts: [], judged: 0 };
}

/** Somebody sends a prompt; now and then somebody else sends the same, and somebody stops the agent. */
export function act({ observers, prompts }: Crowd, random: Random): void {
  const somebody = random.pick(observers);
  if (random.next() < 0.1) {
    somebody.client.interrupt().catch(() => {});
    return;
  }
  const asks = random.next() < 0.15;
  send(prompts, {
    ...(asks ? permission : flood(random.between(1, 400), random.between(0, 4))),
    delivery: random.pick(deliveries),
    by: somebody,
    andBy: random.next() < 0.3 ? random.pick(observers) : undefined,
  });
}

/** Somebody sends a prompt whose answer takes a while. */
export function askForMuch({ observers, prompts }: Crowd, random: Random): void {
  const by = random.pick(observers);
  send(prompts, { by, delivery: 'queue', ...flood(random.between(300, 600), random.between(4, 6)) });
}

type Sent = Pick<Prompt, 'says'> & {
  content: string;
  delivery: Delivery;
  by: Observer;
  /** Sends the same prompt too. */
  andBy?: Observer | undefined;
};

function send(prompts: Prompt[], { content, says, delivery, by, andBy }: Sent): void {
  const inputId = randomUUID();
  const prompt: Prompt = { inputId, says, accepted: false };
  prompts.push(prompt);
  const onAccepted = () => {
    prompt.accepted = true;
  };
  for (const observer of [by, andBy]) observer?.prompt(content, { inputId, delivery, onAccepted });
}

const permission = { content: 'permission', says: null };

/** So many pieces with so many milliseconds between them. */
function flood(count: number, everyMs: number): Pick<Sent, 'content' | 'says'> {
  return { content: `flood ${count} every ${everyMs}`, says: floodText(count) };
}

/** Whether a client was handed a piece of a message just now. */
export function isSpoken({ observers }: Crowd): boolean {
  return observers.some(({ seen }) => {
    const last = seen.at(-1);
    return last?.event.type === 'message.delta' && Date.now() - last.timestamp < freshMs;
  });
}
