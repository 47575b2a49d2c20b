import type { Texts } from '../en.ts';

/** The words of the view of a file, in Chinese. */
export const zhFiles: Pick<Texts, 'files'> = {
  files: {
    title: '文件',
    open: (path) => `查看 ${path}`,
    back: '显示更改',
    close: '关闭文件',
    wrap: '长行自动换行',
    copy: '复制文件内容',
    save: '下载',
    saveFailed: '无法下载。',
    picture: (path) => `图片 ${path}`,
    empty: '此文件为空。',
    binary: '这不是文本：只能下载。',
    large: '此文件太大，无法在此显示。',
    secret: '此文件可能含有机密，因此不显示。',
    missing: '工作目录中没有这个文件：它可能已被删除，或是一个链接。',
  },
};
