'use client';
import { BellRing, BookOpen, Check, Gauge, LogOut, MonitorOff, Settings } from 'lucide-react';
import { useTheme } from 'next-themes';
import { DropdownMenu } from 'radix-ui';
import { toast } from 'sonner';
import { languageNames, languages } from '../lib/texts/language.ts';
import { setLanguage, useLanguage, useTexts } from '../lib/texts/use-texts.ts';
import { useIsOperator } from '../lib/use-is-operator.ts';
import { NotificationItem } from './notification-item.tsx';
import { SoundItem } from './sound-item.tsx';
import { Button } from './ui/button.tsx';
import { Menu, MenuItem, menuItemClass } from './ui/menu.tsx';
import { useWebChat } from './web-chat-context.tsx';

const themes = ['light', 'dark', 'system'] as const;

/** Where the gateway serves the documentation in a language. */
const documentation = { en: '/docs/', zh: '/docs/zh/' } as const;

/** Theme, language, what there is to read, and the way out. */
export function SettingsMenu() {
  const texts = useTexts();
  const language = useLanguage();
  const { theme, setTheme } = useTheme();
  const { authentication, overlay } = useWebChat();
  const isOperator = useIsOperator();
  const failed = () => toast.error(texts.settings.signOutEverywhereFailed);
  const trigger = (
    <Button tone="quiet" size="iconSmall" aria-label={texts.settings.menu}>
      <Settings aria-hidden />
    </Button>
  );
  return (
    <Menu trigger={trigger}>
      <Heading>{texts.settings.theme}</Heading>
      <DropdownMenu.RadioGroup value={theme ?? 'system'} onValueChange={setTheme}>
        {themes.map((name) => (
          <Choice key={name} value={name} label={texts.settings[name]} />
        ))}
      </DropdownMenu.RadioGroup>
      <DropdownMenu.Separator className="my-1 h-px bg-border" />
      <NotificationItem />
      <SoundItem />
      {!authentication.isByKey() && (
        <MenuItem onSelect={() => overlay.set('push')}>
          <BellRing aria-hidden />
          {texts.push.open}
        </MenuItem>
      )}
      <DropdownMenu.Separator className="my-1 h-px bg-border" />
      <Heading>{texts.settings.language}</Heading>
      <DropdownMenu.RadioGroup value={language}>
        {languages.map((name) => (
          <Choice key={name} value={name} label={languageNames[name]} onSelect={() => setLanguage(name)} />
        ))}
      </DropdownMenu.RadioGroup>
      <DropdownMenu.Separator className="my-1 h-px bg-border" />
      <MenuItem asChild>
        <a href={documentation[language]} target="_blank" rel="noreferrer">
          <BookOpen aria-hidden />
          {texts.settings.documentation}
        </a>
      </MenuItem>
      {isOperator && (
        <MenuItem asChild>
          <a href="/admin">
            <Gauge aria-hidden />
            {texts.settings.admin}
          </a>
        </MenuItem>
      )}
      <MenuItem onSelect={() => void authentication.signOut()}>
        <LogOut aria-hidden />
        {texts.settings.signOut}
      </MenuItem>
      {!authentication.isByKey() && (
        <MenuItem onSelect={() => void authentication.signOutEverywhere().catch(failed)}>
          <MonitorOff aria-hidden />
          {texts.settings.signOutEverywhere}
        </MenuItem>
      )}
    </Menu>
  );
}

function Heading({ children }: { children: string }) {
  return (
    <DropdownMenu.Label className="px-2.5 py-1 text-muted-foreground text-xs">{children}</DropdownMenu.Label>
  );
}

function Choice({ value, label, onSelect }: { value: string; label: string; onSelect?: () => void }) {
  return (
    <DropdownMenu.RadioItem value={value} className={menuItemClass} {...(onSelect ? { onSelect } : {})}>
      <span className="flex size-4 items-center">
        <DropdownMenu.ItemIndicator>
          <Check aria-hidden />
        </DropdownMenu.ItemIndicator>
      </span>
      {label}
    </DropdownMenu.RadioItem>
  );
}
