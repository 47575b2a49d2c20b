import type { RunningGateway } from '../support/start-gateway.ts';
import type { CuttingProxy } from './cutting-proxy.ts';
import type { Fault } from './faults.ts';
import type { Random } from './random.ts';

/** What chaos is played on. */
export type Stage = AsyncDisposable & {
  /** One that is alone, or several that work as one. */
  gateways: readonly RunningGateway[];
  /** What can go wrong here, by name. */
  faults: Readonly<Record<string, Fault>>;
  /** How often a session was taken up by another gateway, or another life of the same. */
  takeovers(): number;
};

export type StageOptions = {
  /** The way of clients to the gateways. */
  network: CuttingProxy;
  /** Of each gateway. */
  env: Record<string, string>;
  random: Random;
};
