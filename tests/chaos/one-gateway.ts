import { startGateway } from '../support/start-gateway.ts';
import { faults } from './faults.ts';
import type { Stage, StageOptions } from './stage.ts';

/** A gateway that is alone. */
export async function openOneGateway({ network, env }: StageOptions): Promise<Stage> {
  const gateway = await startGateway({ env });
  network.leadTo(() => gateway.port);
  return {
    gateways: [gateway],
    faults,
    takeovers: () => 0,
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}
