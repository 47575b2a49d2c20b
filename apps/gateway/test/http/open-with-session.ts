import { apiKey } from '../auth/open-door.ts';
import { openAdmin } from './open-admin.ts';

/** The operators' API of a gateway in which alice has a session. */
export async function openWithSession() {
  const admin = await openAdmin();
  const alice = await admin.door.authenticate(
    { kind: 'api_key', key: apiKey },
    { address: '', origin: null },
  );
  const session = admin.sessions.open({ identity: alice, workerType: 'scripted', key: 'a' });
  return { ...admin, alice, session, id: session.record.id };
}

/** A turn of that session with these figures. */
export function runTurn(
  { session, worker }: Awaited<ReturnType<typeof openWithSession>>,
  inputId: string,
  cost: number,
) {
  session.prompt({ inputId, content: 'words of a person', author: 'alice' });
  const stats = {
    ...{ duration_ms: 1_500, time_to_first_token_ms: 20, tool_calls: 0, input_tokens: 10, output_tokens: 20 },
    ...{ cache_read_tokens: null, cache_write_tokens: null, total_tokens: 30, cost_usd: cost, model: 'm' },
    ...{ context_used_percent: null, stop_reason: 'end_turn' },
  };
  worker.say({ type: 'done', data: { success: true, stats } });
}
