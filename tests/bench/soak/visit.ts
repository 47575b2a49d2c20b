import { AepClient, type AepClientOptions } from '@hotplex/client-sdk';

/** What a client is told of its session, over as many connections as it takes: it comes back with the last number that it has. */
export type Visit = Disposable & {
  /** Connects, unless it is there. */
  come(): Promise<void>;
  /** Closes its connection; what the agent says meanwhile comes later. */
  leave(): void;
  /** Sends a prompt that has the agent say so many pieces, and resolves once the gateway has stored it. */
  prompt(pieces: number): Promise<void>;
  /** Resolves when the turn has come to its end here; throws if not every piece came, once. */
  heardAll(pieces: number): Promise<void>;
  /** Ends the agent: the next prompt starts another one. */
  endAgent(): Promise<void>;
};

export type VisitOptions = AepClientOptions & {
  sessionId: string;
  /** It has connected. */
  onCome(): void;
};

/** As fast as a model speaks. */
export const piecesPerSecond = 10;

export function openVisit({ onCome, ...options }: VisitOptions): Visit {
  let client: AepClient | undefined;
  let lastSeq = 0;
  let heard = 0;
  let over = Promise.withResolvers<void>();
  const open = () => {
    const opened = new AepClient({ ...options, lastSeq });
    opened.onEvent(({ seq, event }) => {
      if (seq !== lastSeq + 1) over.reject(new Error(`after event ${lastSeq} came ${seq}`));
      lastSeq = seq;
      // Each piece has its time between two signs.
      if (event.type === 'message.delta') heard += event.data.content.split('@').length >> 1;
      if (event.type === 'done') over.resolve();
    });
    return opened;
  };
  const come = async () => {
    if (client) return client;
    client = open();
    await client.connect();
    onCome();
    return client;
  };
  const leave = () => {
    client?.close();
    client = undefined;
  };
  return {
    leave,
    [Symbol.dispose]: leave,
    come: async () => void (await come()),
    async prompt(pieces) {
      const here = await come();
      heard = 0;
      over = Promise.withResolvers();
      over.promise.catch(() => {});
      await here.prompt(`count=${pieces} rate=${piecesPerSecond} burst=1`).accepted;
    },
    async heardAll(pieces) {
      await over.promise;
      if (heard !== pieces) throw new Error(`of ${pieces} pieces ${heard} came`);
    },
    endAgent: async () => (await come()).control('terminate'),
  };
}
