/**
 * Talk to coding agents behind a HotPlex gateway. Start with {@link dev.hotplex.client.AepClient}.
 *
 * <p>What may be {@code null} says {@code @Nullable}; nothing else is.
 */
@NullMarked
package dev.hotplex.client;

import org.jspecify.annotations.NullMarked;
