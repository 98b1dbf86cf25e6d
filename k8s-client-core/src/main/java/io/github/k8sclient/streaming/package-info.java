/**
 * Streams to and from containers over WebSockets: running commands in them, and attaching
 * to what runs there. It is what client-go's {@code tools/remotecommand} does.
 * <p>
 * The client of pods makes a {@link io.github.k8sclient.streaming.RemoteCommand} or a
 * {@link io.github.k8sclient.streaming.RemoteAttachment}.
 */
@NullMarked
package io.github.k8sclient.streaming;

import org.jspecify.annotations.NullMarked;
