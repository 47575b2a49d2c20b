import type { enConversation } from '../en/conversation.ts';
import type { Texts } from '../en.ts';

/** The words of a conversation and what an agent does in it, in Chinese. */
export const zhConversation: Pick<Texts, keyof typeof enConversation> = {
  presence: {
    title: '当前已连接',
    count: (people: number) => `当前有 ${people} 个连接`,
    you: '本页面',
    driver: '可操作',
    viewer: '仅查看',
    unnamed: '程序',
  },

  connection: {
    idle: '未连接',
    connecting: '正在连接…',
    ready: '已连接',
    reconnecting: (seconds) => (seconds > 0 ? `${seconds} 秒后重连` : '正在重连…'),
    offline: '网络已断开',
    closed: '连接已断开',
  },

  composer: {
    label: '给智能体的消息',
    placeholder: '请输入您的要求…',
    placeholderRunning: '写下一个任务，它会排队等待…',
    send: '发送',
    queue: '加入队列',
    stop: '停止',
    stopping: '正在停止…',
    failed: '消息未被接受，已放回输入框。',
    keys: '回车发送 · Shift+回车换行',
    keysRunning: '回车排队 · Ctrl+回车加入这一轮',
    deliveries: '以其他方式发送',
    delivery: {
      queue: ['在这一轮之后', '排队等待'],
      steer: ['加入这一轮', '智能体工作时就会读到'],
      interrupt: ['取代这一轮', '当前一轮会被停止'],
    },
    stopFailed: '无法停止智能体。',
  },

  completion: {
    command: '智能体的命令和技能',
    path: '工作目录中的文件',
    hint: '按 Alt+Enter 或 Alt+点击可查看文件',
    show: '查看列表中的文件',
  },

  attachments: {
    title: '随下一条消息发送的文件',
    add: '添加文件',
    drop: '将文件拖放到这里即可添加',
    uploading: '正在上传…',
    remove: (name) => `移除 ${name}`,
    save: (name) => `保存 ${name}`,
    gone: (name) => `${name} 已不存在。`,
    unnamed: '文件',
    reasons: {
      too_large: '文件太大。',
      session_full: '此会话的文件总量超出上限。',
      too_many: '此会话的文件过多。',
      media_type: '不接受此类文件。',
      empty: '文件为空。',
    },
  },

  queue: {
    title: (count) => `${count} 条消息正在等待`,
    remove: '从队列中移除',
    edit: '修改这条消息',
    edited: '等待中的消息',
    save: '保存修改',
    editFailed: '无法修改：它可能已经开始运行。',
    removeFailed: '无法移除：它可能已经开始运行。',
  },

  conversation: {
    label: '对话',
    latest: '跳到最新',
    earlier: '正在加载更早的消息',
    you: '您',
    agent: '智能体',
    thinking: '思考中',
    thought: '思考过程',
    copyAnswer: '复制这条回答',
    unheard: '正在等待连接…',
    working: '工作中…',
    finished: '智能体已完成。',
    interrupted: '未完成即被停止',
    contextLost: '智能体找不到这段对话的记忆，已重新开始。请再次告诉它需要知道的内容。',
    pending: (count) => (count === 1 ? '智能体需要您的回答' : `智能体需要您回答 ${count} 个问题`),
    image: (alt) => (alt ? `图片：${alt}` : '图片'),
  },

  diagram: {
    alt: '图表',
    showSource: '源码',
    showDiagram: '图表',
    failed: '无法绘制此图表，已显示源码。',
  },

  turn: {
    duration: '用时',
    tokens: (input, output) => `输入 ${input}，输出 ${output}`,
    cost: '费用',
    context: (percent) => `已使用 ${percent}% 的上下文`,
    tools: (count) => `${count} 次工具调用`,
  },

  context: {
    title: '上下文',
    unknown: '尚不清楚上下文的占用情况',
    of: (used, size) => `${used} / ${size} 个 token`,
    session: '本次会话',
    turns: '轮次',
    tokensIn: '输入 token',
    tokensCached: '缓存读取 token',
    tokensOut: '输出 token',
    model: '模型名称',
    ask: '立即询问智能体',
    askFailed: '无法询问智能体。',
  },

  tools: {
    running: '运行中',
    pending: '准备中',
    waiting: '等待许可',
    done: '完成',
    failed: '失败',
    denied: '已拒绝',
    stopped: '已停止',
    input: '输入',
    output: '输出',
    noOutput: '没有输出',
    read: '读取',
    edit: '编辑',
    delete: '删除',
    move: '移动',
    search: '搜索',
    execute: '运行',
    think: '思考',
    fetch: '获取',
    mcp: '工具',
    agent: '子智能体',
    other: '工具',
    todo: '待办清单',
    unchanged: (lines) => `${lines} 行未改动`,
    added: '新增',
    removed: '删除',
    newFile: '新文件',
    inside: (count) => `${count} 个步骤`,
  },

  steps: {
    kind: { subagent: '子智能体', background: '后台任务' },
    started: '已开始',
    status: { running: '运行中', completed: '完成', failed: '失败', stopped: '已停止', killed: '已停止' },
  },

  plan: {
    title: '计划',
    progress: (done, all) => `已完成 ${done}/${all}`,
    pending: '待办',
    in_progress: '进行中',
    completed: '已完成',
  },
};
