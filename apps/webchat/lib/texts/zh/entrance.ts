import type { Texts } from '../en.ts';

/** The words around the conversations: settings, sign-in, pages without one, in Chinese. */
export const zhEntrance: Pick<
  Texts,
  'settings' | 'attention' | 'push' | 'signIn' | 'newVersion' | 'unreachable' | 'crashed' | 'notFound'
> = {
  settings: {
    menu: '设置',
    theme: '主题',
    light: '浅色',
    dark: '深色',
    system: '跟随系统',
    language: '语言',
    documentation: '文档',
    admin: '管理',
    notify: '通知',
    notifyStates: {
      off: '已关闭。开启后，您不在此页面时，智能体提问或完成工作会通知您',
      on: '您不在此页面时，智能体提问或完成工作会通知您',
      blocked: '已被浏览器设置阻止',
      unsupported: '此浏览器不支持',
    },
    sound: '提示音',
    soundExplain: '您不在此页面时，智能体提问或完成工作会响两声',
    signOut: '退出登录',
    signOutEverywhere: '在所有设备上退出登录',
    signOutEverywhereFailed: '您仍处于登录状态：网关未能结束您的登录。请重试。',
  },

  attention: {
    asks: '智能体需要您的回答。',
    ended: '智能体已完成。',
  },

  push: {
    open: '推送通知…',
    title: '推送通知',
    explain:
      '智能体提问或完成工作而没有人在看时，浏览器会通过其厂商的推送服务通知您，页面关闭时也一样。会话中的内容绝不会发往那里。',
    here: '通知此浏览器',
    showTitle: '显示会话标题',
    devices: '会收到通知的浏览器',
    thisOne: '此浏览器',
    remove: (name) => `不再通知 ${name}`,
    failed: '未能完成：浏览器、其推送服务或网关拒绝了。',
    states: {
      unsupported: '此浏览器不支持。在 iPhone 上请先将页面添加到主屏幕。',
      insecure: '浏览器只允许来自 https 或 localhost 的页面使用此功能。',
      denied: '已被浏览器设置阻止。',
      disabled: '此网关的管理员已关闭此功能。',
    },
  },

  signIn: {
    title: '登录网关',
    withProvider: (name: string) => `使用 ${name} 登录`,
    accountRefused: '您的账户不能登录此网关，请联系网关的管理员。',
    providerRefused: '登录未完成，请重试。',
    byLink: '请打开网关启动时打印的链接。',
    orByLink: '或者打开网关启动时打印的链接。',
    newLink: '找不到链接？运行 `hotplex up`，或在运行网关的终端里按 `Enter`，都会打印一个新的。',
    codeRefused: '此链接已被使用过，或已过期。',
    signedOut: '您已退出登录。',
    expired: '登录已失效。打开新链接即可继续，数据不会丢失。',
    byKey: '或者仅在此标签页使用 API 密钥',
    key: 'API 密钥',
    keyHint: '密钥只保存在此标签页的内存中，刷新后即失效。',
    useKey: '使用此密钥',
    keyRefused: '密钥无效。',
  },

  newVersion: { title: '有新版本了。', reload: '重新加载' },

  unreachable: {
    offline: '此设备没有网络。网络恢复后页面会自动继续；您写的内容不会丢失。',
    title: '网关没有响应',
    explain: '它可能已停止或正在重启。本页会自动重试，您的会话不会丢失。',
  },

  crashed: {
    title: '页面出错了',
    explain: '您的会话和正在运行的智能体不受影响。请重试；若仍出错，请刷新页面。',
    part: '这部分内容无法显示。',
    reload: '刷新页面',
    details: '详细信息',
  },

  notFound: {
    title: '此地址没有内容',
    home: '返回会话列表',
  },
};
