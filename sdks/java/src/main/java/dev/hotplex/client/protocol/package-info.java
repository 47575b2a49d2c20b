/** The words of the protocol, written from the event table of the gateway. */
@NullMarked
package dev.hotplex.client.protocol;

import org.jspecify.annotations.NullMarked;
