import type { enFolders } from '../en/folders.ts';
import type { Texts } from '../en.ts';

/** The words of choosing a folder, in Chinese. */
export const zhFolders: Pick<Texts, keyof typeof enFolders> = {
  folders: {
    browse: '浏览文件夹',
    list: '可供工作的文件夹',
    recent: '最近使用',
    start: '起始位置',
    inside: (path) => `${path} 中`,
    up: (path) => `向上到 ${path}`,
    upToStart: '回到起始位置',
    repository: 'git 仓库',
    count: (count) => `${count} 个文件夹`,
    none: '其中没有文件夹。',
    noMatch: (typed) => `没有名称包含“${typed}”的文件夹。`,
    passage: '会话不能直接在此文件夹中工作，请选择其中的一个。',
    more: '还有未列出的文件夹，请输入余下的路径。',
    keys: 'Enter 进入，Backspace 返回上一级，Esc 关闭列表。',
  },
};
