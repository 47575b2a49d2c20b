import { createEngine, type Engine } from '@hotplex/gateway';

// While you write, Next loads modules anew; a database has one engine at a time.
const kept = globalThis as typeof globalThis & { engine?: Promise<Engine> };

/** The one engine of this server, made with its first request. */
export function openEngine(): Promise<Engine> {
  kept.engine ??= createEngine();
  return kept.engine;
}
