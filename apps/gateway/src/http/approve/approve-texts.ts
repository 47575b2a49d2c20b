/** The words of the page of an approval link. */
export type ApproveTexts = {
  /** As `lang` of the page. */
  language: string;
  /** How times are written, a BCP 47 tag. */
  locale: string;
  title: { permission: string; question: string };
  session: string;
  owner: string;
  agent: string;
  workDir: string;
  askedAt: string;
  goodUntil: string;
  tool: string;
  command: string;
  runsIn: string;
  touches: string;
  because: string;
  allowOnce: string;
  answer: string;
  deny: string;
  /** Where an agent offers more than this once, or wants words. */
  elsewhere: string;
  /** Where something looked like a secret, or was too long. */
  hidden: string;
  allowed(by: string): string;
  denied(by: string): string;
  /** Who it was that nobody was: the time, the policy, the end of the turn. */
  nobody: string;
  viaHook(name: string): string;
  decidedAt: string;
  unknown: string;
  unanswered: string;
  /** What was answered is not what is asked. */
  changed: string;
  tooOften(seconds: number): string;
  failed: string;
};

const en: ApproveTexts = {
  language: 'en',
  locale: 'en-GB',
  title: { permission: 'An agent asks for permission', question: 'An agent has a question' },
  session: 'Session',
  owner: 'Of',
  agent: 'Agent',
  workDir: 'Works in',
  askedAt: 'Asked',
  goodUntil: 'Link good until',
  tool: 'Tool',
  command: 'What it would do',
  runsIn: 'Runs in',
  touches: 'Touches',
  because: 'Asked because',
  allowOnce: 'Allow once',
  answer: 'Answer',
  deny: 'Deny',
  elsewhere: 'This cannot be allowed just once, or takes words: answer it in the web chat.',
  hidden: 'Not all of it is shown here, so it cannot be allowed here: answer it in the web chat.',
  allowed: (by) => `Allowed by ${by}.`,
  denied: (by) => `Denied by ${by}.`,
  nobody: 'nobody in person',
  viaHook: (name) => `somebody with a link of the hook ${name}`,
  decidedAt: 'Decided',
  unknown: 'This link is not good, or not any more. Look into the web chat.',
  unanswered: 'Choose an answer to each question, then send again.',
  changed: 'Nothing was answered: this is not what the page showed. Read it, then decide.',
  tooOften: (seconds) => `Too often: try again in ${seconds} s.`,
  failed: 'It did not work, and nothing was answered. Try again, or look into the web chat.',
};

const zh: ApproveTexts = {
  language: 'zh-Hans',
  locale: 'zh-CN',
  title: { permission: '智能体请求许可', question: '智能体有一个问题' },
  session: '会话',
  owner: '所有者',
  agent: '智能体',
  workDir: '工作目录',
  askedAt: '请求时间',
  goodUntil: '链接有效至',
  tool: '工具',
  command: '将要执行的内容',
  runsIn: '运行目录',
  touches: '涉及',
  because: '询问原因',
  allowOnce: '允许一次',
  answer: '回答',
  deny: '拒绝',
  elsewhere: '此请求不能只允许一次，或需要文字回答：请在网页聊天中回答。',
  hidden: '此处未显示全部内容，因此不能在此允许：请在网页聊天中回答。',
  allowed: (by) => `已由${by}允许。`,
  denied: (by) => `已由${by}拒绝。`,
  nobody: '系统（无人操作）',
  viaHook: (name) => `持有钩子 ${name} 链接的人`,
  decidedAt: '决定时间',
  unknown: '此链接无效或已失效。请查看网页聊天。',
  unanswered: '请为每个问题选择一个答案，然后重新提交。',
  changed: '尚未作出任何回答：当前内容与页面此前显示的不同。请阅读后再决定。',
  tooOften: (seconds) => `过于频繁：请在 ${seconds} 秒后重试。`,
  failed: '操作失败，尚未作出任何回答。请重试，或查看网页聊天。',
};

/** In every language that there is. */
export const approveTexts = { en, zh } as const;

/** A language that the page of an approval link is in. */
export type ApproveLanguage = keyof typeof approveTexts;
