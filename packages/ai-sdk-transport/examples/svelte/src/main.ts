import { mount } from 'svelte';
import AgentChat from './agent-chat.svelte';
import { openSession, readHistory } from './gateway.ts';

const id = await openSession();
mount(AgentChat, { target: document.body, props: { id, history: await readHistory(id) } });
