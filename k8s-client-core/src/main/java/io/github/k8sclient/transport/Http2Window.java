package io.github.k8sclient.transport;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.AttributeKey;
import reactor.netty.Connection;

/**
 * Windows of HTTP/2 flow control, of the size that Go's client uses. With the 64 KiB that
 * the protocol starts with, a large list is slow on any network with latency, and one
 * answer that is read slowly holds up all others of its connection.
 */
final class Http2Window {

	/**
	 * What the server may send of one answer before it is read.
	 */
	static final int STREAM = 4 << 20;

	/**
	 * What the server may send of all answers of a connection before they are read: more
	 * than all streams together in practice, so that none waits for another.
	 */
	private static final int CONNECTION = 1 << 30;

	private static final AttributeKey<Boolean> ENLARGED = AttributeKey.valueOf(Http2Window.class, "enlarged");

	private Http2Window() {
	}

	/**
	 * Enlarge the window of the connection that carries a request, once.
	 */
	static void enlarge(Connection connection) {
		if (connection.channel() instanceof Http2StreamChannel stream) {
			Channel parent = stream.parent();
			if (parent.attr(ENLARGED).setIfAbsent(true) == null) {
				parent.writeAndFlush(new DefaultHttp2WindowUpdateFrame(CONNECTION));
			}
		}
	}

}
