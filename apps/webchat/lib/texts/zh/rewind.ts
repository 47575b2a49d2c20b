import type { Texts } from '../en.ts';

/** The words for going back to before a message, in Chinese. */
export const zhRewind: Pick<Texts, 'rewind'> = {
  rewind: {
    menu: '可对此消息执行的操作',
    action: '回退到这里…',
    running: '有一轮正在进行：请等它结束，或先停止它。',
    title: '回到这条消息之前？',
    looking: '正在查看会发生什么…',
    lookFailed: '无法得知会发生什么。',
    what: '回退的内容',
    both: '对话和文件',
    conversation: '对话',
    files: '文件',
    explain: {
      both: '智能体会忘记此后所说的一切，文件会被还原。',
      conversation: '智能体会忘记此后所说的一切；文件保持不变。',
      files: '文件会被还原；智能体不会得知。',
    },
    impossible: {
      agent: '此智能体无法在对话中回退。',
      unmarked: '智能体没有说明它在这条消息之前的位置，请选择更早或更晚的消息。',
      unknown: '无法得知文件当时的样子。',
      same: '没有文件与当时不同。',
    },
    turns: (turns) => `${turns} 轮会被搁置，仍可在此阅读，但此会话不会再回到其中。`,
    list: '文件会怎样',
    becomes: { added: '会被移除', modified: '会被还原', deleted: '会恢复' },
    stays: '保持不变',
    edited: (files) => `有 ${files} 个文件在各轮之间被您或他人更改过，会保持不变。`,
    overwrite: '也还原这些文件：其中的更改会消失',
    confirm: '回退',
    done: (turns) => `已搁置 ${turns} 轮。`,
    onlyFiles: '文件已还原，对话没有回退。',
    failed: '没有回退。',
    setAside: (turns) => `已搁置 ${turns} 轮`,
    setAsideExplain: '智能体不记得这些内容。',
  },
};
