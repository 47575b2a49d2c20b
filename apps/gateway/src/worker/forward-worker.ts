import type { InteractionResponse, Worker, WorkerCommand, WorkerInput } from './worker.ts';

/** A worker that does what another does, but for what is given here; what the other lacks it lacks too. */
export function forwardWorker(worker: Worker, changed: Partial<Worker> = {}): Worker {
  return {
    get pid() {
      return worker.pid;
    },
    prompt: (input) => worker.prompt(input),
    ...(worker.steer && { steer: (input: WorkerInput) => worker.steer?.(input) }),
    ...(worker.respond && { respond: (response: InteractionResponse) => worker.respond?.(response) }),
    ...(worker.command && { command: (command: WorkerCommand) => worker.command?.(command) }),
    ...(worker.save && { save: () => worker.save?.() }),
    ...(worker.leave && { leave: () => worker.leave?.() }),
    interrupt: () => worker.interrupt(),
    stop: () => worker.stop(),
    ...changed,
  };
}
