import type { Texts } from './en.ts';
import { zhBranch } from './zh/branch.ts';
import { zhChanges } from './zh/changes.ts';
import { zhConversation } from './zh/conversation.ts';
import { zhEntrance } from './zh/entrance.ts';
import { zhFailures } from './zh/failures.ts';
import { zhFiles } from './zh/files.ts';
import { zhFolders } from './zh/folders.ts';
import { zhPolicy } from './zh/policy.ts';
import { zhRequests } from './zh/requests.ts';
import { zhRewind } from './zh/rewind.ts';
import { zhSessions } from './zh/sessions.ts';
import { zhSharing } from './zh/sharing.ts';

/** Every word the page shows, in Chinese. */
export const zh: Texts = {
  appName: 'HotPlex',
  tagline: '编程智能体，随时待命。',
  loading: '加载中…',
  close: '关闭',
  cancel: '取消',
  copy: '复制',
  copied: '已复制',
  tryAgain: '重试',
  messages: '页面消息',
  showAll: (lines) => `显示全部 ${lines} 行`,
  showLess: '收起',
  labelled: (label) => `${label}：`,
  aside: (words, beside) => `${words}（${beside}）`,
  ...zhEntrance,
  ...zhSessions,
  ...zhSharing,
  ...zhConversation,
  ...zhChanges,
  ...zhFiles,
  ...zhFolders,
  ...zhRewind,
  ...zhBranch,
  ...zhRequests,
  ...zhPolicy,
  ...zhFailures,

  time: {
    now: '刚刚',
    minutes: (count) => `${count} 分钟前`,
    hours: (count) => `${count} 小时前`,
    days: (count) => `${count} 天前`,
    seconds: (count) => `${count} 秒`,
    minutesAndSeconds: (minutes, seconds) => `${minutes} 分钟 ${seconds} 秒`,
    in: (seconds) => (seconds < 90 ? `${seconds} 秒后` : `${Math.round(seconds / 60)} 分钟后`),
  },
};
