import type { ReactNode } from 'react';
import { Logo } from './logo.tsx';

/** A page with one thing to say, in the middle of the window. */
export function FullPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center p-5">
      <div className="w-full max-w-md text-pretty">
        <Logo className="mb-6 size-10" />
        <h1 className="mb-3 font-semibold text-2xl tracking-tight">{title}</h1>
        <div className="flex flex-col gap-4 text-[0.95rem] leading-relaxed">{children}</div>
      </div>
    </main>
  );
}
