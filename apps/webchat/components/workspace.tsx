'use client';
import { useEffect, useState } from 'react';
import { selectSession, useSelectedSession } from '../lib/selected-session.ts';
import { useAttention } from '../lib/use-attention.ts';
import { useNewVersion } from '../lib/use-new-version.ts';
import { useSwipe } from '../lib/use-swipe.ts';
import { useVisibleArea } from '../lib/use-visible-area.ts';
import { ConversationPage, loadView } from './conversation-page.tsx';
import { EmptyPage } from './empty-page.tsx';
import { loadForm, NewSessionDialog } from './new-session-dialog.tsx';
import { Overlays } from './overlays.tsx';
import { Sidebar } from './sidebar.tsx';
import { SidebarDrawer } from './sidebar-drawer.tsx';
import { useWebChat } from './web-chat-context.tsx';

/** The signed-in page: sessions on the left, one conversation on the right. */
export function Workspace() {
  const { sessions, agents, overlay } = useWebChat();
  const selected = useSelectedSession();
  const [creating, setCreating] = useState(false);
  const [drawerOpen, setDrawerOpen] = useState(false);
  useAttention();
  useNewVersion();
  useVisibleArea();
  useEffect(() => sessions.watch(), [sessions]);
  useEffect(() => void agents.refresh(), [agents]);
  // One window over the page is enough.
  useEffect(() => overlay.subscribe(() => overlay.get() && setDrawerOpen(false)), [overlay]);
  // Then both open at once; what fails now is tried anew by them.
  useEffect(() => void Promise.allSettled([loadView(), loadForm()]), []);

  const open = (id: string | null) => {
    selectSession(id);
    setDrawerOpen(false);
  };
  const create = () => {
    setDrawerOpen(false);
    setCreating(true);
  };
  const sidebar = <Sidebar selected={selected} onSelect={open} onCreate={create} />;
  const openDrawer = () => setDrawerOpen(true);
  const showList = () => {
    // NOTE: on a wide screen the list is there already, and a hidden window would keep everything else from being used.
    if (!matchMedia('(min-width: 48rem)').matches) openDrawer();
  };
  const swipe = useSwipe('right', showList);

  return (
    <div className="relative top-(--visible-top) flex h-(--visible-height) overflow-hidden">
      <div className="hidden w-72 shrink-0 border-r bg-sidebar md:flex">{sidebar}</div>
      <SidebarDrawer open={drawerOpen} onOpenChange={setDrawerOpen}>
        {sidebar}
      </SidebarDrawer>
      <main className="flex min-w-0 flex-1 flex-col" {...swipe}>
        {selected === null ? (
          <EmptyPage onCreate={create} onOpenSessions={openDrawer} />
        ) : (
          <ConversationPage key={selected} id={selected} onOpenSessions={openDrawer} />
        )}
      </main>
      <Overlays selected={selected} onSelect={open} onCreate={create} onSearch={showList} />
      <NewSessionDialog
        open={creating}
        onOpenChange={setCreating}
        onCreated={(session) => open(session.id)}
      />
    </div>
  );
}
