/* Frames of WebSockets (RFC 6455, 5.2), as far as the bench needs them. */
#pragma once
#include <stddef.h>

/* As much as the head of a frame takes that put_frame writes. */
enum { frame_head = 8 };

/* Writes a client's text frame and returns its size; the text is shorter than 64 KiB. */
size_t put_frame(char *frame, const char *text);
/* How many bytes the first frame of a server takes, or 0 if it is not whole yet; and where its payload begins. */
size_t frame_size(const unsigned char *bytes, size_t length, size_t *payload);
