import { enBranch } from './en/branch.ts';
import { enChanges } from './en/changes.ts';
import { enConversation } from './en/conversation.ts';
import { enEntrance } from './en/entrance.ts';
import { enFailures } from './en/failures.ts';
import { enFiles } from './en/files.ts';
import { enFolders } from './en/folders.ts';
import { enPolicy } from './en/policy.ts';
import { enRequests } from './en/requests.ts';
import { enRewind } from './en/rewind.ts';
import { enSessions } from './en/sessions.ts';
import { enSharing } from './en/sharing.ts';

/** Every word the page shows, in English. `zh.ts` must hold the same keys; the type sees to it. */
export const en = {
  appName: 'HotPlex',
  tagline: 'Your coding agents, kept hot.',
  loading: 'Loading…',
  close: 'Close',
  cancel: 'Cancel',
  copy: 'Copy',
  copied: 'Copied',
  tryAgain: 'Try again',
  /** The short messages at the top of the page. */
  messages: 'Messages of the page',
  showAll: (lines: number) => `Show all ${lines} lines`,
  showLess: 'Show less',
  labelled: (label: string) => `${label}: `,
  /** Words with what is said beside them. */
  aside: (words: string, beside: string | number) => `${words} (${beside})`,
  ...enEntrance,
  ...enSessions,
  ...enSharing,
  ...enConversation,
  ...enChanges,
  ...enFiles,
  ...enFolders,
  ...enRewind,
  ...enBranch,
  ...enRequests,
  ...enPolicy,
  ...enFailures,

  time: {
    now: 'now',
    minutes: (count: number) => `${count} min`,
    hours: (count: number) => `${count} h`,
    days: (count: number) => `${count} d`,
    seconds: (count: string) => `${count} s`,
    minutesAndSeconds: (minutes: number, seconds: number) => `${minutes} min ${seconds} s`,
    in: (seconds: number) => (seconds < 90 ? `in ${seconds} s` : `in ${Math.round(seconds / 60)} min`),
  },
};

export type Texts = typeof en;
