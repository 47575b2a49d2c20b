import type { enSharing } from '../en/sharing.ts';
import type { Texts } from '../en.ts';

/** The words of links to read a session, for those who make them and for their guests, in Chinese. */
export const zhSharing: Pick<Texts, keyof typeof enSharing> = {
  sharing: {
    title: '分享此会话',
    menu: '分享…',
    explain: '持有链接的人无需登录即可阅读此对话，包括以后的内容。',
    lifetime: '链接有效期',
    lifetimes: { '1h': '1 小时', '1d': '1 天', '7d': '7 天', '30d': '30 天' },
    leaveOut: '不显示',
    kinds: {
      tool_outputs: '工具的输出',
      files: '文件的内容和修改',
      paths: '文件在此机器上的位置',
    },
    secrets: '密钥、令牌和密码会按其形式识别并去除。您和智能体写的话会显示。',
    make: '创建链接',
    made: '链接',
    copy: '复制链接',
    once: '只在此时显示：网关不保存它。',
    links: '有效的链接',
    until: (moment) => `有效至 ${moment}`,
    neverUsed: '尚未打开过',
    used: (ago) => `上次打开：${ago}`,
    allShown: '除机密外全部显示',
    revoke: '撤销',
  },

  shared: {
    until: (moment) => `分享给您，有效至 ${moment}`,
    refresh: '刷新',
    readOnly: '您可以阅读此对话。',
    without: (kinds) => `不显示：${kinds}。`,
    leftOut: {
      tool_outputs: '工具的输出',
      files: '文件的内容',
      paths: '机器上的位置',
    },
    alwaysLeftOut: ['附件', '疑似机密的内容'],
    empty: '还没有任何内容。',
    running: '智能体正在工作。完成后刷新即可看到结果。',
    ended: '此链接已失效',
    endedExplain: '链接已过期、已被撤销，或会话已被删除。请向分享者索取新的链接。',
  },
};
