'use client';
import { ArrowLeft } from 'lucide-react';
import { type ComponentType, type MouseEvent, useEffect, useRef } from 'react';
import { type AdminPageName, pagesFor } from '../../lib/admin/admin-pages.ts';
import { adminHref, goTo, useAdminPlace } from '../../lib/admin/admin-place.ts';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { classNames } from '../../lib/class-names.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { SettingsMenu } from '../settings-menu.tsx';
import { buttonLook } from '../ui/button.tsx';
import { Logo } from '../ui/logo.tsx';
import { barTitle, TopBar } from '../ui/top-bar.tsx';
import { useScopes } from './admin-context.tsx';
import { AuditPage } from './audit-page.tsx';
import { ConfigPage } from './config-page.tsx';
import { CostsPage } from './costs-page.tsx';
import { HistoryPage } from './history-page.tsx';
import { OverviewPage } from './overview-page.tsx';
import { PolicyPage } from './policy-page.tsx';
import { SessionsPage } from './sessions-page.tsx';
import { WorkersPage } from './workers-page.tsx';

const pages: Record<AdminPageName, ComponentType> = {
  overview: OverviewPage,
  sessions: SessionsPage,
  workers: WorkersPage,
  costs: CostsPage,
  policy: PolicyPage,
  audit: AuditPage,
  config: ConfigPage,
  history: HistoryPage,
};

/** The way to all pages of operators, and the one that the address names. */
export function AdminPage() {
  const texts = useAdminTexts();
  const { appName } = useTexts();
  const { page: wanted } = useAdminPlace();
  const allowed = pagesFor(useScopes());
  const page = allowed.includes(wanted) ? wanted : allowed[0];
  useEffect(() => {
    const title = page === undefined ? texts.title : texts.pages[page];
    document.title = `${title} · ${appName} ${texts.title}`;
  }, [page, texts, appName]);
  const Page = page && pages[page];
  return (
    <div className="flex min-h-dvh flex-col">
      <div className="sticky top-0 z-20 border-b bg-sidebar">
        <TopBar isOpen className="mx-auto w-full max-w-6xl">
          <a
            href="/"
            className={buttonLook({ tone: 'quiet', size: 'icon' })}
            aria-label={texts.toChat}
            title={texts.toChat}
          >
            <ArrowLeft aria-hidden />
          </a>
          <Logo className="shrink-0" />
          <p className={classNames(barTitle, 'flex-1')}>
            {appName} <span className="font-normal text-muted-foreground">{texts.title}</span>
          </p>
          <SettingsMenu />
        </TopBar>
        <nav aria-label={texts.nav} className="mx-auto w-full max-w-6xl overflow-x-auto px-1">
          <ul className="flex">
            {allowed.map((name) => (
              <li key={name}>
                <PageLink name={name} isCurrent={name === page} label={texts.pages[name]} />
              </li>
            ))}
          </ul>
        </nav>
      </div>
      <main className="mx-auto flex w-full max-w-6xl flex-1 flex-col gap-4 px-4 py-5">
        {Page ? <Page /> : <p>{texts.notAllowed.noPage}</p>}
      </main>
    </div>
  );
}

type LinkProps = { name: AdminPageName; isCurrent: boolean; label: string };

/** A link like any other, which changes the page without loading it anew. */
function PageLink({ name, isCurrent, label }: LinkProps) {
  const place = { page: name, filters: {} };
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    // On a phone the links do not all fit.
    if (isCurrent) link.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isCurrent]);
  const go = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    goTo(place);
  };
  return (
    <a
      ref={link}
      href={adminHref(place)}
      onClick={go}
      aria-current={isCurrent ? 'page' : undefined}
      className={classNames(
        'block whitespace-nowrap border-b-2 px-3 pt-2 pb-2 text-sm -outline-offset-2',
        isCurrent
          ? 'border-primary font-medium'
          : 'border-transparent text-muted-foreground hover:text-foreground',
      )}
    >
      {label}
    </a>
  );
}
