import { z } from 'zod';
import { flag } from './values.ts';

const enabled = flag.default(false);
const workerType = z.string().min(1).default('claude_code');

/** Ways in for programs that speak another protocol than AEP; the section `doors` of the configuration. */
export const doorsSettings = z
  .strictObject({
    opencode: z
      .strictObject({
        enabled: enabled.describe('Whether clients of OpenCode’s server are answered, at /opencode.'),
        worker_type: workerType.describe(
          'The agent of a session that such a client opens without naming one.',
        ),
      })
      .prefault({}),
    ai_sdk: z
      .strictObject({
        enabled: enabled.describe('Whether the AI SDK’s WebSocketChatTransport is answered, at /ai-sdk.'),
        worker_type: workerType.describe('The agent of a chat that does not name one.'),
      })
      .prefault({}),
    engine: z
      .strictObject({
        enabled: enabled.describe(
          'Whether the frames of the older engine, hotplexd, are answered at /ws/v1/agent; AEP is there always.',
        ),
        worker_type: workerType.describe('The agent of the sessions that its clients open.'),
      })
      .prefault({}),
  })
  .prefault({});
