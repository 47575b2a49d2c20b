import {
  ChangesApi,
  FilesApi,
  type SessionSummary,
  SessionsApi,
  SharesApi,
  TerminalConversationsApi,
} from '@hotplex/client-sdk';
import { type AgentList, createAgentList } from './agent-list.ts';
import { type Attachments, createAttachments } from './attachments.ts';
import { type Authentication, createAuthentication } from './authentication.ts';
import { type Changes, createChanges } from './changes.ts';
import type { Conversation } from './conversation.ts';
import type { Conversations } from './conversations.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { createGrouping, type Grouping } from './grouping.ts';
import { isLookedAt } from './is-looked-at.ts';
import { createNotifications, type Notifications } from './notifications.ts';
import { createObservable, type WritableObservable } from './observable.ts';
import { createOverlay, type Overlay } from './overlay.ts';
import { createPins, type Pins } from './pins.ts';
import { createPush, type Push } from './push.ts';
import { createPushApi } from './push-api.ts';
import { createSearch, type Search } from './search.ts';
import { createSeenTurns, type SeenTurns } from './seen-turns.ts';
import { startServiceWorker } from './service-worker.ts';
import { createSessionList, type SessionList } from './session-list.ts';
import { createSound, type Sound } from './sound.ts';

/** A place in the log of a session, and the words that were looked for. */
export type Place = { sessionId: string; seq: number; words: readonly string[] };

const typingPauseMs = 200;

/** Everything this page holds for as long as it is open. It lives outside React, so no render or route can lose it. */
export type WebChat = {
  authentication: Authentication;
  api: SessionsApi;
  files: FilesApi;
  changedFiles: ChangesApi;
  shares: SharesApi;
  terminal: TerminalConversationsApi;
  changes: Changes;
  attachments: Attachments;
  sessions: SessionList;
  /** Those that were put away. */
  archive: SessionList;
  /** Whether these are shown in the place of the others. */
  showsArchive: WritableObservable<boolean>;
  agents: AgentList;
  drafts: Drafts;
  search: Search;
  grouping: Grouping;
  pins: Pins;
  seen: SeenTurns;
  notifications: Notifications;
  sound: Sound;
  push: Push;
  overlay: Overlay;
  /** Where a hit of the search leads to, until its conversation has gone there. */
  place: WritableObservable<Place | undefined>;
  /** The conversation of a session, opened once; what failed is tried anew by the next call. */
  conversation: (id: string) => Promise<Conversation>;
  forget: (id: string) => void;
};

let webChat: WebChat | undefined;

/** The page's one `WebChat`; only in the browser, for it talks to the page's own origin and to no other (X4). */
export function getWebChat(): WebChat {
  webChat ??= createWebChat(location.origin);
  return webChat;
}

function createWebChat(origin: string): WebChat {
  const authentication = createAuthentication({
    fetch: (input, init) => fetch(input, init),
    now: Date.now,
    alone: (work) => (navigator.locks ? navigator.locks.request('hotplex.refresh', work) : work()),
  });
  const api = new SessionsApi({ url: origin, fetch: authentication.fetch });
  const files = new FilesApi({ url: origin, fetch: authentication.fetch });
  const changedFiles = new ChangesApi({ url: origin, fetch: authentication.fetch });
  const pins = createPins();
  const seen = createSeenTurns();
  const onAdded = ({ id, totals }: SessionSummary) => seen.see(id, totals.turn_count);
  const sessions = createSessionList({ api, pins, after, isLookedAt, onAdded });
  // What speaks with an agent is much of the page's code; the list of sessions does without it.
  let loading: Promise<Conversations> | undefined;
  const load = async (): Promise<Conversations> => {
    const { createConversations } = await import('./conversations.ts');
    const onActivity = () => void sessions.refresh();
    return createConversations({ origin, authentication, api, onActivity });
  };
  const conversations = () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  return {
    authentication,
    api,
    files,
    changedFiles,
    shares: new SharesApi({ url: origin, fetch: authentication.fetch }),
    terminal: new TerminalConversationsApi({ url: origin, fetch: authentication.fetch }),
    changes: createChanges(changedFiles),
    attachments: createAttachments({
      api: files,
      objectUrls: { create: (file) => URL.createObjectURL(file), forget: (url) => URL.revokeObjectURL(url) },
    }),
    sessions,
    archive: createSessionList({ api, pins, after, archived: true }),
    showsArchive: createObservable(false),
    agents: createAgentList(api),
    drafts: createDrafts(),
    grouping: createGrouping(),
    pins,
    seen,
    notifications: createNotifications(startServiceWorker),
    sound: createSound(),
    push: createPush({ api: createPushApi(authentication.fetch), worker: startServiceWorker }),
    overlay: createOverlay(),
    search: createSearch({
      api,
      later: (work) => after(typingPauseMs, work),
    }),
    place: createObservable<Place | undefined>(undefined),
    conversation: async (id) => (await conversations()).open(id),
    forget: (id) => void loading?.then(({ forget }) => forget(id)),
  };
}

function after(ms: number, work: () => void): () => void {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}
