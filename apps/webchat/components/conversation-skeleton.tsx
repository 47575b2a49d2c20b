'use client';
import { useTexts } from '../lib/texts/use-texts.ts';
import { PlainHeader } from './plain-header.tsx';
import { Skeleton } from './ui/skeleton.tsx';

/** The shape of a conversation while its history is on the way. */
export function ConversationSkeleton({ onOpenSessions }: { onOpenSessions: () => void }) {
  const texts = useTexts();
  return (
    <>
      <PlainHeader onOpenSessions={onOpenSessions}>
        <Skeleton className="h-5 w-48" />
      </PlainHeader>
      <div
        role="status"
        aria-label={texts.loading}
        className="mx-auto flex w-full max-w-3xl animate-appear flex-col gap-4 p-5"
      >
        <Skeleton className="ml-auto h-10 w-1/2 rounded-2xl" />
        <Skeleton className="h-4 w-11/12" />
        <Skeleton className="h-4 w-9/12" />
        <Skeleton className="h-24 w-full" />
        <Skeleton className="h-4 w-10/12" />
      </div>
    </>
  );
}
