import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Button } from '../../components/ui/button.tsx';

test('a button that is at work says so and keeps the keyboard', () => {
  const busy = renderToStaticMarkup(<Button busy>Make a link</Button>);
  expect(busy).toContain('aria-disabled="true"');
  expect(busy).not.toContain('disabled=""');
  expect(renderToStaticMarkup(<Button>Make a link</Button>)).not.toContain('aria-disabled="true"');
});
