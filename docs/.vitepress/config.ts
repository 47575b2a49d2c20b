import { defineConfig } from 'vitepress';
import { spellOut } from './chinese-search.ts';
import { leaveEmptyHeaders } from './empty-headers.ts';
import { chinese, english } from './pages.ts';

/** The documentation as the gateway serves it: a static site below /docs that asks nobody else for anything. */
export default defineConfig({
  title: 'HotPlex',
  description: 'Coding agents as services.',
  base: '/docs/',
  cleanUrls: true,
  head: [['link', { rel: 'icon', href: '/docs/icon.svg', type: 'image/svg+xml' }]],
  locales: {
    root: { label: 'English', lang: 'en', themeConfig: english },
    zh: {
      label: '简体中文',
      lang: 'zh-CN',
      themeConfig: chinese,
      description: '把编程智能体作为服务来运行。',
    },
  },
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config: leaveEmptyHeaders,
  },
  // The index of the search is one file, and is fetched by those who search.
  vite: { build: { chunkSizeWarningLimit: 1_000 } },
  themeConfig: {
    // Not every page is there in every language: the other one begins at its first page.
    i18nRouting: false,
    search: {
      provider: 'local',
      options: {
        _render: (source, env, markdown) => spellOut(markdown.render(source, env)),
        locales: {
          zh: {
            translations: {
              button: { buttonText: '搜索', buttonAriaLabel: '搜索文档' },
              modal: {
                displayDetails: '显示详细内容',
                resetButtonTitle: '清除',
                backButtonTitle: '关闭搜索',
                noResultsText: '没有找到',
                footer: { selectText: '选择', navigateText: '切换', closeText: '关闭' },
              },
            },
          },
        },
      },
    },
  },
});
