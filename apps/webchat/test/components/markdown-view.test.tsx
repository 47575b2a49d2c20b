import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { MarkdownView } from '../../components/markdown-view.tsx';

const html = (text: string) => renderToStaticMarkup(<MarkdownView text={text} streaming={false} />);

test('[X5] raw HTML stays text', () => {
  const drawn = html('before <img src=x onerror=alert(1)> after\n\n<script>alert(1)</script>');
  expect(drawn).not.toMatch(/<img|<script|<[^>]+onerror/);
  expect(drawn).toContain('&lt;script&gt;');
});

test('[X5] an image of another host is a link, not a request', () => {
  const drawn = html('![a pixel](https://example.com/pixel.png)');
  expect(drawn).not.toContain('<img');
  expect(drawn).toContain('href="https://example.com/pixel.png"');
});

test.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'file:///etc/passwd',
  '//evil.example',
  '/api/auth/sign-out',
])('[X5] %s is never a link', (address) => {
  expect(html(`[press](${address})`)).not.toContain('<a ');
});

test('[X5] a link says nothing about where it was pressed', () => {
  expect(html('[docs](https://example.com/)')).toMatch(/<a [^>]*rel="noreferrer noopener"/);
});

test('lists and quotations in Hebrew or Arabic have their marks on the right, whatever code they begin with', () => {
  expect(html('- שלום\n- עולם')).toMatch(/<ul [^>]*dir="rtl"/);
  expect(html('1. `npm install` מתקין הכול')).toMatch(/<ol [^>]*dir="rtl"/);
  expect(html('> مرحبا')).toMatch(/<blockquote [^>]*dir="rtl"/);
  expect(html('- שלום\n  - hello')).toMatch(/<ul [^>]*dir="rtl".*<ul [^>]*dir="ltr"/s);
  expect(html('- hello, שלום\n\n> `x` 1')).not.toContain('dir="rtl"');
});

test('code of a language that nobody knows, or of none, has all of its lines, and code among words is no block', () => {
  for (const language of ['klingon', '']) {
    const drawn = html(`Look:\n\n\`\`\`${language}\nfirst\n\nlast\n\`\`\``);
    expect(drawn).toContain('data-streamdown="code-block"');
    expect(drawn.replace(/<[^>]+>/g, '')).toMatch(/first\n?last/);
  }
  expect(html('a `word`')).toMatch(/<code data-streamdown="inline-code"[^>]*>word<\/code>/);
  expect(html('a `word`')).not.toContain('code-block');
});
