'use client';
import { useEffect, useState } from 'react';
import { AnsweringProvider } from '../../components/answering-context.tsx';
import { BudgetCard } from '../../components/budget-card.tsx';
import { MessageList } from '../../components/message-list.tsx';
import { QueueList } from '../../components/queue-list.tsx';
import { askingBudget } from './asking.ts';
import { galleryMessages } from './messages.ts';

const nobody = async () => undefined;

/** Every part a message can have, in the state it is drawn in most; for looking at, in development only. */
export function Gallery() {
  const [shown, setShown] = useState(false);
  useEffect(() => setShown(true), []);
  if (!shown) return null;
  return (
    <AnsweringProvider
      value={{ id: 'gallery', answerPermission: nobody, answerQuestion: nobody, answerElicitation: nobody }}
    >
      <main className="mx-auto flex max-w-3xl flex-col gap-5 px-4 py-6">
        <h1 className="sr-only">Gallery</h1>
        <MessageList messages={galleryMessages} running />
        <BudgetCard request={askingBudget} />
        <QueueList
          queue={[{ inputId: 'in_1', text: 'Then write the changelog', author: 'ada', files: [] }]}
          onEdit={nobody}
          onCancel={nobody}
        />
      </main>
    </AnsweringProvider>
  );
}
