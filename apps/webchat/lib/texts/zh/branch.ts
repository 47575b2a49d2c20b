import type { Texts } from '../en.ts';

/** The words for branching off in the middle of a conversation, in Chinese. */
export const zhBranch: Pick<Texts, 'branch'> = {
  branch: {
    after: '从这里创建分支',
    before: '在新分支中修改',
    explain: '新会话到这条消息之前为止。当前会话和文件保持不变。',
    done: '新会话包含到那里为止的对话，文件保持现在的样子。',
    failed: '未能创建分支。',
    impossible: {
      agent: '此智能体无法从对话中途继续。',
      unmarked: '智能体没有说明它当时的位置，请选择更早或更晚的消息。',
    },
  },
};
