import type { SessionConfig } from '@hotplex/aep-protocol';
import type { AepClientOptions } from '@hotplex/client-sdk';
import type { TurnMapperOptions } from './mapping/turn-mapper.ts';

export type AepChatTransportOptions = {
  /** http(s) or ws(s) address of the gateway. */
  url: string;
  /** API key or token, or what fetches one for each connection. */
  auth?: AepClientOptions['auth'];
  /** The agent of a chat that has no session yet; default `claude_code`. */
  workerType?: (chatId: string) => string;
  /** How to set up the session of a new chat. */
  config?: (chatId: string) => SessionConfig | undefined;
  /**
   * `inline` (default): a permission is asked and answered within one stream, see `respondToPermission`. `turn`: the
   * stream ends with the request, and `addToolApprovalResponse` alone brings the answer; the chat then needs
   * `sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithApprovalResponses`.
   */
  approvals?: TurnMapperOptions['approvals'];
  /** Says to the gateway which program this is. */
  client?: AepClientOptions['client'];
  /** Whether to hear who else is connected to a chat’s session; see `onParticipants`. */
  presence?: boolean;
  /** How often and how long to try again before the connection is given up; default: without end. */
  reconnect?: AepClientOptions['reconnect'];
  webSocket?: AepClientOptions['webSocket'];
  fetch?: typeof fetch;
};
