import { createApp } from 'vue';
import AgentChat from './agent-chat.vue';
import { openSession, readHistory } from './gateway.ts';

const id = await openSession();
createApp(AgentChat, { id, history: await readHistory(id) }).mount('#app');
