import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { type AepUIMessage, toMessages } from '@hotplex/ai-sdk-transport';
import type { SessionsApi } from '@hotplex/client-sdk';
import { createObservable, type Observable } from './observable.ts';
import { wholeFrom } from './whole-from.ts';

/** Events of the first page; a conversation is opened by what can be seen of it. */
const firstPage = 250;
const laterPage = 1_000;
const fromTheEnd = Number.MAX_SAFE_INTEGER;

/** The messages of a session as far back as somebody has looked: a long log costs what is read of it. */
export type History = {
  /** Reads the newest messages, as far back as all prompts go that wait; with all events that were read for it. */
  open: (queue: readonly string[]) => Promise<{ messages: AepUIMessage[]; envelopes: ServerEnvelope[] }>;
  /** The messages before those that are known, oldest first; empty when there are none. */
  earlier: () => Promise<AepUIMessage[]>;
  /** Whether there is an event of this number, or may be, in what is not read yet. */
  isBefore: (seq: number) => boolean;
  hasEarlier: Observable<boolean>;
  /** What is known, read again to its end. */
  again: () => Promise<AepUIMessage[]>;
};

export function createHistory(id: string, sessions: Pick<SessionsApi, 'events' | 'allEvents'>): History {
  const hasEarlier = createObservable(false);
  /** Read, but not shown: what they belong to began earlier. */
  let rest: ServerEnvelope[] = [];
  /** The number of the first event that is shown, and of the first one that is read. */
  let firstShown = 1;
  let firstRead = fromTheEnd;

  /** What went back to turns that are not shown yet: all between is set aside. */
  let openRewinds: ServerEnvelope[] = [];

  const show = async (part: readonly ServerEnvelope[]) => {
    const { messages } = await toMessages([...part, ...openRewinds]);
    const began = new Set(part.map(({ turn_id }) => turn_id));
    openRewinds = [...part, ...openRewinds].filter(
      ({ event }) => event.type === 'session.rewound' && !began.has(event.data.turn_id),
    );
    return messages;
  };

  /** Reads backwards until what was read can be shown, and `enough` says so. */
  const readBack = async (enough: (read: readonly ServerEnvelope[]) => boolean) => {
    let read = rest;
    for (let limit = firstRead === fromTheEnd ? firstPage : laterPage; ; limit = laterPage) {
      const page = await sessions.events(id, { before: firstRead, limit });
      const [first] = page.events;
      read = [...page.events, ...read];
      const isAll = first === undefined || first.seq <= page.oldestSeq;
      firstRead = first?.seq ?? firstRead;
      const start = isAll ? 0 : wholeFrom(read);
      if (start === undefined || !(isAll || enough(read.slice(start)))) continue;
      rest = read.slice(0, start);
      firstShown = read[start]?.seq ?? firstShown;
      hasEarlier.set(!isAll);
      return { envelopes: read, messages: await show(read.slice(start)) };
    }
  };
  return {
    hasEarlier,
    open: (queue) => readBack((read) => queue.every((inputId) => read.some(isInput(inputId)))),
    earlier: async () => (hasEarlier.get() ? (await readBack(() => true)).messages : []),
    isBefore: (seq) => hasEarlier.get() && seq < firstShown,
    again: async () => {
      const all: ServerEnvelope[] = [];
      for await (const envelope of sessions.allEvents(id, { after: firstShown - 1 })) all.push(envelope);
      openRewinds = [];
      return show(all);
    },
  };
}

const isInput =
  (inputId: string) =>
  ({ event }: ServerEnvelope) =>
    event.type === 'input' && event.data.input_id === inputId;
