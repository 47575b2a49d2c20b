import type { Texts } from '../en.ts';

/** The words of notices and errors, in Chinese. */
export const zhFailures: Pick<Texts, 'notices' | 'errors'> = {
  notices: {
    retry: '正在重试',
    rate_limit: '速率限制',
    compaction: '上下文已压缩',
    info: '提示',
    model: '模型',
    permission_mode: '权限模式',
    background: '后台任务',
    backgroundTasks: (count) => (count === 0 ? '后台任务均已结束' : `${count} 个后台任务正在运行`),
    raw: (kind) => `智能体消息：${kind}`,
  },

  errors: {
    title: '出错了',
    unknown: '发生意外错误。',
    network: '无法连接网关。',
    remedies: {
      WORKER_START_FAILED: '请看错误信息：它说明了缺少什么。然后重新发送消息。',
      WORKER_CRASH: '发送下一条消息，智能体就会带着记忆回来。',
      WORKER_TIMEOUT: '请重试，或停止后减少要求。',
      WORKER_OOM: '请一次少做一些，或提高内存限制。',
      PROCESS_SIGKILL: '发送下一条消息，会话会恢复。',
      WORKER_OUTPUT_LIMIT: '请要求更少的输出。',
      SESSION_BUSY: '等待当前一轮结束后再发送。',
      RATE_LIMITED: '请稍候再试。',
      GATEWAY_OVERLOAD: '请关闭其他会话，或稍后再试。',
      TURN_TIMEOUT: '请一次少做一些。',
      RECONNECT_REQUIRED: '请重新发送消息；之前的内容都在。',
      NOT_SUPPORTED: '该智能体不支持此操作。',
      ALREADY_RESOLVED: '其他人已先回答。',
      BUDGET_EXCEEDED: '请提高预算，或等待下一个周期。',
      POLICY_DENIED: '策略禁止此操作，请联系网关管理员。',
      UNAUTHORIZED: '请重新登录。',
      FORBIDDEN: '请联系该会话的所有者。',
      INTERNAL_ERROR: '请重试；若仍失败，请查看网关日志。',
    },
  },
};
