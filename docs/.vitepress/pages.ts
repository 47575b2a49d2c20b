import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DefaultTheme } from 'vitepress';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Every decision by its number and its own heading. */
const decisions = globSync('decisions/*.md', { cwd: at('.') })
  .sort()
  .map((path) => ({
    text: /^# (.+)$/m.exec(readFileSync(at(path), 'utf8'))?.[1] ?? path,
    link: `/${path.replace(/\.md$/, '')}`,
  }));

/** The API reference, where `pnpm api-reference` has written it. */
const reference = existsSync(at('api/index.md')) ? [{ text: 'API of the npm packages', link: '/api/' }] : [];

/** What there is to read in English, in the order in which one may want it. */
export const english: DefaultTheme.Config = {
  sidebar: [
    {
      text: 'Begin',
      items: [
        { text: 'Getting started', link: '/getting-started' },
        { text: 'Concepts', link: '/concepts' },
        { text: 'The web chat', link: '/web-chat' },
        { text: 'Agents', link: '/agents' },
      ],
    },
    {
      text: 'Programs',
      items: [
        { text: 'TypeScript', link: '/sdks/typescript' },
        { text: 'Python', link: '/sdks/python' },
        { text: 'Go', link: '/sdks/go' },
        { text: 'Java', link: '/sdks/java' },
        { text: 'AI SDK transport', link: '/transport' },
        { text: 'Front doors', link: '/front-doors' },
        { text: 'Inside a program', link: '/embedding' },
        ...reference,
      ],
    },
    {
      text: 'Running it',
      items: [
        { text: 'Operations', link: '/operations' },
        { text: 'Several gateways as one', link: '/cluster' },
        { text: 'Values of the Helm chart', link: '/helm-values' },
        { text: 'The command line', link: '/command-line' },
        { text: 'Configuration', link: '/configuration' },
        { text: 'Security', link: '/security' },
        { text: 'Hooks', link: '/hooks' },
        { text: 'Metrics', link: '/metrics' },
        { text: 'Performance', link: '/performance' },
        { text: 'Traces', link: '/tracing' },
      ],
    },
    {
      text: 'How it works',
      items: [
        { text: 'Protocol, rule by rule', link: '/protocol' },
        { text: 'Protocol, in tables', link: '/protocol-tables' },
        { text: 'Architecture', link: '/architecture' },
      ],
    },
    { text: 'Decisions', items: decisions },
  ],
  outline: [2, 3],
};

/** What there is to read in Chinese: the pages for users. */
export const chinese: DefaultTheme.Config = {
  sidebar: [
    {
      items: [
        { text: '快速上手', link: '/zh/getting-started' },
        { text: '基本概念', link: '/zh/concepts' },
        { text: '网页聊天', link: '/zh/web-chat' },
        { text: '智能体一览', link: '/zh/agents' },
        { text: '从程序里调用', link: '/zh/sdks' },
      ],
    },
  ],
  outline: { level: [2, 3], label: '本页内容' },
  docFooter: { prev: '上一页', next: '下一页' },
  langMenuLabel: '切换语言',
  returnToTopLabel: '回到顶部',
  sidebarMenuLabel: '目录',
  darkModeSwitchLabel: '外观',
  lightModeSwitchTitle: '切换到浅色',
  darkModeSwitchTitle: '切换到深色',
  skipToContentLabel: '跳到正文',
  notFound: { title: '没有这个页面', quote: '地址也许写错了，也许页面已经搬走。', linkText: '回到首页' },
};
