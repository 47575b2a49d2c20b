#include "frames.h"
#include <string.h>

/* NOTE: clients have to mask what they send; under the mask 0 it goes as it is. */
size_t put_frame(char *frame, const char *text) {
  size_t length = strlen(text), size = 0;
  frame[size++] = (char)0x81;
  frame[size++] = (char)(0x80 | (length < 126 ? length : 126));
  if (length >= 126) {
    frame[size++] = (char)(length >> 8);
    frame[size++] = (char)length;
  }
  memset(frame + size, 0, 4);
  size += 4;
  memcpy(frame + size, text, length);
  return size + length;
}

size_t frame_size(const unsigned char *bytes, size_t length, size_t *payload) {
  if (length < 2) return 0;
  size_t head = 2, size = bytes[1] & 127;
  if (size == 126) head = 4;
  if (size == 127) head = 10;
  if (length < head) return 0;
  if (head > 2) size = 0;
  for (size_t index = 2; index < head; index++) size = size << 8 | bytes[index];
  *payload = head;
  return length < head + size ? 0 : head + size;
}
