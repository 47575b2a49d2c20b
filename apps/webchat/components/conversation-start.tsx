'use client';
import type { Conversation } from '../lib/conversation.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { Button } from './ui/button.tsx';

/** A conversation nobody has written in yet; the demo agent proposes what to try. */
export function ConversationStart({ conversation }: { conversation: Conversation }) {
  const texts = useTexts();
  const { session } = conversation;
  return (
    <div className="flex flex-col items-start gap-3 pt-[12vh]">
      <h2 className="text-balance font-semibold text-2xl tracking-tight">{texts.empty.conversation}</h2>
      <p className="text-muted-foreground">{texts.empty.conversationHint}</p>
      <code className="max-w-full break-all rounded-md bg-muted px-2 py-1 font-mono text-sm">
        {session.work_dir}
      </code>
      {session.isolation && (
        <p className="text-muted-foreground text-sm">
          {texts.labelled(texts.isolation.levels[session.isolation])}
          {texts.isolation.means[session.isolation]}
        </p>
      )}
      {session.worker_type === 'demo' && (
        <div className="mt-2 flex flex-wrap gap-2">
          {texts.empty.suggestions.map(({ label, prompt }) => (
            <Button key={prompt} className="rounded-full" onClick={() => void conversation.send(prompt)}>
              {label}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
