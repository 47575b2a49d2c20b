import { expect, test } from 'vitest';
import { encryptPayload } from '../../src/hooks/push/encrypt-payload.ts';
import { createPushReceiver } from './push-receiver.ts';

const bytes = (text: string) => Buffer.from(text, 'base64url');

test('RFC 8291, section 5: the example is encrypted as it stands there', () => {
  const receiver = {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  };
  const random = {
    privateKey: bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'),
    salt: bytes('DGv6ra1nlYgDCS1FRnbzlw'),
  };
  expect(
    encryptPayload('When I grow up, I want to be a watermelon', receiver, random).toString('base64url'),
  ).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  );
});

test('what is encrypted twice is not the same, and its receiver reads both', () => {
  const receiver = createPushReceiver();
  const sealed = [
    encryptPayload('{"kind":"asks"}', receiver.keys),
    encryptPayload('{"kind":"asks"}', receiver.keys),
  ];
  expect(sealed[0]).not.toEqual(sealed[1]);
  expect(sealed.map(receiver.read)).toEqual(['{"kind":"asks"}', '{"kind":"asks"}']);
  expect(() => createPushReceiver().read(sealed[0] ?? Buffer.alloc(0))).toThrow();
});
