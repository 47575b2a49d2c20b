import { announcedContract } from './worker-contract/announced.ts';
import { commandContract } from './worker-contract/commands.ts';
import type { WorkerContract } from './worker-contract/contract.ts';
import { elicitationContract } from './worker-contract/elicitation.ts';
import { failureContract } from './worker-contract/failures.ts';
import { hostileContract } from './worker-contract/hostile.ts';
import { interruptContract } from './worker-contract/interrupt.ts';
import { memoryContract } from './worker-contract/memory.ts';
import { missingContract } from './worker-contract/missing.ts';
import { permissionContract } from './worker-contract/permission.ts';
import { pictureContract } from './worker-contract/picture.ts';
import { processContract } from './worker-contract/process.ts';
import { questionContract } from './worker-contract/question.ts';
import { settingContract } from './worker-contract/settings.ts';
import { SharedAgent } from './worker-contract/shared-agent.ts';
import { steerContract } from './worker-contract/steer.ts';
import { survivalContract } from './worker-contract/survival.ts';
import { sayOnce } from './worker-contract/told-turns.ts';
import { toolContract } from './worker-contract/tools.ts';
import { turnContract } from './worker-contract/turns.ts';

export type {
  CommandScene,
  ContractStage,
  FailureScene,
  Hostility,
  ModelFailure,
  SettingScene,
  WorkerContract,
} from './worker-contract/contract.ts';

/** The suite that every adapter passes, whatever the agent behind it. */
export function workerContract(contract: WorkerContract): void {
  const shared = new SharedAgent(contract.setUp);
  conversationContract(contract, shared);
  troubleContract(contract, shared);
}

/** The half of it in which all goes well. It may have a file of its own where an agent takes long to start. */
export function conversationContract(
  contract: WorkerContract,
  shared = new SharedAgent(contract.setUp),
): void {
  const told = sayOnce(contract, shared);
  announcedContract(contract, shared);
  turnContract(contract, told);
  pictureContract(contract, shared);
  toolContract(contract, { shared, told });
  interruptContract(contract, shared);
  steerContract(contract, shared);
  permissionContract(contract, shared);
  questionContract(contract, shared);
  elicitationContract(contract, shared);
  memoryContract(contract);
  commandContract(contract, shared);
  settingContract(contract, shared);
}

/** The other half: what is missing, fails, misbehaves, is killed or has to outlive the gateway. */
export function troubleContract(contract: WorkerContract, shared = new SharedAgent(contract.setUp)): void {
  missingContract(contract);
  failureContract(contract, shared);
  hostileContract(contract);
  processContract(contract);
  survivalContract(contract);
}
