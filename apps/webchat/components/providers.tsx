'use client';
import { ThemeProvider } from 'next-themes';
import { type ReactNode, useEffect } from 'react';
import { Toaster } from 'sonner';
import { useLanguage, useTexts } from '../lib/texts/use-texts.ts';
import { FocusTrailProvider } from './ui/focus-trail-context.tsx';

/** Below the bar of a conversation, in pixels. */
const toastTop = 60;

/** What the page is called once it is installed. */
const manifests = { en: '/manifest.webmanifest', zh: '/manifest.zh.webmanifest' } as const;

/** What every page needs around it: theme, language of the document, short messages. */
export function Providers({ children }: { children: ReactNode }) {
  const language = useLanguage();
  const texts = useTexts();
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
      <link rel="manifest" href={manifests[language]} />
      <FocusTrailProvider>{children}</FocusTrailProvider>
      <Toaster
        containerAriaLabel={texts.messages}
        position="top-center"
        offset={{ top: toastTop }}
        mobileOffset={{ top: toastTop }}
        toastOptions={{
          classNames: {
            toast: '!bg-popover !text-popover-foreground !border-border !font-sans',
            title: 'text-pretty',
            description: 'text-pretty !text-muted-foreground',
            actionButton: '!bg-primary !text-primary-foreground',
          },
        }}
      />
    </ThemeProvider>
  );
}
