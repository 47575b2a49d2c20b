import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Chat } from './chat.tsx';
import { openSession, readHistory } from './gateway.ts';

const id = await openSession();
const history = await readHistory(id);

createRoot(document.body).render(
  <StrictMode>
    <Chat id={id} history={history} />
  </StrictMode>,
);
