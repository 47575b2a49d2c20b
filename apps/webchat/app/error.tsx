'use client';
import { CrashedPage } from '../components/crashed-page.tsx';

export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return <CrashedPage error={error} onRetry={reset} />;
}
