'use client';
import { useEffect, useState } from 'react';
import { useWebChat } from '../components/web-chat-context.tsx';

/** Whether the gateway lets this user see the pages of operators; asked once, and not until the answer is there. */
export function useIsOperator(): boolean {
  const { authentication } = useWebChat();
  const [isOperator, setIsOperator] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    authentication.fetch('/api/auth/identity').then(
      async (response) => {
        const { scopes = [] } = response.ok ? ((await response.json()) as { scopes?: string[] }) : {};
        if (isCurrent) setIsOperator(scopes.length > 0);
      },
      // Then there is no entry in a menu; the page itself says what is wrong.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [authentication]);
  return isOperator;
}
