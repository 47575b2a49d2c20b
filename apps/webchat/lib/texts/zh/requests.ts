import type { Texts } from '../en.ts';

/** The words of what an agent asks a person, in Chinese. */
export const zhRequests: Pick<Texts, 'permission' | 'question' | 'budget' | 'elicitation'> = {
  permission: {
    title: (tool) => `允许智能体使用 ${tool} 吗？`,
    explain: '以下就是将要执行的内容。',
    resolved: '实际执行',
    folder: '目录',
    touches: '涉及',
    hidden: '不可见字符和改变文字方向的字符以代码形式显示。',
    allowOnce: '允许一次',
    allowSession: '本会话内允许',
    deny: '拒绝',
    reason: '理由（可选）',
    reasonHint: '拒绝并说明原因…',
    keys: (forSession) => `焦点在此卡片上时：Y 允许一次，${forSession ? 'A 本会话内允许，' : ''}N 拒绝。`,
    sending: '正在发送您的回答…',
    failed: '您的回答未送达，请重试。',
    allowed: (tool) => `已允许 ${tool}`,
    denied: (tool) => `已拒绝 ${tool}`,
    by: (who) => `操作者：${who}`,
    timeout: '无人及时回答',
    policy: '依据策略',
    interrupted: '这一轮已停止',
    deadline: (time) => `${time}自动按“拒绝”处理`,
  },

  question: {
    title: '智能体有一个问题',
    own: '其他',
    ownPlaceholder: '您的回答',
    answer: '回答',
    many: '可选择一项或多项',
    answered: '已回答',
    unanswered: '未回答',
    failed: '您的回答未送达，请重试。',
  },

  budget: {
    title: '预算已用完',
    used: (amount) => `此会话已使用 ${amount}。在有人决定之前，您发送的消息会排队等待。`,
    goOn: (amount) => `继续，再增加 ${amount}`,
    day: (amount) =>
      `您今天已使用 ${amount}，达到当日预算。您发送的消息会等到 UTC 零点，或等到管理员提高预算。`,
    stop: '停止并撤回排队的消息',
    tokens: (count) => `${count} 个 token`,
    minutes: (count) => `${count} 分钟工作时间`,
  },

  elicitation: {
    title: (server) => `${server} 需要一些信息`,
    accept: '提交',
    decline: '拒绝',
    accepted: '已发送',
    declined: '已拒绝',
    cancelled: '已取消',
    openUrl: '它请您自行打开此地址：',
    required: (label) => `${label}（必填）`,
    failed: '您的回答未送达，请重试。',
  },
};
