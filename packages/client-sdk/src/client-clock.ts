/** Time for the client, handed in so that tests can turn it. */
export interface ClientClock {
  now(): number;
  /** Calls `fire` once after `ms`; the returned function takes it back. */
  after(ms: number, fire: () => void): () => void;
}

export const systemClock: ClientClock = {
  now: () => Date.now(),
  after(ms, fire) {
    const handle = setTimeout(fire, ms);
    return () => clearTimeout(handle);
  },
};
