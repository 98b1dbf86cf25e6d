/**
 * Streams to and from containers over WebSockets: running commands in them, attaching to
 * what runs there, and forwarding ports. It is what client-go's
 * {@code tools/remotecommand} and {@code tools/portforward} do.
 * <p>
 * The client of pods makes a {@link io.github.k8sclient.streaming.RemoteCommand}, a
 * {@link io.github.k8sclient.streaming.RemoteAttachment} or a
 * {@link io.github.k8sclient.streaming.PortForward}.
 */
@NullMarked
package io.github.k8sclient.streaming;

import org.jspecify.annotations.NullMarked;
