'use client';
import { SignedIn } from './signed-in.tsx';
import { Workspace } from './workspace.tsx';

/** The whole page. */
export function App() {
  return (
    <SignedIn>
      <Workspace />
    </SignedIn>
  );
}
