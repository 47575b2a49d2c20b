'use client';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { FullPage } from '../ui/full-page.tsx';

/** What somebody sees whom the configuration does not name, and what would let him in, however the gateway is run. */
export function NotAllowedPage({ subject, isByKey }: { subject: string; isByKey: boolean }) {
  const texts = useAdminTexts();
  return (
    <FullPage title={texts.notAllowed.title}>
      {isByKey ? (
        <p>{texts.notAllowed.byKey}</p>
      ) : (
        <>
          <p>{texts.notAllowed.explain(subject)}</p>
          <Line text={`HOTPLEX_ADMIN_USERS=${subject}`} />
          <p>{texts.notAllowed.inFile}</p>
          <Line text={`admin: { users: [${JSON.stringify(subject)}] }`} />
        </>
      )}
      <a href="/" className="text-primary underline underline-offset-4">
        {texts.toChat}
      </a>
    </FullPage>
  );
}

function Line({ text }: { text: string }) {
  return (
    <div className="flex items-center gap-2 rounded-lg bg-terminal px-3 py-2 text-terminal-foreground">
      <code className="min-w-0 flex-1 break-all text-sm">{text}</code>
      <CopyButton text={text} className="text-terminal-foreground" />
    </div>
  );
}
