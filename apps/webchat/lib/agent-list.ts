import type { AgentList as Agents, SessionsApi } from '@hotplex/client-sdk';
import { createObservable, type Observable } from './observable.ts';

/** What is known of the gateway's agents; an old list stays while a new one is asked for. */
export type AgentListState = { status: 'loading' | 'ready' | 'failed'; list: Agents | undefined };

/** The agents of this gateway, kept so that the next dialog opens complete. */
export type AgentList = {
  state: Observable<AgentListState>;
  /** Asks the gateway, which looks on its machine each time. Never rejects. */
  refresh: () => Promise<void>;
};

export function createAgentList(api: Pick<SessionsApi, 'agents'>): AgentList {
  const state = createObservable<AgentListState>({ status: 'loading', list: undefined });
  let running: Promise<void> | undefined;

  const load = async () => {
    const { list } = state.get();
    if (!list) state.set({ status: 'loading', list });
    try {
      state.set({ status: 'ready', list: await api.agents() });
    } catch {
      state.set({ status: 'failed', list });
    }
  };

  return {
    state,
    refresh: () => {
      running ??= load().finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}
