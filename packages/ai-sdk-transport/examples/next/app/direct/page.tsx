'use client';

import { errorText, type History } from '@hotplex/ai-sdk-transport';
import { useEffect, useState } from 'react';
import { Chat } from './chat';
import { openSession } from './gateway';

export default function Page() {
  const [session, setSession] = useState<{ id: string; history: History }>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    openSession().then(setSession, setError);
  }, []);
  if (error !== undefined) return <p role="alert">{errorText(error)}</p>;
  return session ? <Chat {...session} /> : <p>Connecting…</p>;
}
